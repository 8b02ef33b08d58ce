/** Scans the bytes of a prefix, and records where its fields are. */
import { isOf, TOKEN } from './byte-kinds.ts';
import { isDigit } from './digits.ts';
import { isWordByte } from './prefix-level.ts';

/**
 * Positions of the named fields of the last prefix; -1 if it lacks one. Only `decodePrefix` uses
 * them.
 */
export const fields = { loggerStart: -1, loggerEnd: -1, threadStart: -1, threadEnd: -1, funcStart: -1, funcEnd: -1 };

/** Maximum number of bytes to scan for a logger name, a file name in brackets and the like. */
export const longestField = 256;

export function clearFields(): void {
  fields.loggerStart = -1;
  fields.threadStart = -1;
  fields.funcStart = -1;
}

/** Decides whether a byte can be part of a logger's or program's name. */
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

/** Returns the index of the `]` that closes the bracket, or -1. */
export function bracketEnd(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, start + longestField);
  for (let next = start; next < limit; next++) if ((bytes[next] ?? 0) === 93) return next;
  return -1;
}

/**
 * Returns the index that closes the `[`, `(` or `<` before `start`, which may contain pairs; -1 if
 * it is not near.
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
 * Returns the start of the word with this number (from 0); -1 if the line has fewer. Blanks
 * separate words.
 */
export function wordStart(bytes: Uint8Array, start: number, end: number, word: number): number {
  let at = skipBlanks(bytes, start, end);
  const limit = wordLimit(start, end);
  for (let k = 0; k < word; k++) at = nextWord(bytes, at, limit);
  return at < limit ? at : -1;
}

/** Returns how far to scan the words of a line. */
export function wordLimit(start: number, end: number): number {
  return Math.min(end, start + 2 * longestField);
}

/** Returns the start of the word after the one at `at`; `limit` or more if there is none. */
export function nextWord(bytes: Uint8Array, at: number, limit: number): number {
  let next = at;
  while (next < limit && !isBlank(bytes[next] ?? 0)) next++;
  return skipBlanks(bytes, next, limit);
}

const LONGEST_WORD = 80;

/**
 * Returns the next index from `at` on where a time can begin within the word at `word`: after a
 * byte such as `[ > : # *`. Returns -1 if there is none.
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
 * Returns the end of a clock without a date (`14:56:15`, `14:56:15,123`) or an uptime (`0.123s`) at
 * `start`; -1 if there is none.
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

/** Skips blanks, and a mark that ends a prefix (`: | - `) with the blanks after it. */
export function skipMark(bytes: Uint8Array, start: number, end: number): number {
  const next = skipBlanks(bytes, start, end);
  const mark = next < end ? (bytes[next] ?? 0) : 0;
  const one = next + 1 < end ? (bytes[next + 1] ?? 0) : 0;
  return mark === 58 || mark === 124 || (mark === 45 && one === 32) ? skipBlanks(bytes, next + 1, end) : next;
}
