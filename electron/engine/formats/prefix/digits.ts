/** Numbers, and the signs after them, in the bytes of a line. Nothing here allocates. */

export function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

export function twoDigits(bytes: Uint8Array, index: number): number {
  const tens = (bytes[index] ?? 0) - 48;
  const ones = (bytes[index + 1] ?? 0) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** A number of one or two digits that no digit follows, and its end. */
export const short = { value: -1, end: 0 };

export function readShort(bytes: Uint8Array, index: number, end: number): boolean {
  const tens = (index < end ? (bytes[index] ?? 0) : 0) - 48;
  if (tens < 0 || tens > 9) return false;
  const ones = (index + 1 < end ? (bytes[index + 1] ?? 0) : 0) - 48;
  const isTwo = ones >= 0 && ones <= 9;
  short.value = isTwo ? tens * 10 + ones : tens;
  short.end = index + (isTwo ? 2 : 1);
  return short.end >= end || !isDigit(bytes[short.end] ?? 0);
}

export function isDigitAt(bytes: Uint8Array, index: number, end: number): boolean {
  return index < end && isDigit(bytes[index] ?? 0);
}

export function startsWith(bytes: Uint8Array, index: number, end: number, letters: Uint8Array): boolean {
  if (end - index < letters.length) return false;
  for (let k = 0; k < letters.length; k++) if (bytes[index + k] !== letters[k]) return false;
  return true;
}

/**
 * Returns the three bytes at `index` as one number: the letter of Han or Hangul that stands there.
 */
export function signAt(bytes: Uint8Array, index: number): number {
  return ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
}

/** Returns letters of Han or Hangul as `signAt` reads them. */
export function signsOf(letters: string): readonly number[] {
  return Array.from(letters, (letter) => signAt(new TextEncoder().encode(letter), 0));
}
