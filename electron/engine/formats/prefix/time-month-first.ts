/**
 * Reads dates that begin with the name of a month or a weekday, as syslog, `ctime`, RFC 5322 and
 * Java write them.
 */
import type { LinePrefix } from '../types.ts';
import { isWeekday, monthAt, setDay, setYearless } from './calendar.ts';
import { isDigitAt, readShort, short, twoDigits } from './digits.ts';
import { clockAfter, readClock } from './time-clock.ts';
import { readShortDate } from './time-date.ts';
import { MONTH_NAME, SYSLOG } from './time-forms.ts';
import { seen, type TimeRules } from './time-rules.ts';
import { isOffset, withZone } from './time-zone.ts';
import { zoneWord, zoneWordAt } from './zones.ts';

/**
 * Reads `Mar 19 15:37:07`, `Thu Mar 19 15:37:07 KST 2020`, `Mar 19, 2020 3:37:07 PM`, `Thu, 19 Mar
 * 2020 15:37:07 +0000`.
 */
export function readMonthFirst(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: LinePrefix,
  rules: TimeRules,
): number {
  let at = start;
  if (isWeekday(bytes, at)) {
    at += 3;
    while (at < end && at - start < 9 && (bytes[at] ?? 0) >= 97 && (bytes[at] ?? 0) <= 122) at++;
    if (bytes[at] === 44) at++;
    if (bytes[at] !== 32) return -1;
    at++;
    if (isDigitAt(bytes, at, end)) return readShortDate(bytes, at, end, out, rules);
  }
  const month = monthAt(bytes, at);
  if (month === 0) return -1;
  const from = at;
  at += 3;
  while (at < end && at - from < 9 && (bytes[at] ?? 0) >= 97 && (bytes[at] ?? 0) <= 122) at++;
  if (bytes[at] !== 32) return -1;
  at++;
  if (bytes[at] === 32) at++;
  if (!readShort(bytes, at, end)) return -1;
  const day = short.value;
  at = short.end;
  if (bytes[at] === 44) at++;
  if (bytes[at] !== 32) return -1;
  at++;
  const hasYear = end - at > 4 && isDigitAt(bytes, at + 2, end) && isDigitAt(bytes, at + 3, end);
  if (hasYear) {
    const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
    if (!setDay(year, month, day)) return -1;
    seen.form = MONTH_NAME;
    const clock = clockAfter(bytes, at + 4, end);
    return clock < 0 ? -1 : readClock(bytes, clock, end, out, rules);
  }
  return readYearAtEnd(bytes, at, end, out, rules, month, day);
}

/** Reads the clock after `Mar 19 `, then a zone and a year; without a year the time is yearless. */
function readYearAtEnd(
  bytes: Uint8Array,
  index: number,
  end: number,
  out: LinePrefix,
  rules: TimeRules,
  month: number,
  day: number,
): number {
  let at = index;
  while (at < end && at - index < 16 && bytes[at] !== 32) at++;
  const clockEnd = at;
  if (clockEnd - index < 7) return -1;
  let zoneAt = -1;
  if (
    bytes[at] === 32 &&
    ((zoneWordAt(bytes, at + 1, end) && bytes[zoneWord.end] === 32) || isOffset(bytes, at + 1, end))
  ) {
    zoneAt = at;
    at++;
    while (at < end && bytes[at] !== 32) at++;
  }
  const century = bytes[at] === 32 && end - at >= 5 ? twoDigits(bytes, at + 1) : -1;
  const inCentury = century < 0 ? -1 : twoDigits(bytes, at + 3);
  const year = century * 100 + inCentury;
  const isYear =
    inCentury >= 0 && year >= 1980 && year <= 2100 && !isDigitAt(bytes, at + 5, end) && bytes[at + 5] !== 58;
  if (isYear) {
    if (!setDay(year, month, day)) return -1;
    seen.form = MONTH_NAME;
    const next = readClock(bytes, index, zoneAt === -1 ? clockEnd : at, out, zoneAt === -1 ? rules : withZone(rules));
    return next < 0 ? -1 : at + 5;
  }
  if (!setYearless(month, day, rules)) return -1;
  seen.form = SYSLOG;
  return readClock(bytes, index, end, out, rules);
}
