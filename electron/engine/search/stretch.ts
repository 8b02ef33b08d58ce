import { isAscii } from 'node:buffer';
import { foldCodePoint } from '../base/tokens.ts';

/** Some lines as one text in which `\n` alone separates them: what scanners run over. */
export class Stretch {
  readonly text: string;
  readonly isAscii: boolean;
  #lower: string | null = null;
  #folded: string | null = null;

  constructor(text: string, ascii: boolean) {
    this.text = text;
    this.isAscii = ascii;
  }

  /** Of an ASCII text: in lower case, character for character. */
  get lower(): string {
    this.#lower ??= this.text.toLowerCase();
    return this.#lower;
  }

  /** With every letter replaced by the one that stands for all its cases; of the same length. */
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
  /** Offsets in the text are offsets in the bytes from `start` on. */
  isAligned: boolean;
}

/** Lines beyond ASCII that stand closer than this are taken as one stretch with what is between them. */
const MERGE_WITHIN = 2_048;
const BEYOND_ASCII = /[^\0-\x7f]/g;

/** No letter beyond U+FFFF folds to one below it, or the other way round: the length stays. */
export function foldText(text: string): string {
  return text.replace(/[A-Z]|[^\0-\x7f]/gu, (letter) =>
    String.fromCodePoint(foldCodePoint(letter.codePointAt(0) ?? 0)),
  );
}

/** The lines of `bytes[from, to)` in order: in one stretch if they are all ASCII, else those that are apart from the others. */
export function stretchesOf(bytes: Buffer, from: number, to: number): ByteStretch[] {
  if (from >= to) return [];
  const latin1 = bytes.toString('latin1', from, to);
  if (isAscii(bytes.subarray(from, to))) return [asciiStretch(latin1, from)];
  const stretches: ByteStretch[] = [];
  let done = 0;
  for (let at = 0; at < latin1.length; ) {
    BEYOND_ASCII.lastIndex = at;
    if (!BEYOND_ASCII.test(latin1)) break;
    const start = lineStart(latin1, BEYOND_ASCII.lastIndex - 1);
    let end = lineEnd(latin1, BEYOND_ASCII.lastIndex) + 1;
    for (;;) {
      BEYOND_ASCII.lastIndex = end;
      if (!BEYOND_ASCII.test(latin1) || BEYOND_ASCII.lastIndex - end > MERGE_WITHIN) break;
      end = lineEnd(latin1, BEYOND_ASCII.lastIndex) + 1;
    }
    end = Math.min(end, latin1.length);
    if (start > done) stretches.push(asciiStretch(latin1.slice(done, start), from + done));
    const text = plainLineEnds(bytes.toString('utf8', from + start, from + end));
    stretches.push({ stretch: new Stretch(text, false), start: from + start, end: from + end, isAligned: false });
    done = end;
    at = end;
  }
  if (done < latin1.length) stretches.push(asciiStretch(latin1.slice(done), from + done));
  return stretches;
}

function asciiStretch(latin1: string, start: number): ByteStretch {
  const text = latin1.includes('\r') ? plainLineEnds(latin1) : latin1;
  const isAligned = text.length === latin1.length;
  return { stretch: new Stretch(text, true), start, end: start + latin1.length, isAligned };
}

/** Without the `\r` at the end of each line. */
function plainLineEnds(text: string): string {
  const plain = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  return plain.endsWith('\r') ? `${plain.slice(0, -1)}\n` : plain;
}

/** Where the line with the position `at` begins; the `\n` belongs to the line that it ends. */
export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line with the position `at` ends: at its `\n` or the end of the text. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** How many line ends there are in `text[from, to)`. */
export function countLineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
