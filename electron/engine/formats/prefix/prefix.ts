/** The prefix of a line: what stands before its message. */
import type { LinePrefix } from '../types.ts';
import { monthAt } from './calendar.ts';
import { isDigit } from './digits.ts';
import { readAndroidTag } from './prefix-android.ts';
import { readFields } from './prefix-fields.ts';
import { hasHostAndPid, readGlog, readPriority, readSyslogHost } from './prefix-foreign.ts';
import { objectAt, readJsonPrefix } from './prefix-json.ts';
import { isWordByte, levelAt, levelOfLetter } from './prefix-level.ts';
import { isLogfmt, readLogfmt } from './prefix-logfmt.ts';
import { BARRED_LENGTH, readBarredTime, readPipe } from './prefix-pipe.ts';
import {
  bareClockEnd,
  bracketEnd,
  clearFields,
  fields,
  groupEnd,
  isBlank,
  isTokenByte,
  longestField,
  nextTimeStart,
  skipBlanks,
  wordStart,
} from './prefix-scan.ts';
import { readTime } from './prefix-time.ts';
import { AGREED, DOUBTFUL, isBounded, isStray, NO_TIME, type Reading, usualReading } from './reading.ts';
import { ISO, SHAPES, SYSLOG } from './time-forms.ts';
import { copySeen, seen } from './time-rules.ts';

export { setDefaultYear } from './time-rules.ts';

/**
 * The prefix of a line is what stands before its message: time, level, process number, names. It is read by the {@link Reading} of the
 * line's file; without one, all that looks like a time at the start of a line is taken for one.
 */

/** An empty prefix to be filled by `parsePrefix`. */
export function createPrefix(): LinePrefix {
  return { timeUs: Number.NaN, nanos: 0, level: 0, pid: -1, length: 0, doubtUs: 0 };
}

/** Whether a line has a prefix of its own: a JSON line has one though all of it is message (`length` 0). */
export function hasPrefix(prefix: LinePrefix): boolean {
  return prefix.length > 0 || prefix.level > 0 || !Number.isNaN(prefix.timeUs);
}

/** Make the prefix that of a line that has none. */
export function clearPrefix(out: LinePrefix): void {
  out.timeUs = Number.NaN;
  out.nanos = 0;
  out.level = 0;
  out.pid = -1;
  out.length = 0;
  out.doubtUs = 0;
}

/**
 * Reads time, level and pid at the start of the line `bytes[start, end)` into `out` (README.md#line-prefixes, and the usual
 * forms of other logs). Called for every line of many gigabytes: no allocation, no string, no regular expression.
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

/** Index of the message, or -1. */
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
  // A byte order mark.
  if (first === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf)
    return readStart(bytes, start + 3, end, out, reading);
  return -1;
}

/** `error: msg` at the start of a line, in files where several lines begin so. */
function readLowerLevel(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  const level = levelAt(bytes, start, end, true);
  const after = start + (level & 15);
  if (level === 0 || bytes[after] !== 58 || !isBlank(bytes[after + 1] ?? 32)) return -1;
  clearFields();
  out.level = level >> 4;
  return skipBlanks(bytes, after + 1, end);
}

/**
 * The level behind a clock without a date, which ends at `next` (-1: there is none): such a line has no time, but begins a record. In a
 * bracket (`[14:56:15 ERR]`), `next` is where the clock in it ends. Returns -1 where no level follows.
 */
function readBehindClock(
  bytes: Uint8Array,
  start: number,
  next: number,
  end: number,
  out: LinePrefix,
  reading: Reading,
): number {
  if (next === -1) return -1;
  const isInBracket = bytes[start] === 91;
  const at = isInBracket
    ? readInBracket(bytes, start, next, end, out, reading)
    : readFields(bytes, start, next, end, out, reading);
  return out.level === 0 ? -1 : at;
}

/** What the time that was read last is at the start of a line. */
function acceptedAtStart({ atStart }: Reading): number {
  return atStart[seen.form * SHAPES + seen.shape] ?? NO_TIME;
}

/** What was seen of the time of the last line, while a file's reading is decided. */
export const took = { ...seen };

/**
 * Whether what `readTime` read last is a time in this file. `accepted`: what its form is there. Marks the prefix where that depends on the
 * lines before it; takes the time away where it is none.
 */
