/** Prefixes that begin with a square bracket, and clocks without a date. */
import type { LinePrefix } from '../types.ts';
import { acceptedAtStart, isTime, readOwnTime } from './accept-time.ts';
import { readEventColumn, readState } from './prefix-columns.ts';
import { readFields } from './prefix-fields.ts';
import { isWordByte, levelAt, levelOfLetter } from './prefix-level.ts';
import { bareClockEnd, bracketEnd, clearFields, isBlank, skipBlanks, skipMark } from './prefix-scan.ts';
import { readTime } from './prefix-time.ts';
import type { Reading } from './reading.ts';
import { EPOCH } from './time-forms.ts';
import { seen } from './time-rules.ts';

/**
 * Reads `[2021-04-20T04:54:12.739549] msg` (BRK), `[2020-… : INFO/MainProcess] msg`, `[INFO] msg`,
 * `[INFO 2020-… file] msg`.
 */
export function readBracket(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): number {
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

/** Reads the rest of a bracket after the time, and the fields after the bracket. */
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
  if (seen.form === EPOCH && readState(bytes, close + 1, end, out)) return skipBlanks(bytes, close + 1, end);
  const event = readEventColumn(bytes, close + 1, end, out);
  if (event !== -1) return event;
  return close + 1 < end && !isWordByte(bytes[close + 1] ?? 0)
    ? readFields(bytes, start, close + 1, end, out, reading)
    : close + 1;
}

/**
 * Reads the level after a clock without a date: such a line has no time, but begins a record.
 * `next` is the end of the clock, also within a bracket (`[14:56:15 ERR]`), or -1 if there is none.
 * Returns -1 if no level follows.
 */
export function readBehindClock(
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
