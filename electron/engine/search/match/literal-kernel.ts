/**
 * Finds the lines with an ASCII literal in bytes, sixteen at a step and without making strings of
 * them.
 */
import { BYTE_CLASS } from '../../base/tokens.ts';
import { createFinder } from '../../kernel/kernel.ts';

/** A literal that a kernel can look for. */
export interface KernelLiteral {
  /** ASCII without line ends, at most {@link MAX_LITERAL} characters. */
  text: string;
  caseSensitive: boolean;
  /** No character of a word may stand before it, or after it. */
  borderBefore: boolean;
  borderAfter: boolean;
}

/**
 * Lines that a kernel found, three numbers each: where it begins and ends (at its `\n` or the end)
 * from the start of the bytes, and its number.
 */
export interface KernelLines {
  count: number;
  values: Int32Array;
}

const MAX_LITERAL = 240;

/** It has one memory, into which every text is copied: one a thread. */
class LiteralKernel {
  readonly #finder = createFinder();
  readonly #bytes = new Uint8Array(this.#finder.memory.buffer);
  readonly #values = new Int32Array(this.#finder.memory.buffer, this.#finder.linesAt());
  readonly #needleAt = this.#finder.needleAt();
  readonly #foldAt = this.#finder.foldAt();
  readonly #inputAt = this.#finder.inputAt();
  #literal: KernelLiteral | null = null;
  #rare: [number, number] = [0, 0];

  constructor() {
    const word = this.#finder.wordAt();
    for (let byte = 0; byte < 128; byte++) this.#bytes[word + byte] = BYTE_CLASS[byte] === 1 ? 1 : 0;
    this.#bytes.copyWithin(word + 256, word, word + 128).fill(1, word + 384, word + 512);
  }

  #use(literal: KernelLiteral): void {
    if (this.#literal === literal) return;
    this.#literal = literal;
    for (let k = 0; k < literal.text.length; k++) {
      const code = literal.text.charCodeAt(k);
      const isLetter = (code | 0x20) >= 97 && (code | 0x20) <= 122;
      const fold = isLetter && !literal.caseSensitive ? 0x20 : 0;
      this.#bytes[this.#needleAt + k] = code | fold;
      this.#bytes[this.#foldAt + k] = fold;
    }
    this.#rare = rarest(literal.text);
  }

  find(literal: KernelLiteral, bytes: Uint8Array, beyondIsWord: boolean): KernelLines {
    this.#use(literal);
    this.#bytes.set(bytes, this.#inputAt);
    const borders = [literal.borderBefore, literal.borderAfter, beyondIsWord].map(Number);
    const count = this.#finder.find(bytes.length, literal.text.length, ...this.#rare, ...borders);
    return { count, values: this.#values };
  }
}

/** From the most frequent in logs on; what is not among them is rarer. */
const FREQUENT = ' 0e1t2a-o3i:rn4s5.6d7l8c9,up/_mgfbhy=v|w"\'()kx';

/** Places of the two rarest characters of a text, ascending. */
function rarest(text: string): [number, number] {
  const rank = (letter: string) => {
    const at = FREQUENT.indexOf(letter.toLowerCase());
    return at === -1 ? FREQUENT.length : at;
  };
  const places = [...text].map((letter, k) => ({ k, rank: rank(letter) }));
  places.sort((a, b) => b.rank - a.rank);
  const first = places[0]?.k ?? 0;
  return [first, places[1]?.k ?? first];
}

let kernel: LiteralKernel | null = null;

/**
 * The lines with the literal, each once, of at most `FINDER_MAX_BYTES` bytes. `beyondIsWord`:
 * whether bytes beyond ASCII are taken for characters of words. What it gives is good until it is
 * called again.
 */
export function linesWithLiteral(literal: KernelLiteral, bytes: Uint8Array, beyondIsWord: boolean): KernelLines {
  kernel ??= new LiteralKernel();
  return kernel.find(literal, bytes, beyondIsWord);
}

/** Whether a kernel can look for a text. */
export function isKernelText(text: string): boolean {
  if (text.length === 0 || text.length > MAX_LITERAL) return false;
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    if (code === 0 || code === 10 || code === 13 || code >= 128) return false;
  }
  return true;
}
