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

export function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let next = start;
  while (next < end && next - start < longestField && ((bytes[next] ?? 0) === 32 || (bytes[next] ?? 0) === 9)) next++;
  return next;
}

/** Index of the `]` that closes the bracket, or -1. */
export function bracketEnd(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, start + longestField);
  for (let next = start; next < limit; next++) if ((bytes[next] ?? 0) === 93) return next;
  return -1;
}
