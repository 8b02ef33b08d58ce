/** Prefixes that begin with a level. */
import type { LinePrefix } from '../types.ts';
import { readOwnTime } from './accept-time.ts';
import { isDigit } from './digits.ts';
import { levelAt } from './prefix-level.ts';
import {
  clearFields,
  fields,
  groupEnd,
  isBlank,
  isTokenByte,
  longestField,
  skipBlanks,
  skipMark,
} from './prefix-scan.ts';
import type { Reading } from './reading.ts';

/** Reads `error: msg` at the start of a line, in files where several lines begin like that. */
export function readLowerLevel(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  const level = levelAt(bytes, start, end, true);
  const after = start + (level & 15);
  if (level === 0 || bytes[after] !== 58 || !isBlank(bytes[after + 1] ?? 32)) return -1;
  clearFields();
  out.level = level >> 4;
  return skipBlanks(bytes, after + 1, end);
}

/**
 * Reads `INFO:name:msg`, `ERROR: msg`, `INFO - msg`, `INFO 2020-03-19 15:37:07 msg`, `INFO
 * [2020-03-19 15:37:07] msg`.
 */
export function readLevelFirst(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: LinePrefix,
  level: number,
  reading: Reading,
): number {
  clearFields();
  if (start >= end) return -1;
  const follows = bytes[start] ?? 0;
  if (follows === 58) {
    out.level = level;
    let next = start + 1;
    while (next < end && next - start < longestField && isTokenByte(bytes[next] ?? 0)) next++;
    if (next > start + 1 && next < end && (bytes[next] ?? 0) === 58 && !isDigit(bytes[start + 1] ?? 0)) {
      fields.loggerStart = start + 1;
      fields.loggerEnd = next;
      return next + 1;
    }
    const at = skipBlanks(bytes, start + 1, end);
    const time = readOwnTime(bytes, at, end, out, reading);
    return time > 0 ? skipMark(bytes, time, end) : at;
  }
  if (follows === 124) {
    out.level = level;
    return start + 1;
  }
  if (!isBlank(follows)) return -1;
  const next = skipBlanks(bytes, start, end);
  const time = readOwnTime(bytes, next, end, out, reading);
  if (time > 0) {
    out.level = level;
    return skipMark(bytes, time, end);
  }
  const message = skipMark(bytes, next, end);
  const behindMark = message === next ? -1 : readOwnTime(bytes, message, end, out, reading);
  if (behindMark > 0) {
    out.level = level;
    return skipMark(bytes, behindMark, end);
  }
  if (message === next && !isFieldThenTime(bytes, next, end, out, reading)) return -1;
  out.level = level;
  return message;
}

/** Reads the time after one more field into `out`: `INFO [main] 2020-03-19 15:37:07`. */
function isFieldThenTime(bytes: Uint8Array, at: number, end: number, out: LinePrefix, reading: Reading): boolean {
  const open = bytes[at] ?? 0;
  if (open !== 91 && open !== 40) return false;
  const close = groupEnd(bytes, at + 1, end, open);
  return close !== -1 && readOwnTime(bytes, skipBlanks(bytes, close + 1, end), end, out, reading) > 0;
}
