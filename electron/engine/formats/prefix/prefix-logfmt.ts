/**
 * Prefixes of `key=value` lines, as logrus, zap and Heroku write them (https://brandur.org/logfmt).
 * The whole line stays the message.
 */
import type { LinePrefix } from '../types.ts';
import { levelAt } from './prefix-level.ts';
import { isBlank, skipBlanks } from './prefix-scan.ts';
import { readTime } from './prefix-time.ts';
import type { Reading } from './reading.ts';

const LONGEST_LINE = 8_192;
const timeKeys = new Set(['time', 'ts', 'timestamp', 't', '@timestamp', 'datetime']);
const levelKeys = new Set(['level', 'lvl', 'severity', 'loglevel', 'levelname']);

/** Decides whether the line begins with a key. */
export function isLogfmt(bytes: Uint8Array, start: number, end: number): boolean {
  const limit = Math.min(end, start + 32);
  let at = start;
  while (at < limit && isKeyByte(bytes[at] ?? 0)) at++;
  return at > start && at + 1 < end && bytes[at] === 61 && !isBlank(bytes[at + 1] ?? 0);
}

function isKeyByte(byte: number): boolean {
  return (
    (byte >= 97 && byte <= 122) ||
    (byte >= 48 && byte <= 57) ||
    byte === 95 ||
    byte === 46 ||
    byte === 45 ||
    byte === 64
  );
}

/** Reads time, level and pid from the pairs of a line. Returns whether it has a time. */
export function readLogfmt(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): boolean {
  readPairs(bytes, start, end, (key, valueStart, valueEnd) => {
    if (timeKeys.has(key)) {
      if (Number.isNaN(out.timeUs) && readTime(bytes, valueStart, valueEnd, out, reading) < 0) out.timeUs = Number.NaN;
    } else if (levelKeys.has(key)) takeLevel(bytes, valueStart, valueEnd, out);
    else if (key === 'pid') takePid(bytes, valueStart, valueEnd, out);
    return true;
  });
  return !Number.isNaN(out.timeUs);
}

/** Reads the level from pairs after a time. Returns where they begin, or -1 if none is a level. */
export function readLogfmtLevel(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  readPairs(bytes, start, end, (key, valueStart, valueEnd) => {
    if (levelKeys.has(key)) takeLevel(bytes, valueStart, valueEnd, out);
    return out.level === 0;
  });
  return out.level === 0 ? -1 : start;
}

function takeLevel(bytes: Uint8Array, start: number, end: number, out: LinePrefix): void {
  const level = levelAt(bytes, start, end, true);
  if (out.level === 0 && level !== 0 && start + (level & 15) === end) out.level = level >> 4;
}

function takePid(bytes: Uint8Array, start: number, end: number, out: LinePrefix): void {
  let pid = 0;
  if (end === start || end - start > 10) return;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return;
    pid = pid * 10 + digit;
  }
  out.pid = pid;
}

function readPairs(
  bytes: Uint8Array,
  start: number,
  end: number,
  take: (key: string, valueStart: number, valueEnd: number) => boolean,
): void {
  const limit = Math.min(end, start + LONGEST_LINE);
  let at = skipBlanks(bytes, start, limit);
  while (at < limit) {
    const from = at;
    while (at < limit && isKeyByte(bytes[at] ?? 0)) at++;
    if (at === from || bytes[at] !== 61) {
      while (at < limit && !isBlank(bytes[at] ?? 0)) at++;
      at = skipBlanks(bytes, at, limit);
      continue;
    }
    const keyEnd = at;
    at++;
    const isQuoted = bytes[at] === 34;
    if (isQuoted) at++;
    const valueStart = at;
    while (at < limit) {
      const byte = bytes[at] ?? 0;
      if (isQuoted ? byte === 34 : isBlank(byte)) break;
      at += isQuoted && byte === 92 ? 2 : 1;
    }
    at = Math.min(at, limit);
    if (keyEnd - from <= 12) {
      let key = '';
      for (let index = from; index < keyEnd; index++) key += String.fromCharCode(bytes[index] ?? 0);
      const valueEnd = !isQuoted && bytes[at - 1] === 13 ? at - 1 : at;
      if (!take(key, valueStart, valueEnd)) return;
    }
    at = skipBlanks(bytes, isQuoted ? at + 1 : at, limit);
  }
}
