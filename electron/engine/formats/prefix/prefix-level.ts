import { isDigit } from './prefix-time.ts';

/* The first four letters of each level word. */
const info = 0x494e464f;
const debug = 0x44454255;
const warn = 0x5741524e;
const error = 0x4552524f;
const critical = 0x43524954;
const fatal = 0x46415441;
const trace = 0x54524143;
const notice = 0x4e4f5449;

/**
 * The level word at `index`: its number times 16 plus its length, 0 where there is none. Upper case, or any case with
 * `anyCase`; a letter, digit or `_` after it makes it part of another word.
 */
export function levelAt(bytes: Uint8Array, index: number, end: number, anyCase: boolean): number {
  if (end - index < 4) return 0;
  let letters =
    ((bytes[index] ?? 0) << 24) |
    ((bytes[index + 1] ?? 0) << 16) |
    ((bytes[index + 2] ?? 0) << 8) |
    (bytes[index + 3] ?? 0);
  if (anyCase) letters &= 0xdfdfdfdf;
  let found = 0;
  if (letters === info) found = 2 * 16 + 4;
  else if (letters === debug) found = tailIs(bytes, index, end, anyCase, 'G', 1 * 16 + 5);
  else if (letters === warn) found = tailIs(bytes, index, end, anyCase, 'ING', 3 * 16 + 7) || 3 * 16 + 4;
  else if (letters === error) found = tailIs(bytes, index, end, anyCase, 'R', 4 * 16 + 5);
  else if (letters === critical) found = tailIs(bytes, index, end, anyCase, 'ICAL', 5 * 16 + 8);
  else if (letters === fatal) found = tailIs(bytes, index, end, anyCase, 'L', 5 * 16 + 5);
  else if (letters === trace) found = tailIs(bytes, index, end, anyCase, 'E', 1 * 16 + 5);
  else if (letters === notice) found = tailIs(bytes, index, end, anyCase, 'CE', 2 * 16 + 6);
  if (found === 0) return 0;
  const after = index + (found & 15);
  return after >= end || !isWordByte(bytes[after] ?? 0) ? found : 0;
}

/** `found` where the letters after the first four are those of `tail`. */
function tailIs(bytes: Uint8Array, index: number, end: number, anyCase: boolean, tail: string, found: number): number {
  const length = tail.length;
  if (end - index < 4 + length) return 0;
  for (let offset = 0; offset < length; offset++) {
    const byte = bytes[index + 4 + offset] ?? 0;
    if ((anyCase ? byte & 0xdf : byte) !== tail.charCodeAt(offset)) return 0;
  }
  return found;
}

export function isWordByte(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || isDigit(byte) || byte === 95 || byte >= 128;
}
