/**
 * Reads the time at a place in a line's bytes. Every reader returns the index after the time, or
 * -1, and writes `out.timeUs` and `out.nanos`; none allocates. What the bytes leave open (the order
 * of day and month, the year, the zone, a decimal comma) comes from the file's {@link TimeRules}.
 */
import type { LinePrefix } from '../types.ts';
import { fourBytes, memo, setDay, setYearless } from './calendar.ts';
import { isDigit, twoDigits } from './digits.ts';
import { clockAfter, readClock } from './time-clock.ts';
import { readNumbers } from './time-date.ts';
import { readEpoch } from './time-epoch.ts';
import { GLOG, ISO } from './time-forms.ts';
import { readMonthFirst } from './time-month-first.ts';
import { seen, type TimeRules, usualRules } from './time-rules.ts';

/**
 * Reads the time at `start`, in any form but glog's; `seen` tells which. Plain numbers (`epoch`,
 * `six_digits`) and dates without a year are read too: the file decides whether they are times.
 */
export function readTime(bytes: Uint8Array, start: number, end: number, out: LinePrefix, rules: TimeRules): number {
  seen.hasSeconds = true;
  seen.isHalfDay = false;
  seen.foldUs = 0;
  seen.shape = 0;
  const first = start < end ? (bytes[start] ?? 0) : 0;
  let next = -1;
  if (isDigit(first)) {
    next = readDateTime(bytes, start, end, out, rules);
    if (next < 0) next = readNumbers(bytes, start, end, out, rules);
  } else if (first >= 65 && first <= 90) next = readMonthFirst(bytes, start, end, out, rules);
  seen.start = start;
  seen.end = next;
  return next;
}

/**
 * Reads dates of fixed width: `2020-03-19 15:37:07,101`, `2020-03-19T15:37:07.101250Z`, `2020/03/19
 * 15:37:07`, `2020-03-19-15.37.07`.
 */
function readDateTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: LinePrefix,
  rules: TimeRules = usualRules,
): number {
  const separator = bytes[start + 4];
  if (end - start < 16 || (separator !== 45 && separator !== 47 && separator !== 46) || bytes[start + 7] !== separator)
    return -1;
  const yearBytes = fourBytes(bytes, start, start + 2);
  const dayBytes = fourBytes(bytes, start + 5, start + 8);
  if (!(memo.known && yearBytes === memo.yearBytes && dayBytes === memo.dayBytes)) {
    const century = twoDigits(bytes, start);
    const year = twoDigits(bytes, start + 2);
    const month = twoDigits(bytes, start + 5);
    const day = twoDigits(bytes, start + 8);
    if (century < 0 || year < 0 || month < 0 || day < 0 || !setDay(century * 100 + year, month, day)) return -1;
    memo.known = true;
    memo.yearBytes = yearBytes;
    memo.dayBytes = dayBytes;
  }
  seen.form = ISO;
  const behind = bytes[start + 10];
  seen.shape =
    (separator === 45 ? 0 : separator === 47 ? 4 : 8) |
    (behind === 32 ? 0 : behind === 84 ? 16 : behind === 9 ? 32 : 48);
  const clock = clockAfter(bytes, start + 10, end);
  return clock < 0 ? -1 : readClock(bytes, clock, end, out, rules);
}

/**
 * Reads glog's `0319 15:37:07.101250`; absl writes `0000 00:00:1584632227.101250` before its clock
 * is set up.
 */
export function readGlogTime(bytes: Uint8Array, start: number, end: number, out: LinePrefix, rules: TimeRules): number {
  if (end - start < 13 || bytes[start + 4] !== 32) return -1;
  const month = twoDigits(bytes, start);
  const day = twoDigits(bytes, start + 2);
  seen.start = start;
  seen.hasSeconds = true;
  seen.isHalfDay = false;
  seen.foldUs = 0;
  seen.shape = 0;
  if (month === 0 && day === 0 && bytes[start + 7] === 58 && bytes[start + 10] === 58) {
    seen.end = readEpoch(bytes, start + 11, end, out);
    seen.form = GLOG;
    return seen.end;
  }
  if (month < 0 || day < 0 || !setYearless(month, day, rules)) return -1;
  seen.form = GLOG;
  seen.end = readClock(bytes, start + 5, end, out, rules);
  return seen.end;
}
