/** Splits the bytes of a block into stretches for scanners. */
import { isAscii } from 'node:buffer';
import { foldCodePoint } from '../../base/tokens.ts';
import type { Alphabet } from '../query/regex-sets.ts';

/** A stretch: some lines as one text, separated only by `\n`. Scanners run over it. */
export class Stretch {
  readonly text: string;
  /** The only characters in the text. */
  readonly alphabet: Alphabet;
  #lower: string | null = null;
  #folded: string | null = null;

  constructor(text: string, alphabet: Alphabet) {
    this.text = text;
    this.alphabet = alphabet;
  }

  /** The text in lower case, character for character. Only for ASCII texts. */
  get lower(): string {
    this.#lower ??= this.text.toLowerCase();
    return this.#lower;
  }

  /**
   * The text with every letter replaced by the one that represents all its cases. It has the same
   * length.
   */
  get folded(): string {
    this.#folded ??= foldText(this.text);
    return this.#folded;
  }
}

/** A stretch of `bytes[start, end)`. */
export interface ByteStretch {
  stretch: Stretch;
  start: number;
  end: number;
  /** True if offsets in the text are offsets in the bytes from `start`. */
  isAligned: boolean;
}

/**
 * Lines beyond ASCII that are closer than this many bytes form one stretch with what is between
 * them.
 */
const MERGE_WITHIN = 1_024;
const WINDOW = 1 << 20;
/** Lead bytes of characters beyond U+FFFF. */
const BEYOND_BMP = /[\xf0-\xf4]/g;

/** Folds every letter. No letter folds across U+FFFF, so the length stays the same. */
export function foldText(text: string): string {
  return text.replace(/[A-Z]|[^\0-\x7f]/gu, (letter) =>
    String.fromCodePoint(foldCodePoint(letter.codePointAt(0) ?? 0)),
  );
}

/**
 * Splits the lines of `bytes[from, to)` into stretches, in order: one stretch if all are ASCII,
 * otherwise with lines beyond ASCII apart. With `splitsUnicode`, lines beyond U+FFFF are apart too;
 * otherwise all lines beyond ASCII count as `unicode`.
 */
export function stretchesOf(bytes: Buffer, from: number, to: number, splitsUnicode: boolean): Iterable<ByteStretch> {
  if (from >= to) return [];
  return to - from > WINDOW
    ? stretchesOfWindows(bytes, from, to, splitsUnicode)
    : stretchesOfWindow(bytes, from, to, splitsUnicode);
}

/** Takes whole lines at a time, so that no string is large unless a line is. */
function* stretchesOfWindows(bytes: Buffer, from: number, to: number, splitsUnicode: boolean): Iterable<ByteStretch> {
  for (let start = from; start < to; ) {
    const last = start + WINDOW < to ? bytes.indexOf(10, start + WINDOW) : -1;
    const end = last === -1 ? to : Math.min(to, last + 1);
    yield* stretchesOfWindow(bytes, start, end, splitsUnicode);
    start = end;
  }
}

function stretchesOfWindow(bytes: Buffer, from: number, to: number, splitsUnicode: boolean): ByteStretch[] {
  const latin1 = bytes.toString('latin1', from, to);
  if (isAscii(bytes.subarray(from, to))) return [asciiStretch(latin1, from)];
  const stretches: ByteStretch[] = [];
  const nextBeyond = beyondAsciiFinder(bytes, from, to);
  let done = 0;
  for (let at = nextBeyond(0); at !== -1; ) {
    const start = lineStart(latin1, at);
    let end = lineEnd(latin1, at) + 1;
    for (at = nextBeyond(end); at !== -1 && at - end < MERGE_WITHIN; at = nextBeyond(end))
      end = lineEnd(latin1, at) + 1;
    end = Math.min(end, latin1.length);
    if (start > done) stretches.push(asciiStretch(latin1.slice(done, start), from + done));
    if (splitsUnicode) addUnicode(bytes, latin1, from, start, end, stretches);
    else stretches.push(unicodeStretch(bytes, from + start, from + end, 'unicode'));
    done = end;
  }
  if (done < latin1.length) stretches.push(asciiStretch(latin1.slice(done), from + done));
  return stretches;
}

/**
 * Returns a function that finds the first byte beyond ASCII at or after a position; -1 if there is
 * none. Positions count from `from`. Takes four bytes per step.
 */
function beyondAsciiFinder(bytes: Buffer, from: number, to: number): (position: number) => number {
  const skew = (bytes.byteOffset + from) & 3;
  const base = from - skew;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + base, (to - base) >> 2);
  return (position) => {
    let at = from + position;
    while (at < to && ((at - base) & 3) !== 0) {
      if ((bytes[at] as number) >= 0x80) return at - from;
      at++;
    }
    let word = (at - base) >> 2;
    while (word < words.length && ((words[word] as number) & 0x80808080) === 0) word++;
    for (at = Math.max(at, base + word * 4); at < to; at++) if ((bytes[at] as number) >= 0x80) return at - from;
    return -1;
  };
}

/** Separates lines with characters beyond U+FFFF from those without. */
function addUnicode(bytes: Buffer, latin1: string, from: number, start: number, end: number, to: ByteStretch[]): void {
  const add = (first: number, last: number, alphabet: Alphabet) => {
    if (first < last) to.push(unicodeStretch(bytes, from + first, from + last, alphabet));
  };
  const part = latin1.slice(start, end);
  let done = 0;
  BEYOND_BMP.lastIndex = 0;
  while (BEYOND_BMP.test(part)) {
    const first = lineStart(part, BEYOND_BMP.lastIndex - 1);
    const last = Math.min(part.length, lineEnd(part, BEYOND_BMP.lastIndex) + 1);
    add(start + done, start + first, 'bmp');
    add(start + first, start + last, 'unicode');
    done = last;
    BEYOND_BMP.lastIndex = last;
  }
  add(start + done, end, 'bmp');
}

function unicodeStretch(bytes: Buffer, start: number, end: number, alphabet: Alphabet): ByteStretch {
  const stretch = new Stretch(plainLineEnds(bytes.toString('utf8', start, end)), alphabet);
  return { stretch, start, end, isAligned: false };
}

function asciiStretch(latin1: string, start: number): ByteStretch {
  const text = latin1.includes('\r') ? plainLineEnds(latin1) : latin1;
  const isAligned = text.length === latin1.length;
  return { stretch: new Stretch(text, 'ascii'), start, end: start + latin1.length, isAligned };
}

/** Removes the `\r` at the end of each line. */
function plainLineEnds(text: string): string {
  const plain = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  return plain.endsWith('\r') ? `${plain.slice(0, -1)}\n` : plain;
}

/** Returns where the line with position `at` begins. A `\n` belongs to the line that it ends. */
export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Returns where the line with position `at` ends: at its `\n` or the end of the text. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** Counts line ends in `text[from, to)`. */
export function countLineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
