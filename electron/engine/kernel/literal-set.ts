/**
 * A literal set holds the literals that the kernel searches every block for, in the layout that
 * assembly/literals.ts expects.
 */
import { LITERAL_BUCKETS, LITERAL_MIN_BYTES } from '../base/kernel-numbers.ts';
import { TRACEBACK_START } from '../base/line-text.ts';

/** Bytes of a literal that select its bucket. */
const HEAD = 3;
const ENTRIES_AT = 6 * 16 + 4 * LITERAL_BUCKETS + 16;
/** Kinds of literals: a parser's needle, or the beginning of a traceback. */
const NEEDLE = 0;
const TRACEBACK = 1;

export class LiteralSet {
  readonly bytes: Uint8Array;

  /**
   * Each literal must have at least four bytes, all ASCII, and no line end. Throws RangeError if
   * together they exceed 50 KB.
   */
  constructor(needles: readonly string[]) {
    const literals = [
      ...needles.map((text) => ({ text, kind: NEEDLE })),
      ...(literalsOf(TRACEBACK_START) ?? []).map((text) => ({ text, kind: TRACEBACK })),
    ].sort((a, b) => (a.text < b.text ? -1 : 1));
    this.bytes = new Uint8Array(ENTRIES_AT + literals.reduce((sum, { text }) => sum + 6 + text.length, 0));
    if (this.bytes.length > 50_000) throw new RangeError('too many literals');
    const numbers = new DataView(this.bytes.buffer);
    let entry = ENTRIES_AT;
    let textAt = ENTRIES_AT + 6 * literals.length;
    // Sorted neighbours begin alike, so they share a bucket.
    const share = Math.ceil(literals.length / LITERAL_BUCKETS);
    for (let bucket = 0; bucket < LITERAL_BUCKETS; bucket++) {
      numbers.setUint16(6 * 16 + 4 * bucket, entry, true);
      for (const { text, kind } of literals.slice(bucket * share, (bucket + 1) * share)) {
        numbers.setUint16(entry, textAt, true);
        numbers.setUint16(entry + 2, text.length, true);
        numbers.setUint16(entry + 4, kind, true);
        entry += 6;
        for (let k = 0; k < text.length; k++) this.bytes[textAt++] = text.charCodeAt(k);
        for (let k = 0; k < HEAD; k++) this.#note(k, text.charCodeAt(k), bucket);
      }
      numbers.setUint16(6 * 16 + 4 * bucket + 2, entry, true);
    }
  }

  #note(place: number, byte: number, bucket: number): void {
    const low = 32 * place + (byte & 15);
    const high = 32 * place + 16 + (byte >> 4);
    this.bytes[low] = (this.bytes[low] as number) | (1 << bucket);
    this.bytes[high] = (this.bytes[high] as number) | (1 << bucket);
  }
}

/**
 * Returns the literals that an expression matches, or null if it is anything but alternatives of
 * literals with only the flag `g`.
 */
export function literalsOf(pattern: RegExp): string[] | null {
  if (pattern.flags !== 'g') return null;
  const literals = pattern.source.split('|').map(literalOf);
  return literals.includes(null) ? null : (literals as string[]);
}

/** Returns the text that an alternative stands for, or null if it is not plain text. */
function literalOf(source: string): string | null {
  // Only escaped punctuation is literal: `\d`, `\n` and the like are classes.
  const text = source.replace(/\\([^\w\s])/g, (_, letter: string) => `\0${letter}`);
  if (/(?<!\0)[\\^$.*+?()[\]{}|\n\r]|[^\0-\x7f]/.test(text)) return null;
  const literal = text.replaceAll('\0', '');
  return literal.length < LITERAL_MIN_BYTES ? null : literal;
}
