/**
 * Kinds of bytes in a prefix, in a lookup table: classifying them by comparisons would be most of
 * the work of finding fields.
 */

/** Of a word: a letter, a digit, `_`, or a byte beyond ASCII. */
export const WORD = 1;
/** Of a logger's or program's name. */
export const TOKEN = 2;
export const BLANK = 4;
export const DIGIT = 8;
/** Stands between fields: `| - : , ] ; > * #`. */
export const MARK = 16;
/** Occurs within a name, but not in prose: `. _ - / $ @`. */
export const INNER = 32;

/** The kinds of each byte, as bits. */
export const kinds = new Uint8Array(256);

const add = (bytes: Iterable<string>, kind: number) => {
  for (const byte of bytes) kinds[byte.charCodeAt(0)] = (kinds[byte.charCodeAt(0)] as number) | kind;
};
add('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_', WORD | TOKEN);
add('0123456789', DIGIT);
add('.-/$<>@', TOKEN);
add(' \t', BLANK);
add('|-:,];>*#', MARK);
add('._-/$@', INNER);
for (let byte = 128; byte < 256; byte++) kinds[byte] = WORD | TOKEN;

/** Decides whether a byte is of one of these kinds. */
export function isOf(byte: number, kind: number): boolean {
  return ((kinds[byte] ?? 0) & kind) !== 0;
}
