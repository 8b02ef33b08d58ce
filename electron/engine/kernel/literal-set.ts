/**
 * A literal set is the literals that the kernel looks for in every block, laid out as it wants
 * them.
 */
import { LITERAL_BUCKETS, LITERAL_MIN_BYTES } from '../base/kernel-numbers.ts';
import { TRACEBACK_START } from '../base/line-text.ts';

/** Bytes of a literal by which it is looked for. */
const HEAD = 3;
const ENTRIES_AT = 6 * 16 + 4 * LITERAL_BUCKETS + 16;
/** Kinds of literals: what a parser asks for, and what can begin a traceback. */
const NEEDLE = 0;
const TRACEBACK = 1;

/**
 * Literals that the kernel looks for in every block of a file, as it wants them
 * (assembly/literals.ts).
 */
export class LiteralSet {
  readonly bytes: Uint8Array;

  /**
   * Each literal is of at least four bytes, all of them ASCII and none a line end; together of less
   * than 50 KB, else RangeError.
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
    // Neighbours share a bucket: they begin alike.
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
 * The literals that an expression with the flag `g` alone finds; null where it is more than
 * alternatives of such literals.
 */
export function literalsOf(pattern: RegExp): string[] | null {
  if (pattern.flags !== 'g') return null;
  const literals = pattern.source.split('|').map(literalOf);
  return literals.includes(null) ? null : (literals as string[]);
}

/**
 * The text that an alternative of an expression's source stands for; null where it is more than a
 * text.
 */
function literalOf(source: string): string | null {
  // Of escapes only those of punctuation: `\d`, `\n` and the like are classes.
  const text = source.replace(/\\([^\w\s])/g, (_, letter: string) => `\0${letter}`);
  if (/(?<!\0)[\\^$.*+?()[\]{}|\n\r]|[^\0-\x7f]/.test(text)) return null;
  const literal = text.replaceAll('\0', '');
  return literal.length < LITERAL_MIN_BYTES ? null : literal;
}
