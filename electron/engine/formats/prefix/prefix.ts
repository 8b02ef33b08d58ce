/**
 * The prefix of a line is what stands before its message: time, level, process number, names. It is
 * parsed by the {@link Reading} of the line's file; without one, everything at the start of a line
 * that looks like a time counts as one.
 */
import type { LinePrefix } from '../types.ts';
import { acceptedAtStart, isTime } from './accept-time.ts';
import { monthAt } from './calendar.ts';
import { isDigit } from './digits.ts';
import { clearPrefix, createPrefix } from './empty-prefix.ts';
import { readAndroidTag } from './prefix-android.ts';
import { readBehindClock, readBracket } from './prefix-bracket.ts';
import { readMicros, readUnifiedLog } from './prefix-columns.ts';
import { readFields } from './prefix-fields.ts';
import { hasHostAndPid, readGlog, readPriority, readSyslogHost } from './prefix-foreign.ts';
import { objectAt, readJsonPrefix } from './prefix-json.ts';
import { isWordByte, levelAt } from './prefix-level.ts';
import { readLevelFirst, readLowerLevel } from './prefix-level-first.ts';
import { isLogfmt, readLogfmt } from './prefix-logfmt.ts';
import { BARRED_LENGTH, readBarredTime, readPipe } from './prefix-pipe.ts';
import { readRuled } from './prefix-ruled.ts';
import {
  bareClockEnd,
  clearFields,
  isBlank,
  longestField,
  nextTimeStart,
  skipBlanks,
  wordStart,
} from './prefix-scan.ts';
import { readTime } from './prefix-time.ts';
import { AGREED, type Reading, usualReading } from './reading.ts';
import { ISO, SYSLOG } from './time-forms.ts';
import { seen } from './time-rules.ts';

export { setDefaultYear } from './time-rules.ts';

/**
 * Reads time, level and pid at the start of the line `bytes[start, end)` into `out`
 * (README.md#line-prefixes, and the usual forms of other logs). Runs for every line of many
 * gigabytes: no allocation, no string, no regular expression.
 */
export function parsePrefix(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: LinePrefix,
  reading: Reading = usualReading,
): void {
  clearPrefix(out);
  if (end - start < 6) return;
  let at = readStart(bytes, start, end, out, reading);
  if (at <= 0 && Number.isNaN(out.timeUs) && (reading.places.length > 0 || reading.isInBracket || reading.hasInnerJson))
    at = readInside(bytes, start, end, out, reading);
  if (at > 0) out.length = at - start;
}

/** Returns the index of the message, or -1. */
function readStart(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): number {
  const first = bytes[start] ?? 0;
  if (first >= 48 && first <= 57) {
    if (readBarredTime(bytes, start, end, out, reading)) return readPipe(bytes, start + BARRED_LENGTH, end, out);
    const at = readAtTime(bytes, start, start, end, out, reading);
    return at === -1 ? readBehindClock(bytes, start, bareClockEnd(bytes, start, end), end, out, reading) : at;
  }
  if (first >= 97 && first <= 122) {
    if (isLogfmt(bytes, start, end)) {
      if (!readLogfmt(bytes, start, end, out, reading)) out.timeUs = Number.NaN;
    } else if (reading.hasLowerLevels) return readLowerLevel(bytes, start, end, out);
    return -1;
  }
  if (isBlank(first)) return -1;
  if (first === 91) return readBracket(bytes, start, end, out, reading);
  if (first >= 65 && first <= 90) return readCapital(bytes, start, end, out, reading);
  if (first === 123) {
    readJsonPrefix(bytes, start, end, out, reading);
    return -1;
  }
  if (first === 60) {
    const at = readPriority(bytes, start, end, out);
    if (at === -1) return readQuoted(bytes, start, end, out, reading);
    const { level } = out;
    const message = readAtTime(bytes, start, at, end, out, reading);
    if (out.level === 0) out.level = level;
    return message > 0 ? message : at;
  }
  if (first === 40 || first === 34 || first === 39) return readQuoted(bytes, start, end, out, reading);
  if (first === 61 || first === 45 || first === 42 || first === 35) return readRuled(bytes, start, end, out, reading);
  // Skip a byte order mark.
  if (first === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf)
    return readStart(bytes, start + 3, end, out, reading);
  return -1;
}

/** Reads the time at `at` and the fields after it. */
function readAtTime(
  bytes: Uint8Array,
  start: number,
  at: number,
  end: number,
  out: LinePrefix,
  reading: Reading,
): number {
  clearFields();
  const next = readTime(bytes, at, end, out, reading);
  if (next < 0) {
    out.timeUs = Number.NaN;
    return -1;
  }
  if (!isTime(out, acceptedAtStart(reading), reading)) return -1;
  return readBehind(bytes, start, next, end, out, reading);
}

/**
 * Reads what follows a time that ends at `next`: a bar and the fields of PIPE, a container's
 * stream, or the usual fields.
 */
