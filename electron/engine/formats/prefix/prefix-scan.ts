import { isWordByte } from './prefix-level.ts';

/** Where the named fields of the last prefix stand; -1 where it has none. Only `decodePrefix` reads it. */
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
  return isWordByte(byte) || byte === 46 || byte === 45 || byte === 47 || byte === 36 || byte === 60 || byte === 62;
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

/** Index of what closes the `[`, `(` or `<` before `start`, with pairs within it; -1 where it is not near. */
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

/** Where the word with this number (from 0) begins, words being what blanks stand between; -1 where the line has fewer. */
export function wordStart(bytes: Uint8Array, start: number, end: number, word: number): number {
  let at = skipBlanks(bytes, start, end);
  const limit = Math.min(end, start + 2 * longestField);
  for (let k = 0; k < word; k++) {
    while (at < limit && !isBlank(bytes[at] ?? 0)) at++;
    at = skipBlanks(bytes, at, limit);
  }
  return at < limit ? at : -1;
}
