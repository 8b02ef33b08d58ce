/**
 * Reads a named month after the day, as in `19/Mar/2020`, and the year, or the clock of a date
 * without one.
 */
import type { LinePrefix } from '../types.ts';
import { setDay, setYearless } from './calendar.ts';
import { isDigit } from './digits.ts';
import { clockAfter, readClock } from './time-clock.ts';
import { MONTH_NAME, SYSLOG } from './time-forms.ts';
import { seen, type TimeRules } from './time-rules.ts';

/**
 * Reads what follows the day: `/Mar/2020:15:37:07`, `-Mar-20 15:37:07`, ` Mar 2020 15:37:07`, `
 * March 2020, 15:37:07`.
 */
export function readNamedMonth(
  bytes: Uint8Array,
  index: number,
  end: number,
  out: LinePrefix,
  rules: TimeRules,
  day: number,
  month: number,
  separator: number,
): number {
  let at = index + 3;
  while (at < end && at - index < 10 && (bytes[at] ?? 0) >= 97 && (bytes[at] ?? 0) <= 122) at++;
  if (bytes[at] === 46) at++;
  if (bytes[at] !== separator) return -1;
  at++;
  let year = 0;
  const from = at;
  while (at < end && at - from < 5 && isDigit(bytes[at] ?? 0)) {
    year = year * 10 + (bytes[at] ?? 0) - 48;
    at++;
  }
  const digits = at - from;
  if (digits === 2 && bytes[at] === 58 && separator === 32) {
    // `19 Mar 15:37:07`
    if (!setYearless(month, day, rules)) return -1;
    seen.form = SYSLOG;
    return readClock(bytes, from, end, out, rules);
  }
  if (digits !== 4 && digits !== 2) return -1;
  if (!setDay(digits === 4 ? year : year < 80 ? 2000 + year : 1900 + year, month, day)) return -1;
  seen.form = MONTH_NAME;
  // Erlang writes `19-Mar-2020::15:37:07`.
  const clock = clockAfter(bytes, bytes[at] === 58 && bytes[at + 1] === 58 ? at + 1 : at, end);
  return clock < 0 ? -1 : readClock(bytes, clock, end, out, rules);
}
