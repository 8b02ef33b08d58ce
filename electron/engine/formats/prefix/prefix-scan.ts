/** Scanning the bytes of a prefix, and where its fields stand. */
import { isOf, TOKEN } from './byte-kinds.ts';
import { isDigit } from './digits.ts';
import { isWordByte } from './prefix-level.ts';

/**
 * Where the named fields of the last prefix stand; -1 where it has none. Only `decodePrefix` reads
 * it.
 */
export const fields = { loggerStart: -1, loggerEnd: -1, threadStart: -1, threadEnd: -1, funcStart: -1, funcEnd: -1 };

/** Longest logger name, file name in brackets and the like that is looked through. */
export const longestField = 256;

export function clearFields(): void {
  fields.loggerStart = -1;
  fields.threadStart = -1;
  fields.funcStart = -1;
}

/** Bytes of a logger's or program's name. */
export function isTokenByte(byte: number): boolean {
  return isOf(byte, TOKEN);
}

export function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9;
}

export function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let next = start;
  while (next < end && next - start < longestField && isBlank(bytes[next] ?? 0)) next++;
  return next;
}

/** Index of the `]` that closes the bracket, or -1. */
export function bracketEnd(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, start + longestField);
  for (let next = start; next < limit; next++) if ((bytes[next] ?? 0) === 93) return next;
  return -1;
}

/**
 * Index of what closes the `[`, `(` or `<` before `start`, with pairs within it; -1 where it is not
 * near.
 */
export function groupEnd(bytes: Uint8Array, start: number, end: number, open: number): number {
  const close = open === 40 ? 41 : open + 2;
  const limit = Math.min(end, start + longestField);
  let depth = 1;
  for (let next = start; next < limit; next++) {
    const byte = bytes[next] ?? 0;
    if (byte === open) depth++;
    else if (byte === close && --depth === 0) return next;
  }
  return -1;
}

/**
 * Where the word with this number (from 0) begins, words being what blanks stand between; -1 where
 * the line has fewer.
 */
export function wordStart(bytes: Uint8Array, start: number, end: number, word: number): number {
  let at = skipBlanks(bytes, start, end);
  const limit = wordLimit(start, end);
  for (let k = 0; k < word; k++) at = nextWord(bytes, at, limit);
  return at < limit ? at : -1;
}

/** How far the words of a line are looked for. */
export function wordLimit(start: number, end: number): number {
  return Math.min(end, start + 2 * longestField);
}

/** Where the word after the one at `at` begins; `limit` or more where there is none. */
export function nextWord(bytes: Uint8Array, at: number, limit: number): number {
  let next = at;
  while (next < limit && !isBlank(bytes[next] ?? 0)) next++;
  return skipBlanks(bytes, next, limit);
}

const LONGEST_WORD = 80;

/**
 * The next place from `at` on where a time can begin within the word at `word`: behind a byte such
 * as `[ > : # *`; -1 where there is none.
 */
export function nextTimeStart(bytes: Uint8Array, word: number, at: number, end: number): number {
  const limit = Math.min(end, word + LONGEST_WORD);
  for (let next = at; next < limit && !isBlank(bytes[next] ?? 0); next++) {
    const before = bytes[next - 1] ?? 0;
    if (!isWordByte(before) && before !== 46 && before !== 45 && before !== 47 && isWordByte(bytes[next] ?? 0))
      return next;
  }
  return -1;
}

/**
 * Where a clock without a date ends that begins at `start` (`14:56:15`, `14:56:15,123`), or an
 * uptime (`0.123s`); -1 where there is none.
 */
export function bareClockEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && at - start < 9 && isDigit(bytes[at] ?? 0)) at++;
  if (at === start) return -1;
  if (bytes[at] === 46) {
    const point = at;
    for (at++; at < end && isDigit(bytes[at] ?? 0); ) at++;
    return at > point + 1 && bytes[at] === 115 && bytes[at + 1] === 93 ? at + 1 : -1;
  }
  const isClock =
    at - start <= 2 &&
    bytes[at] === 58 &&
    isDigit(bytes[at + 1] ?? 0) &&
    isDigit(bytes[at + 2] ?? 0) &&
    bytes[at + 3] === 58 &&
    isDigit(bytes[at + 4] ?? 0) &&
    isDigit(bytes[at + 5] ?? 0);
  if (!isClock || at + 6 > end) return -1;
  at += 6;
  if (bytes[at] === 46 || bytes[at] === 44) for (at++; at < end && isDigit(bytes[at] ?? 0); ) at++;
  return at < end && isWordByte(bytes[at] ?? 0) ? -1 : at;
}

/** Past blanks, and past a mark that ends a prefix (`: | - `) and the blanks behind it. */
export function skipMark(bytes: Uint8Array, start: number, end: number): number {
  const next = skipBlanks(bytes, start, end);
  const mark = next < end ? (bytes[next] ?? 0) : 0;
  const one = next + 1 < end ? (bytes[next + 1] ?? 0) : 0;
  return mark === 58 || mark === 124 || (mark === 45 && one === 32) ? skipBlanks(bytes, next + 1, end) : next;
}