function isTime(out: LinePrefix, accepted: number, reading: Reading): boolean {
  if (reading.isTrial) copySeen(seen, took);
  const isNear = out.timeUs >= reading.fromUs && out.timeUs <= reading.toUs;
  if (accepted === AGREED && isNear && seen.foldUs === 0) return true;
  const isOut = isBounded(seen.form, accepted) ? !isNear : isStray(out.timeUs, reading);
  if (accepted === NO_TIME || isOut) {
    out.timeUs = Number.NaN;
    out.nanos = 0;
    return false;
  }
  out.doubtUs = accepted === DOUBTFUL ? -1 : seen.foldUs;
  return true;
}

/** The time at `at` and the fields behind it. */
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

/** What stands behind a time that ends at `next`: a bar and the fields of PIPE, a container's stream, or the usual fields. */
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

/** Behind `stdout F ` or `stderr P `, which container runtimes write behind their time; -1 where it does not stand there. */
function afterStream(bytes: Uint8Array, at: number, end: number): number {
  const isStream = end - at > 9 && bytes[at + 1] === 116 && bytes[at + 2] === 100 && bytes[at + 6] === 32;
  return isStream && (bytes[at + 7] === 70 || bytes[at + 7] === 80) && bytes[at + 8] === 32 ? at + 9 : -1;
}

const within = createPrefix();

/** The prefix that the container's program wrote itself: its level and pid; the time is the container's. */
function readStreamed(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): number {
  clearPrefix(within);
  let message = readStart(bytes, start, end, within, reading);
  if (message <= 0 && within.level === 0) message = readFields(bytes, start, start - 1, end, within, reading);
  out.level = within.level;
  out.pid = within.pid;
  return message > 0 ? message : start;
}

/** The time where the file's lines have it elsewhere than at their start. */
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

/** `[2021-04-20T04:54:12.739549] msg` (BRK), `[2020-… : INFO/MainProcess] msg`, `[INFO] msg`, `[INFO 2020-… file] msg`. */
function readBracket(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): number {
  clearFields();
  const next = readTime(bytes, start + 1, end, out, reading);
  if (next > 0 && isTime(out, acceptedAtStart(reading), reading))
    return readInBracket(bytes, start, next, end, out, reading);
  out.timeUs = Number.NaN;
  const clock = bareClockEnd(bytes, start + 1, end);
  if (clock !== -1) return readBehindClock(bytes, start, clock, end, out, reading);
  const word = levelAt(bytes, start + 1, end, true);
  // `[E 200319 15:37:07 web:12]`, as Tornado and Jupyter write it.
  const letter = word === 0 && bytes[start + 2] === 32 ? levelOfLetter(bytes[start + 1] ?? 0) : 0;
  const level = letter === 0 ? word : letter * 16 + 1;
  if (level === 0) return -1;
  const after = start + 1 + (level & 15);
  const close = bracketEnd(bytes, after, end);
  if (close < 0) return -1;
  const follows = skipBlanks(bytes, after, end);
  if (letter !== 0 && bareClockEnd(bytes, follows, close) !== -1) {
    out.level = letter;
    return skipBlanks(bytes, close + 1, end);
  }
  if (follows === close && letter === 0) {
    out.level = level >> 4;
    const at = skipBlanks(bytes, close + 1, end);
    const time = readOwnTime(bytes, at, end, out, reading);
    return skipMark(bytes, time > 0 && (time >= end || !isWordByte(bytes[time] ?? 0)) ? time : at, end);
  }
  if (follows === after || readOwnTime(bytes, follows, close, out, reading) < 0) return -1;
  out.level = level >> 4;
  return skipBlanks(bytes, close + 1, end);
}

