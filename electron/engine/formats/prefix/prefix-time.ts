import type { LinePrefix } from '../types.ts';

/**
 * Times at a place in a line's bytes. Every reader returns the index after what it read, or -1, and writes
 * `out.timeUs`; none allocates. Times without a zone are UTC (formats file, C.2); years outside 1980..2100 are no times.
 */

const monthDays = new Uint8Array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
const fractionScale = new Float64Array([0, 100_000, 10_000, 1_000, 100, 10, 1]);

/** The date of the line before: nearly every line has the same one, so its day is worked out once. */
const memo = { date: -1, known: false, yearBytes: 0, dayBytes: 0 };
const memoDay = new Float64Array(1);
let yearWithoutOne = new Date().getUTCFullYear();

/** Year of the times that name none (syslog, glog): ingest sets it from the run's dated files before it reads those lines. */
export function setDefaultYear(year: number): void {
  yearWithoutOne = year;
}

/** That year. */
export function defaultYear(): number {
  return yearWithoutOne;
}

export function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function twoDigits(bytes: Uint8Array, index: number): number {
  const tens = (bytes[index] ?? 0) - 48;
  const ones = (bytes[index + 1] ?? 0) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** The count of days of the proleptic Gregorian calendar, years counted from March so that the leap day is the last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const fromMarch = (month + 9) % 12;
  const marchYear = month <= 2 ? year - 1 : year;
  const century = (marchYear / 100) | 0;
  const leapDays = (marchYear >> 2) - century + (century >> 2);
  return marchYear * 365 + leapDays + (((153 * fromMarch + 2) / 5) | 0) + day - 719_469;
}

/** Makes the date the one of the clock that is read next; false where it is none. */
function setDay(year: number, month: number, day: number): boolean {
  const date = year * 10_000 + month * 100 + day;
  if (date === memo.date) return true;
  if (year < 1980 || year > 2100 || month < 1 || month > 12 || day < 1 || day > byteAt(monthDays, month - 1))
    return false;
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return false;
  memo.date = date;
  memo.known = false;
  memoDay[0] = daysSinceEpoch(year, month, day) * 86_400_000_000;
  return true;
}

/** `HH:MM:SS`, a fraction of 0–9 digits and a zone, at `index`; the day is that of `setDay`. */
function readClock(bytes: Uint8Array, index: number, end: number, out: LinePrefix): number {
  if (end - index < 8 || bytes[index + 2] !== 58 || bytes[index + 5] !== 58) return -1;
  const hours = twoDigits(bytes, index);
  const minutes = twoDigits(bytes, index + 3);
  const seconds = twoDigits(bytes, index + 6);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return -1;
  let next = index + 8;
  let micros = 0;
  const mark = next < end ? (bytes[next] ?? 0) : 0;
  if ((mark === 44 || mark === 46) && next + 1 < end && isDigit(bytes[next + 1] ?? 0)) {
    next++;
    let digits = 0;
    while (next < end && isDigit(bytes[next] ?? 0)) {
      if (digits < 6) micros = micros * 10 + (bytes[next] ?? 0) - 48;
      digits++;
      next++;
      if (digits > 9) return -1;
    }
    if (digits < 6) micros *= fractionScale[digits] ?? 1;
  } else if (mark !== 0 && isDigit(mark)) {
    return -1;
  }
  out.timeUs = (memoDay[0] ?? 0) + (hours * 3600 + minutes * 60 + seconds) * 1_000_000 + micros;
  if (bytes[next] === 124) return next;
  return readZone(bytes, next, end, out);
}

/** `Z`, `+01:00`, `+0100`, also after one space, ` UTC`; without any of them the index as it is. */
function readZone(bytes: Uint8Array, index: number, end: number, out: LinePrefix): number {
  if (index >= end) return index;
  let at = index;
  let byte = bytes[at] ?? 0;
  if (byte === 90) return index + 1;
  if (byte === 32) {
    at++;
    byte = bytes[at] ?? 0;
    if (byte === 85 && end - at >= 3 && bytes[at + 1] === 84 && bytes[at + 2] === 67) return at + 3;
  }
  if ((byte !== 43 && byte !== 45) || end - at < 5) return index;
  const hours = twoDigits(bytes, at + 1);
  const colon = bytes[at + 3] === 58 ? 1 : 0;
  if (hours < 0 || hours > 14 || end - at < 5 + colon) return index;
  const minutes = twoDigits(bytes, at + 3 + colon);
  const after = at + 5 + colon;
  if (minutes < 0 || minutes > 59 || (after < end && isDigit(bytes[after] ?? 0))) return index;
  out.timeUs -= (byte === 43 ? 1 : -1) * (hours * 60 + minutes) * 60_000_000;
  return after;
}

