import type { LinePrefix } from '../types.ts';
import { levelAt } from './prefix-level.ts';
import { byteAt, isDigit, readDateTime } from './prefix-time.ts';

/** How far into a line its keys are looked for. */
const longestObject = 8_192;
const timeKeys = new Set(['time', 'timestamp', 'ts', '@timestamp', 'asctime', 'datetime', 'date', '@t', 't']);
const levelKeys = new Set(['level', 'severity', 'levelname', 'loglevel', 'lvl', '@l']);
const pidKeys = new Set(['pid', 'process', 'process_id']);

/** Time, level and pid from the keys of the outermost object of a JSON line; the line stays whole as the message. */
export function readJsonPrefix(bytes: Uint8Array, start: number, end: number, out: LinePrefix): void {
  const limit = Math.min(end, start + longestObject);
  let depth = 0;
  let index = start;
  while (index < limit) {
    const byte = byteAt(bytes, index);
    if (byte === 34) {
      const close = stringEnd(bytes, index + 1, limit);
      if (close < 0) return;
      const next = skipSpace(bytes, close + 1, limit);
      if (depth === 1 && byteAt(bytes, next) === 58 && next < limit) {
        const value = skipSpace(bytes, next + 1, limit);
        if (close - index <= 12) readValue(bytes, index + 1, close, value, limit, out);
        index = value;
      } else {
        index = close + 1;
      }
      continue;
    }
    if (byte === 123 || byte === 91) depth++;
    else if (byte === 125 || byte === 93) {
      depth--;
      if (depth <= 0) return;
    }
    index++;
  }
}

function readValue(
  bytes: Uint8Array,
  keyStart: number,
  keyEnd: number,
  at: number,
  end: number,
  out: LinePrefix,
): void {
  let key = '';
  for (let index = keyStart; index < keyEnd; index++) key += String.fromCharCode(byteAt(bytes, index));
  key = key.toLowerCase();
  const quoted = byteAt(bytes, at) === 34;
  const value = quoted ? at + 1 : at;
  if (timeKeys.has(key) && Number.isNaN(out.timeUs)) {
    if (quoted && readDateTime(bytes, value, end, out) > 0) return;
    const micros = readNumber(bytes, value, end);
    out.timeUs = Number.isNaN(micros) ? Number.NaN : epochMicros(micros);
  } else if (levelKeys.has(key) && out.level === 0) {
    if (quoted) out.level = levelAt(bytes, value, end, true) >> 4;
  } else if (pidKeys.has(key) && out.pid < 0 && !quoted) {
    const pid = readNumber(bytes, value, end);
    if (Number.isInteger(pid) && pid < 0xffffffff) out.pid = pid;
  }
}

function readNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  let index = start;
  while (index < end && index - start < 19 && isDigit(byteAt(bytes, index))) {
    value = value * 10 + byteAt(bytes, index) - 48;
    index++;
  }
  if (index === start || index >= end) return Number.NaN;
  if (byteAt(bytes, index) === 46) {
    let scale = 0.1;
    for (index++; index < end && scale > 1e-10 && isDigit(byteAt(bytes, index)); index++) {
      value += (byteAt(bytes, index) - 48) * scale;
      scale /= 10;
    }
  }
  return value;
}

/** Seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by their size; only 1980..2100. */
export function epochMicros(value: number): number {
  const scale = value < 1e11 ? 1e6 : value < 1e14 ? 1e3 : value < 1e17 ? 1 : 1e-3;
  const micros = Math.round(value * scale);
  return micros >= 315_532_800_000_000 && micros < 4_133_980_800_000_000 ? micros : Number.NaN;
}

function stringEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let index = start; index < end; index++) {
    const byte = byteAt(bytes, index);
    if (byte === 92) index++;
    else if (byte === 34) return index;
  }
  return -1;
}

function skipSpace(bytes: Uint8Array, start: number, end: number): number {
  let index = start;
  while (index < end && (byteAt(bytes, index) === 32 || byteAt(bytes, index) === 9)) index++;
  return index;
}