function readBehind(
  bytes: Uint8Array,
  start: number,
  next: number,
  end: number,
  out: LinePrefix,
  reading: Reading,
): number {
  if (next >= end) return end;
  const byte = bytes[next] ?? 0;
  if (byte === 124) return readPipe(bytes, next + 1, end, out);
  if (byte === 32 && bytes[next + 1] === 48 && bytes[next + 2] === 120) {
    const message = readUnifiedLog(bytes, next, end, out);
    if (message !== -1) return message;
  }
  if (byte === 32 && bytes[next + 1] === 117) {
    const after = readMicros(bytes, next, end, out);
    if (after !== -1) return readFields(bytes, start, after, end, out, reading);
  }
  if (byte === 32 && bytes[next + 1] === 115) {
    const message = afterStream(bytes, next + 1, end);
    if (message !== -1) return readStreamed(bytes, message, end, out, reading);
  }
  if (seen.form === SYSLOG || (seen.form === ISO && seen.zone === 'offset' && hasHostAndPid(bytes, next, end)))
    return readSyslogHost(bytes, start, next, end, out, reading);
  const message = readFields(bytes, start, next, end, out, reading);
  if (message === -1) {
    out.timeUs = Number.NaN;
    out.nanos = 0;
    out.doubtUs = 0;
  }
  return message;
}

/**
 * Returns the index after `stdout F ` or `stderr P `, which container runtimes write after their
 * time; -1 if there is neither.
 */
function afterStream(bytes: Uint8Array, at: number, end: number): number {
  const isStream = end - at > 9 && bytes[at + 1] === 116 && bytes[at + 2] === 100 && bytes[at + 6] === 32;
  return isStream && (bytes[at + 7] === 70 || bytes[at + 7] === 80) && bytes[at + 8] === 32 ? at + 9 : -1;
}

const within = createPrefix();

/**
 * Reads the level and pid from the prefix of the container's program; the time is the container's.
 */
function readStreamed(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): number {
  clearPrefix(within);
  let message = readStart(bytes, start, end, within, reading);
  if (message <= 0 && within.level === 0) message = readFields(bytes, start, start - 1, end, within, reading);
  out.level = within.level;
  out.pid = within.pid;
  return message > 0 ? message : start;
}

/** Reads a time that the file's lines have elsewhere than at their start. */
function readInside(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): number {
  clearFields();
  for (const { form, words } of reading.places) {
    const word = wordStart(bytes, start, end, words);
    for (let at = word; at !== -1; at = nextTimeStart(bytes, word, at + 1, end)) {
      const next = readTime(bytes, at, end, out, reading);
      if (next > 0 && seen.form === form && isTime(out, AGREED, reading)) {
        if (next < end && isWordByte(bytes[next] ?? 0)) out.timeUs = Number.NaN;
        else return readBehind(bytes, start, next, end, out, reading);
      }
      out.timeUs = Number.NaN;
    }
  }
  if (reading.isInBracket) {
    const limit = Math.min(end, start + longestField);
    let at = start;
    while (at < limit && bytes[at] !== 91) at++;
    const next = at < limit ? readTime(bytes, at + 1, end, out, reading) : -1;
    if (next > 0 && bytes[next] === 93 && isTime(out, AGREED, reading)) return skipBlanks(bytes, next + 1, end);
    out.timeUs = Number.NaN;
  }
  if (reading.hasInnerJson && reading !== usualReading && out.level === 0) {
    const at = objectAt(bytes, start, end);
    if (at > start) readJsonPrefix(bytes, at, end, out, reading);
  }
  return -1;
}

/** Reads `(2020-03-19 15:37:07) msg`, `"2020-03-19 15:37:07", …`, `<2020-03-19 15:37:07> msg`. */
function readQuoted(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): number {
  clearFields();
  const open = bytes[start] ?? 0;
  const next = readTime(bytes, start + 1, end, out, reading);
  const close = open === 40 ? 41 : open === 60 ? 62 : open;
  if (next < 0 || bytes[next] !== close || !isTime(out, acceptedAtStart(reading), reading)) {
    out.timeUs = Number.NaN;
    out.nanos = 0;
    return -1;
  }
  return readBehind(bytes, start, next + 1, end, out, reading);
}

function readCapital(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): number {
  const second = bytes[start + 1] ?? 0;
  if (isDigit(second)) {
    const first = bytes[start] ?? 0;
    if (first !== 73 && first !== 87 && first !== 69 && first !== 70 && first !== 68) return -1;
    const next = readGlog(bytes, start, end, out, reading);
    if (next < 0 || isTime(out, acceptedAtStart(reading), reading)) return next;
    out.level = 0;
    out.pid = -1;
    return -1;
  }
  if (second === 47) return readAndroidTag(bytes, start, end, out);
  const level = levelAt(bytes, start, end, false);
  if (level !== 0) return readLevelFirst(bytes, start + (level & 15), end, out, level >> 4, reading);
  const isDated =
    monthAt(bytes, start) !== 0 || (bytes[start + 3] === 32 && bytes[start + 2] !== 32) || bytes[start + 3] === 44;
  return isDated ? readAtTime(bytes, start, start, end, out, reading) : -1;
}
