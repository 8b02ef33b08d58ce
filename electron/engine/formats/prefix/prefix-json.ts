/**
 * Prefixes of JSON lines, as structured loggers write them: time, level and pid are values of the
 * outermost object. The whole line stays the message.
 */
import type { LinePrefix } from '../types.ts';
import { byteAt, isDigit } from './digits.ts';
import { levelAt, levelOfLetter, levelOfSeverity } from './prefix-level.ts';
import { readTime } from './prefix-time.ts';
import { type Reading, usualReading } from './reading.ts';

/** Bytes of a line to search for keys; a message of many kilobytes may precede the time. */
const LONGEST_OBJECT = 256 * 1024;
/** Maximum distance between the time and an object that is the message. */
const LONGEST_LEAD = 120;
const timeKeys = new Set([
  'time',
  'timestamp',
  'ts',
  '@timestamp',
  'asctime',
  'datetime',
  'date',
  '@t',
  't',
  'eventtime',
]);
const levelKeys = new Set([
  'level',
  'severity',
  'levelname',
  'loglevel',
  'log_level',
  'lvl',
  '@l',
  'levelno',
  'log.level',
]);
const pidKeys = new Set(['pid', 'process', 'process_id']);
/** Keys whose objects have a time or a level inside. */
const parentKeys = new Set([...timeKeys, 'log']);

/** Longest key that is looked at. */
const LONGEST_KEY = 13;

/**
 * 1 where some key above has this first byte and this length. Most keys of a line have none, and to
 * make a string of each would cost more than the rest.
 */
const likelyKeys = new Uint8Array(256 * 16);
for (const key of [...parentKeys, ...levelKeys, ...pidKeys, 's']) {
  for (const first of [key.charCodeAt(0), key.toUpperCase().charCodeAt(0)]) likelyKeys[first * 16 + key.length] = 1;
}

/** Reads time, level and pid from the keys of the outermost object of the JSON at `start`. */
export function readJsonPrefix(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): void {
  const limit = Math.min(end, start + LONGEST_OBJECT);
  let depth = 0;
  let index = start;
  /** The key, in the outermost object, of the object being read. */
  let parent = '';
  while (index < limit) {
    const byte = byteAt(bytes, index);
    if (byte === 34) {
      const close = stringEnd(bytes, index + 1, limit);
      if (close < 0) return;
      const next = skipSpace(bytes, close + 1, limit);
      if (depth <= 2 && byteAt(bytes, next) === 58 && next < limit) {
        const value = skipSpace(bytes, next + 1, limit);
        const length = close - index - 1;
        if (depth === 1 && length <= LONGEST_KEY && likelyKeys[byteAt(bytes, index + 1) * 16 + length] === 1) {
          const key = keyOf(bytes, index + 1, close);
          if (byteAt(bytes, value) !== 123) readValue(key, bytes, value, limit, out, reading);
          else if (parentKeys.has(key)) parent = key;
        } else if (depth === 2 && parent !== '' && length <= LONGEST_KEY)
          readNested(parent, keyOf(bytes, index + 1, close), bytes, value, limit, out, reading);
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
      if (depth === 1) parent = '';
    }
    index++;
  }
}

const inner: LinePrefix = { timeUs: Number.NaN, nanos: 0, level: 0, pid: -1, length: 0, doubtUs: 0 };

/**
 * Reads level and pid from a JSON object that is the message after a time (`…Z stdout F {"level":
 * …}`), unless they are known already.
 */
export function readInnerJson(bytes: Uint8Array, start: number, end: number, out: LinePrefix): void {
  const at = objectAt(bytes, start, end);
  if (at === -1) return;
  inner.timeUs = 0;
  inner.level = 0;
  inner.pid = -1;
  readJsonPrefix(bytes, at, end, inner, usualReading);
  if (out.level === 0) out.level = inner.level;
  if (out.pid === -1) out.pid = inner.pid;
}

/** Returns where an object begins within the next few words; -1 if none does. */
export function objectAt(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end - 1, start + LONGEST_LEAD);
  for (let at = start; at < limit; at++) {
    if (bytes[at] === 123 && bytes[skipSpace(bytes, at + 1, end)] === 34) return at;
  }
  return -1;
}

function keyOf(bytes: Uint8Array, start: number, end: number): string {
  let key = '';
  for (let index = start; index < end; index++) key += String.fromCharCode(byteAt(bytes, index));
  return key.toLowerCase();
}

