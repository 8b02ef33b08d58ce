/**
 * The calendar turns a date into a day: {@link setDay} validates it and remembers it, and the clock
 * that is read next is added to that day. Years outside 1980..2100 are rejected, so that ordinary
 * numbers are not read as dates.
 */
import { byteAt } from './digits.ts';
import type { TimeRules } from './time-rules.ts';

const monthDays = new Uint8Array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
const DAY_US = 86_400_000_000;

/**
 * The date of the previous line. Nearly every line has the same one, so its day is computed once.
 */
export const memo = { date: -1, known: false, yearBytes: 0, dayBytes: 0 };
export const memoDay = new Float64Array(1);
/**
 * The last possible year of a yearless time, and its last day (month × 100 + day), from `latestUs`.
 */
const latest = { us: Number.NaN, year: 0, day: 0 };

/**
 * Decides whether the date `YYYY-MM-DD` at `start` is that of the previous line, so that {@link
 * memoDay} is its day.
 */
export function isDayOfMemo(bytes: Uint8Array, start: number): boolean {
  return (
    memo.known &&
    bytes[start + 4] === 45 &&
    bytes[start + 7] === 45 &&
    fourBytes(bytes, start, start + 2) === memo.yearBytes &&
    fourBytes(bytes, start + 5, start + 8) === memo.dayBytes
  );
}

/** Packs two bytes from one place and two from another. */
export function fourBytes(bytes: Uint8Array, first: number, second: number): number {
  return (
    ((bytes[first] ?? 0) << 24) |
    ((bytes[first + 1] ?? 0) << 16) |
    ((bytes[second] ?? 0) << 8) |
    (bytes[second + 1] ?? 0)
  );
}

/**
 * Counts days in the proleptic Gregorian calendar, with years from March so that the leap day is
 * the last.
 */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const fromMarch = (month + 9) % 12;
  const marchYear = month <= 2 ? year - 1 : year;
  const century = (marchYear / 100) | 0;
  const leapDays = (marchYear >> 2) - century + (century >> 2);
  return marchYear * 365 + leapDays + (((153 * fromMarch + 2) / 5) | 0) + day - 719_469;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Sets the date for the clock that is read next; false if it is invalid. */
export function setDay(year: number, month: number, day: number): boolean {
  const date = year * 10_000 + month * 100 + day;
  if (date === memo.date) return true;
  if (year < 1980 || year > 2100 || month < 1 || month > 12 || day < 1 || day > byteAt(monthDays, month - 1))
    return false;
  if (month === 2 && day === 29 && !isLeap(year)) return false;
  memo.date = date;
  memo.known = false;
  memoDay[0] = daysSinceEpoch(year, month, day) * DAY_US;
  return true;
}

/** Sets a date like `setDay`, in the last year in which it is no later than the rules allow. */
export function setYearless(month: number, day: number, rules: TimeRules): boolean {
  if (rules.latestUs !== latest.us) {
    const date = new Date(rules.latestUs / 1000);
    latest.us = rules.latestUs;
    latest.year = date.getUTCFullYear();
    latest.day = (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  }
  let year = month * 100 + day <= latest.day ? latest.year : latest.year - 1;
  if (month === 2 && day === 29) while (year > 1980 && !isLeap(year)) year--;
  return setDay(year, month, day);
}

/**
 * Returns the number 1..12 for the first three letters of an English month, 0 for anything else.
 */
export function monthAt(bytes: Uint8Array, index: number): number {
  const packed = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
  switch (packed | 0x2020) {
    case 0x4a616e:
      return 1;
    case 0x466562:
      return 2;
    case 0x4d6172:
      return 3;
    case 0x417072:
      return 4;
    case 0x4d6179:
      return 5;
    case 0x4a756e:
      return 6;
    case 0x4a756c:
      return 7;
    case 0x417567:
      return 8;
    case 0x536570:
      return 9;
    case 0x4f6374:
      return 10;
    case 0x4e6f76:
      return 11;
    case 0x446563:
      return 12;
    default:
      return 0;
  }
}

/** Decides whether the first three letters of an English weekday stand at `index`. */
export function isWeekday(bytes: Uint8Array, index: number): boolean {
  const packed = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
  return (
    packed === 0x4d6f6e || // Mon
    packed === 0x547565 ||
    packed === 0x576564 ||
    packed === 0x546875 ||
    packed === 0x467269 ||
    packed === 0x536174 ||
    packed === 0x53756e
  );
}
