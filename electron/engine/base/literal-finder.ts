import { wordsOf } from './line-end.ts';

/** A place where a literal may stand: a word of four of its bytes was seen. */
interface Window {
  literal: Uint8Array;
  /** Where in the literal the word stands. */
  at: number;
}

const WORD = 4;
const SLOT_BITS = 13;

function slotOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> (32 - SLOT_BITS);
}

/**
 * Finds the first line with any of many literals. Of the text only every n-th word of four bytes is looked at, n being such that no literal
 * fits between two of them; whether a literal has that word is one test in a table of bits. A regular expression of all of them tries each at
 * every place, and needs a string besides (measured: 4.6 ns a byte for the 25 of the worker logs, this 0.8).
 */
export class LiteralFinder {
  readonly #isWord = new Uint8Array(1 << SLOT_BITS);
  readonly #windows = new Map<number, Window[]>();
  readonly #step: number;

  /** Each literal has at least four bytes, all of them ASCII and none a line end. */
  constructor(literals: readonly string[]) {
    this.#step = Math.min(...literals.map((text) => text.length)) - WORD + 1;
    for (const text of literals) {
      const literal = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
      const words = wordsOf(literal);
      for (let at = 0; at < this.#step; at++) {
        const slot = slotOf(words.getInt32(at, true));
        this.#isWord[slot] = 1;
        this.#windows.set(slot, [...(this.#windows.get(slot) ?? []), { literal, at }]);
      }
    }
  }

  /** A finder of what an expression means; null where it is more than such literals. */
  static of(pattern: RegExp): LiteralFinder | null {
    if (pattern.flags !== 'g') return null;
    const literals = pattern.source.split('|').map(literalOf);
    return literals.includes(null) ? null : new LiteralFinder(literals as string[]);
  }

  /** A place in the first line with a literal of `bytes[from, to)` (not always the first in that line); -1 where there is none. */
  find(bytes: Uint8Array, words: DataView, from: number, to: number): number {
    const isWord = this.#isWord;
    const step = this.#step;
    for (let i = from; i + 4 <= to; i += step) {
      const slot = Math.imul(words.getInt32(i, true), 0x9e3779b1) >>> 19;
      if (isWord[slot] === 0) continue;
      for (const { literal, at } of this.#windows.get(slot) ?? []) {
        const start = i - at;
        if (start >= from && start + literal.length <= to && startsWith(bytes, start, literal)) return start;
      }
    }
    return -1;
  }
}

function startsWith(bytes: Uint8Array, start: number, literal: Uint8Array): boolean {
  for (let k = 0; k < literal.length; k++) if (bytes[start + k] !== literal[k]) return false;
  return true;
}

/** The text that an alternative of an expression's source stands for; null where it is more than a text. */
function literalOf(source: string): string | null {
  // Of escapes only those of punctuation: `\d`, `\n` and the like are classes.
  const text = source.replace(/\\([^\w\s])/g, (_, letter: string) => `\0${letter}`);
  if (/(?<!\0)[\\^$.*+?()[\]{}|\n\r]|[^\0-\x7f]/.test(text)) return null;
  const literal = text.replaceAll('\0', '');
  return literal.length < WORD ? null : literal;
}
