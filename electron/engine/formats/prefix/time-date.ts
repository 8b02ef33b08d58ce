/**
 * Reads dates that begin with digits and do not have a fixed width, such as `19.03.2020`.
 * `prefix-time.ts` reads dates of fixed width.
 */
import { type DateOrder, dateOrders } from '../../../contract/time-forms.ts';
import type { LinePrefix } from '../types.ts';
import { monthAt, setDay, setYearless } from './calendar.ts';
import { isDigit, readShort, short, signAt, signsOf, twoDigits } from './digits.ts';
import { clockAfter, readClock, readPackedClock } from './time-clock.ts';
import { readEpoch } from './time-epoch.ts';
import { COMPACT, DAY_MONTH_YEAR, ISO, MONTH_DAY, SIX_DIGITS, TWO_DIGIT_YEAR } from './time-forms.ts';
import { readNamedMonth } from './time-month.ts';
import { seen, type TimeRules } from './time-rules.ts';

/** Reads dates that begin with digits, except those of `readDateTime`. */
export function readNumbers(bytes: Uint8Array, start: number, end: number, out: LinePrefix, rules: TimeRules): number {
  let at = start;
  while (at < end && at - start < 20 && isDigit(bytes[at] ?? 0)) at++;
  const digits = at - start;
  const mark = at < end ? (bytes[at] ?? 0) : 0;
  if (digits <= 2) return readShortDate(bytes, start, end, out, rules);
  if (digits === 4) return readLongYear(bytes, start, end, out, rules);
  if (digits === 6) return readSixDigits(bytes, start, end, out, rules);
  if (digits === 8 && (mark === 45 || mark === 32 || mark === 95 || mark === 84 || mark === 9)) {
    if (!setCompactDay(bytes, start)) return -1;
    seen.form = COMPACT;
    const clock = readClock(bytes, at + 1, end, out, rules);
    return clock > 0 ? clock : readPackedClock(bytes, at + 1, end, out, rules);
  }
  if (digits === 14 && setCompactDay(bytes, start)) {
    seen.form = COMPACT;
    return readPackedClock(bytes, start + 8, end, out, rules);
  }
  return readEpoch(bytes, start, end, out);
}

function setCompactDay(bytes: Uint8Array, start: number): boolean {
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  return setDay(year, twoDigits(bytes, start + 4), twoDigits(bytes, start + 6));
}

/** Signs after the year, the month and the day, as UTF-8. */
const [yearSigns = [], monthSigns = [], daySigns = []] = ['年년', '月월', '日일'].map(signsOf);

/** Reads `2020-3-9 15:37:07`, `2020. 3. 19. 오후 3:37:07`, `2020年3月19日 15:37:07`. */
function readLongYear(bytes: Uint8Array, start: number, end: number, out: LinePrefix, rules: TimeRules): number {
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  let at = afterMark(bytes, start + 4, end, yearSigns);
  if (at < 0 || !readShort(bytes, at, end)) return -1;
  const month = short.value;
  at = afterMark(bytes, short.end, end, monthSigns);
  if (at < 0 || !readShort(bytes, at, end)) return -1;
  if (!setDay(year, month, short.value)) return -1;
  seen.form = ISO;
  at = short.end;
  if (daySigns.includes(signAt(bytes, at))) at += 3;
  const clock = clockAfter(bytes, at, end);
  return clock < 0 ? -1 : readClock(bytes, clock, end, out, rules);
}

/** Skips `-`, `/`, `.`, `. `, or one of the signs and a blank. */
function afterMark(bytes: Uint8Array, index: number, end: number, signs: readonly number[]): number {
  const byte = index < end ? (bytes[index] ?? 0) : 0;
  if (byte === 45 || byte === 47) return index + 1;
  if (byte === 46) return index + (bytes[index + 1] === 32 ? 2 : 1);
  if (signs.includes(signAt(bytes, index))) return index + (bytes[index + 3] === 32 ? 4 : 3);
  return -1;
}

/** Reads `200319 153707`, `200319 15:37:07`. */
function readSixDigits(bytes: Uint8Array, start: number, end: number, out: LinePrefix, rules: TimeRules): number {
  if (bytes[start + 6] !== 32 && bytes[start + 6] !== 45 && bytes[start + 6] !== 95) return -1;
  const year = twoDigits(bytes, start);
  if (!setDay(year < 80 ? 2000 + year : 1900 + year, twoDigits(bytes, start + 2), twoDigits(bytes, start + 4)))
    return -1;
  seen.form = SIX_DIGITS;
  let at = start + 7;
  while (at - start < 9 && bytes[at] === 32) at++;
  const clock = bytes[at + 2] === 58 || bytes[at + 1] === 58 ? readClock(bytes, at, end, out, rules) : -1;
  return clock > 0 ? clock : readPackedClock(bytes, at, end, out, rules);
}

/**
 * Reads `19.03.2020 15:37:07`, `20/03/19 15:37:07`, `03-19 15:37:07`, `19/Mar/2020:15:37:07`, `19
 * Mar 2020 15:37:07`.
 */
export function readShortDate(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: LinePrefix,
  rules: TimeRules,
): number {
  if (!readShort(bytes, start, end)) return -1;
  const first = short.value;
  let at = short.end;
  const separator = bytes[at] ?? 0;
  if (separator !== 45 && separator !== 47 && separator !== 46 && separator !== 32) return -1;
  at++;
  const month = monthAt(bytes, at);
  if (month !== 0) return readNamedMonth(bytes, at, end, out, rules, first, month, separator);
  if (separator === 32 || !readShort(bytes, at, end)) return -1;
  const second = short.value;
  at = short.end;
  seen.first = first;
  seen.second = second;
  seen.third = 0;
  seen.separator = separator;
  if (bytes[at] !== separator) {
    // Without a year it is a date only if blanks and a clock follow.
    const isJoined = bytes[at] === 45 && separator === 47 && bytes[at + 3] === 58 && bytes[at + 6] === 58;
    if (bytes[at] !== 32 && bytes[at] !== 9 && !isJoined) return -1;
    if (!setYearless(first, second, rules)) return -1;
    seen.form = MONTH_DAY;
    return readClock(bytes, clockAfter(bytes, at, end), end, out, rules);
  }
  at++;
  let digits = 0;
  let third = 0;
  while (at < end && digits < 5 && isDigit(bytes[at] ?? 0)) {
    third = third * 10 + (bytes[at] ?? 0) - 48;
    digits++;
    at++;
  }
  if (digits !== 2 && digits !== 4) return -1;
  seen.third = third;
  seen.form = digits === 4 ? DAY_MONTH_YEAR : TWO_DIGIT_YEAR;
  const order = digits === 4 ? rules.longOrder : rules.shortOrder;
  if (
    !setOrdered(first, second, third, order) &&
    !(rules.isOrderOpen && dateOrders.some((other) => setOrdered(first, second, third, other)))
  )
    return -1;
  const clock = clockAfter(bytes, at, end);
  return clock < 0 ? -1 : readClock(bytes, clock, end, out, rules);
}

function setOrdered(first: number, second: number, third: number, order: DateOrder): boolean {
  const year = order === 'ymd' ? first : third;
  if (order === 'ymd' && third > 31) return false;
  const month = order === 'mdy' ? first : second;
  const day = order === 'ymd' ? third : order === 'dmy' ? first : second;
  return setDay(year >= 100 ? year : year < 80 ? 2000 + year : 1900 + year, month, day);
}
