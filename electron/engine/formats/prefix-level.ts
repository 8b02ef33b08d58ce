import { byteAt, isDigit } from './prefix-time.ts';

/**
 * The level word at `index`: its number times 16 plus its length, 0 where there is none. Upper case, or any case with
 * `anyCase`; a letter, digit or `_` after it makes it part of another word.
 */
export function levelAt(bytes: Uint8Array, index: number, end: number, anyCase: boolean): number {
  if (end - index < 3) return 0;
  const first = byteAt(bytes, index);
  const upper = anyCase ? first & 0xdf : first;
  let found = 0;
  switch (upper) {
    case 73: // I
      if (word(bytes, index, end, anyCase, infoWord)) found = 2 * 16 + 4;
      break;
    case 68: // D
      if (word(bytes, index, end, anyCase, debugWord)) found = 1 * 16 + 5;
      break;
    case 87: // W
      if (word(bytes, index, end, anyCase, warningWord)) found = 3 * 16 + 7;
      else if (word(bytes, index, end, anyCase, warnWord)) found = 3 * 16 + 4;
      break;
    case 69: // E
      if (word(bytes, index, end, anyCase, errorWord)) found = 4 * 16 + 5;
      break;
    case 67: // C
      if (word(bytes, index, end, anyCase, criticalWord)) found = 5 * 16 + 8;
      break;
    case 70: // F
      if (word(bytes, index, end, anyCase, fatalWord)) found = 5 * 16 + 5;
      break;
    case 84: // T
      if (word(bytes, index, end, anyCase, traceWord)) found = 1 * 16 + 5;
      break;
    case 78: // N
      if (word(bytes, index, end, anyCase, noticeWord)) found = 2 * 16 + 6;
      break;
    default:
      return 0;
  }
  return found;
}

function letters(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

const debugWord = letters('DEBUG');
const infoWord = letters('INFO');
const warningWord = letters('WARNING');
const warnWord = letters('WARN');
const errorWord = letters('ERROR');
const criticalWord = letters('CRITICAL');
const fatalWord = letters('FATAL');
const traceWord = letters('TRACE');
const noticeWord = letters('NOTICE');

function word(bytes: Uint8Array, index: number, end: number, anyCase: boolean, expected: Uint8Array): boolean {
  const length = expected.length;
  if (end - index < length) return false;
  for (let offset = 1; offset < length; offset++) {
    const byte = byteAt(bytes, index + offset);
    const wanted = expected[offset];
    if (byte !== wanted && !(anyCase && (byte & 0xdf) === wanted && byte > 96)) return false;
  }
  return end - index === length || !isWordByte(byteAt(bytes, index + length));
}

export function isWordByte(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || isDigit(byte) || byte === 95 || byte >= 128;
}