/**
 * Reads `"t": {"$date": …}` (MongoDB), `"timestamp": {"seconds": …, "nanos": …}` (protobuf),
 * `"log": {"level": …}` (Elastic Common Schema).
 */
function readNested(
  parent: string,
  key: string,
  bytes: Uint8Array,
  at: number,
  end: number,
  out: LinePrefix,
  reading: Reading,
): void {
  if (parent === 'log' && key === 'level') readValue('level', bytes, at, end, out, reading);
  else if (!timeKeys.has(parent)) return;
  else if (key === '$date' || key === 'seconds') readValue('time', bytes, at, end, out, reading);
  else if (key === 'nanos' && !Number.isNaN(out.timeUs)) {
    const nanos = readNumber(bytes, at, end);
    if (!(nanos < 1e9)) return;
    out.timeUs += Math.floor(nanos / 1000);
    out.nanos = Math.floor(nanos) % 1000;
  }
}

function readValue(key: string, bytes: Uint8Array, at: number, end: number, out: LinePrefix, reading: Reading): void {
  const quoted = byteAt(bytes, at) === 34;
  const value = quoted ? at + 1 : at;
  if (timeKeys.has(key) && Number.isNaN(out.timeUs)) {
    if (quoted && readTime(bytes, value, end, out, reading) > 0) return;
    out.nanos = 0;
    const micros = readNumber(bytes, value, end);
    out.timeUs = Number.isNaN(micros) ? Number.NaN : epochMicros(micros);
    if (micros >= 1e17 && !Number.isNaN(out.timeUs)) readNanos(bytes, value, end, out);
  } else if (levelKeys.has(key) && out.level === 0) {
    if (quoted) out.level = levelOfText(bytes, value, end);
    else out.level = levelOfNumber(key, readNumber(bytes, value, end));
  } else if (key === 's' && quoted && out.level === 0 && !Number.isNaN(out.timeUs)) {
    // MongoDB's severity: `F`, `E`, `W`, `I`, `D1`…`D5`.
    const isNumbered = byteAt(bytes, value) === 68 && isDigit(byteAt(bytes, value + 1));
    if (byteAt(bytes, value + (isNumbered ? 2 : 1)) === 34) out.level = levelOfLetter(byteAt(bytes, value));
  } else if (pidKeys.has(key) && out.pid < 0 && !quoted) {
    const pid = readNumber(bytes, value, end);
    if (Number.isInteger(pid) && pid < 0xffffffff) out.pid = pid;
  }
}

/** Reads a quoted word, letter or number: `"warning"`, `"E"`, `"30"`. */
function levelOfText(bytes: Uint8Array, at: number, end: number): number {
  const level = levelAt(bytes, at, end, true);
  if (level !== 0) return byteAt(bytes, at + (level & 15)) === 34 ? level >> 4 : 0;
  if (byteAt(bytes, at + 1) === 34 && !isDigit(byteAt(bytes, at))) return levelOfLetter(byteAt(bytes, at));
  return levelOfNumber('level', readNumber(bytes, at, end));
}

/**
 * Reads levels as numbers: Python's `levelno` (10 debug … 50 critical); pino's and bunyan's `level`
 * (20 debug, 30 info, 40 warn, 50 error, 60 fatal); syslog's severities below 8 (GELF).
 */
function levelOfNumber(key: string, number: number): number {
  if (Number.isNaN(number)) return 0;
  if (number < 8) return Number.isInteger(number) ? levelOfSeverity(number) : 0;
  const tens = Math.floor(number / 10);
  const steps = key === 'levelno' ? [0, 1, 2, 3, 4, 5] : [0, 1, 1, 2, 3, 4, 5];
  return number > 100 ? 0 : (steps[tens] ?? 5);
}

/** Reads nanoseconds exactly, whose last three digits do not fit in a number with the others. */
function readNanos(bytes: Uint8Array, start: number, end: number, out: LinePrefix): void {
  let at = start;
  while (at < end && isDigit(byteAt(bytes, at))) at++;
  if (at - start !== 19) return;
  let micros = 0;
  for (let index = start; index < at - 3; index++) micros = micros * 10 + byteAt(bytes, index) - 48;
  out.timeUs = micros;
  out.nanos = (byteAt(bytes, at - 3) - 48) * 100 + (byteAt(bytes, at - 2) - 48) * 10 + byteAt(bytes, at - 1) - 48;
}

function readNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  let index = start;
  while (index < end && index - start < 20 && isDigit(byteAt(bytes, index))) {
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

/**
 * Converts seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by their
 * size. Accepts only 1980..2100.
 */
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