/** `2020-03-19 15:37:07,101`, `2020-03-19T15:37:07.101250Z`, `2020/03/19 15:37:07`, `20/03/19 15:37:07`. */
export function readDateTime(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  if (end - start < 17) return -1;
  const separator = bytes[start + 4];
  if (separator === 45 || separator === 47) {
    if (end - start < 19 || bytes[start + 7] !== separator) return -1;
    const middle = bytes[start + 10];
    if (middle !== 32 && middle !== 84) return -1;
    const yearBytes =
      ((bytes[start] ?? 0) << 24) |
      ((bytes[start + 1] ?? 0) << 16) |
      ((bytes[start + 2] ?? 0) << 8) |
      (bytes[start + 3] ?? 0);
    const dayBytes =
      ((bytes[start + 5] ?? 0) << 24) |
      ((bytes[start + 6] ?? 0) << 16) |
      ((bytes[start + 8] ?? 0) << 8) |
      (bytes[start + 9] ?? 0);
    if (memo.known && yearBytes === memo.yearBytes && dayBytes === memo.dayBytes)
      return readClock(bytes, start + 11, end, out);
    const century = twoDigits(bytes, start);
    const year = twoDigits(bytes, start + 2);
    const month = twoDigits(bytes, start + 5);
    const day = twoDigits(bytes, start + 8);
    if (century < 0 || year < 0 || month < 0 || day < 0 || !setDay(century * 100 + year, month, day)) return -1;
    memo.known = true;
    memo.yearBytes = yearBytes;
    memo.dayBytes = dayBytes;
    return readClock(bytes, start + 11, end, out);
  }
  if (bytes[start + 2] !== 47 || bytes[start + 5] !== 47 || bytes[start + 8] !== 32) return -1;
  const year = twoDigits(bytes, start);
  const month = twoDigits(bytes, start + 3);
  const day = twoDigits(bytes, start + 6);
  if (year < 0 || month < 0 || day < 0 || !setDay(year < 80 ? 2000 + year : 1900 + year, month, day)) return -1;
  return readClock(bytes, start + 9, end, out);
}

/** Number 1..12 of an English month's first three letters, 0 for anything else. */
export function monthAt(bytes: Uint8Array, index: number): number {
  const packed = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
  switch (packed) {
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

/** Syslog's `Mar 19 15:37:07` (also `Mar  9`). */
export function readSyslogTime(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  if (end - start < 15 || bytes[start + 3] !== 32 || bytes[start + 6] !== 32) return -1;
  const month = monthAt(bytes, start);
  if (month === 0) return -1;
  const day = bytes[start + 4] === 32 ? (bytes[start + 5] ?? 0) - 48 : twoDigits(bytes, start + 4);
  if (!setDay(yearWithoutOne, month, day)) return -1;
  return readClock(bytes, start + 7, end, out);
}

/** glog's `0319 15:37:07.101250`. */
export function readGlogTime(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  if (end - start < 13 || bytes[start + 4] !== 32) return -1;
  const month = twoDigits(bytes, start);
  const day = twoDigits(bytes, start + 2);
  if (month < 0 || day < 0 || !setDay(yearWithoutOne, month, day)) return -1;
  return readClock(bytes, start + 5, end, out);
}

/** Apache's `19/Mar/2020:15:37:07 +0000`. */
export function readApacheTime(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  if (end - start < 20 || bytes[start + 2] !== 47 || bytes[start + 6] !== 47 || bytes[start + 11] !== 58) return -1;
  const day = twoDigits(bytes, start);
  const month = monthAt(bytes, start + 3);
  const century = twoDigits(bytes, start + 7);
  const year = twoDigits(bytes, start + 9);
  if (month === 0 || day < 0 || century < 0 || year < 0 || !setDay(century * 100 + year, month, day)) return -1;
  return readClock(bytes, start + 12, end, out);
}

/**
 * Seconds (10 digits, with or without a fraction) or milliseconds (13 digits) since the epoch, then a blank or a bar.
 * Only 2010..2040, because a line of numbers is far more often no time at all.
 */
export function readEpoch(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  let next = start;
  let value = 0;
  while (next < end && next - start < 14 && isDigit(bytes[next] ?? 0)) {
    value = value * 10 + (bytes[next] ?? 0) - 48;
    next++;
  }
  const digits = next - start;
  if (digits !== 10 && digits !== 13) return -1;
  let micros = value * (digits === 10 ? 1_000_000 : 1000);
  if (micros < 1_262_304_000_000_000 || micros > 2_208_988_800_000_000) return -1;
  if (next < end && bytes[next] === 46) {
    next++;
    let scale = digits === 10 ? 100_000 : 100;
    const from = next;
    while (next < end && next - from < 9 && isDigit(bytes[next] ?? 0)) {
      micros += Math.floor(scale) * ((bytes[next] ?? 0) - 48);
      scale = scale < 1 ? 0 : scale / 10;
      next++;
    }
    if (next === from) return -1;
  }
  const after = next < end ? (bytes[next] ?? 0) : 0;
  if (after !== 32 && after !== 9 && after !== 124) return -1;
  out.timeUs = micros;
  return next;
}