/** Behind the time in a bracket: what else stands in it, and the fields behind it. */
function readInBracket(
  bytes: Uint8Array,
  start: number,
  next: number,
  end: number,
  out: LinePrefix,
  reading: Reading,
): number {
  const close = bracketEnd(bytes, next, end);
  if (close < 0) {
    out.timeUs = Number.NaN;
    return -1;
  }
  if (next !== close) {
    let at = next;
    while (at < close && !isWordByte(bytes[at] ?? 0)) at++;
    const level = levelAt(bytes, at, close, true);
    const after = bytes[at + 1] ?? 0;
    const letter = level === 0 && (isBlank(after) || after === 93) ? levelOfLetter(bytes[at] ?? 0) : 0;
    if (level !== 0 || letter !== 0) {
      out.level = letter === 0 ? level >> 4 : letter;
      return skipBlanks(bytes, close + 1, end);
    }
  }
  return close + 1 < end && !isWordByte(bytes[close + 1] ?? 0)
    ? readFields(bytes, start, close + 1, end, out, reading)
    : close + 1;
}

/** A time behind a level; takes back what it read where it is none. Returns the index after it, or -1. */
function readOwnTime(bytes: Uint8Array, at: number, end: number, out: LinePrefix, reading: Reading): number {
  const isBracketed = bytes[at] === 91 || bytes[at] === 40;
  let next = readTime(bytes, isBracketed ? at + 1 : at, end, out, reading);
  if (next > 0 && isBracketed) next = bytes[next] === (bytes[at] === 40 ? 41 : 93) ? next + 1 : -1;
  if (next > 0 && isTime(out, acceptedAtStart(reading), reading)) return next;
  out.timeUs = Number.NaN;
  out.nanos = 0;
  return -1;
}

/** `(2020-03-19 15:37:07) msg`, `"2020-03-19 15:37:07", …`, `<2020-03-19 15:37:07> msg`. */
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

function skipMark(bytes: Uint8Array, start: number, end: number): number {
  const next = skipBlanks(bytes, start, end);
  const mark = next < end ? (bytes[next] ?? 0) : 0;
  const one = next + 1 < end ? (bytes[next + 1] ?? 0) : 0;
  return mark === 58 || mark === 124 || (mark === 45 && one === 32) ? skipBlanks(bytes, next + 1, end) : next;
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

/** `INFO:name:msg`, `ERROR: msg`, `INFO - msg`, `INFO 2020-03-19 15:37:07 msg`, `INFO [2020-03-19 15:37:07] msg`. */
function readLevelFirst(
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

/** `INFO [main] 2020-03-19 15:37:07`: a time behind one more field; its time is read into `out`. */
function isFieldThenTime(bytes: Uint8Array, at: number, end: number, out: LinePrefix, reading: Reading): boolean {
  const open = bytes[at] ?? 0;
  if (open !== 91 && open !== 40) return false;
  const close = groupEnd(bytes, at + 1, end, open);
  return close !== -1 && readOwnTime(bytes, skipBlanks(bytes, close + 1, end), end, out, reading) > 0;
}

/** A prefix with its named fields, for parsers and views; `length` counts characters, as `text` does. */
export interface DecodedPrefix {
  timeUs: number | null;
  level: number;
  pid: number | null;
  thread: string | null;
  logger: string | null;
  func: string | null;
  length: number;
}

/** How much of a line can be prefix (a JSON line's keys included). */
const longestPrefix = 8_192;
const scratch = new Uint8Array(longestPrefix);
const decoded = createPrefix();

/** The prefix of a line as text: the same reading as `parsePrefix`, because it is the same code. */
export function decodePrefix(text: string): DecodedPrefix | null {
  const size = Math.min(text.length, longestPrefix);
  for (let index = 0; index < size; index++) {
    const code = text.charCodeAt(index);
    scratch[index] = code < 128 ? code : 0x80;
  }
  // A mark is three bytes but one character: it is stepped over here.
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  clearFields();
  parsePrefix(scratch, start, size, decoded);
  if (!hasPrefix(decoded)) return null;
  const { loggerStart, loggerEnd, threadStart, threadEnd, funcStart, funcEnd } = fields;
  return {
    timeUs: Number.isNaN(decoded.timeUs) ? null : decoded.timeUs,
    level: decoded.level,
    pid: decoded.pid < 0 ? null : decoded.pid,
    thread: threadStart < 0 ? null : text.slice(threadStart, threadEnd),
    logger: loggerStart < 0 ? null : text.slice(loggerStart, loggerEnd),
    func: funcStart < 0 ? null : text.slice(funcStart, funcEnd),
    length: decoded.length > 0 ? decoded.length + start : 0,
  };
}
