import { type DateOrder, dateOrders, type TimeForm } from '../../../contract/time-forms.ts';
import type { LinePrefix } from '../types.ts';
import { type PlaceClock, zoneWord, zoneWordAt } from './zones.ts';

/**
 * Times at a place in a line's bytes. Every reader returns the index after what it read, or -1, and writes `out.timeUs` and
 * `out.nanos`; none allocates. Years outside 1980..2100 are no times. What the bytes leave open — the order of day and month, the year,
 * the zone, whether a comma is a decimal mark — is decided once for a file ({@link TimeRules}).
 */

/** The forms of times, by their numbers below. */
export const timeForms: readonly TimeForm[] = [
  'iso', // 2020-03-19 15:37:07, 2020/03/19T15:37:07Z, 2020.03.19-15.37.07, 2020. 3. 19. 오후 3:37:07
  'compact', // 20200319-15:37:07:101, 20200319 153707, 20200319T153707Z, 20200319153707
  'day_month_year', // 19.03.2020 15:37:07, 03/19/2020 15:37:07: two orders
  'two_digit_year', // 20/03/19 15:37:07: three orders
  'month_name', // 19/Mar/2020:15:37:07, 19 Mar 2020 15:37:07, Mar 19, 2020 3:37:07 PM, Thu Mar 19 15:37:07 KST 2020
  'syslog', // Mar 19 15:37:07: no year
  'month_day', // 03-19 15:37:07, 03.19 15:37:07: no year
  'six_digits', // 200319 153707, 200319 15:37:07
  'epoch', // 1584632227, and with thousandths, millionths and billionths
  'glog', // I0319 15:37:07.101250: no year
];

/** Forms times these: places for every form and shape. */
export const SHAPES = 64;

export const ISO = 0;
export const COMPACT = 1;
export const DAY_MONTH_YEAR = 2;
export const TWO_DIGIT_YEAR = 3;
export const MONTH_NAME = 4;
export const SYSLOG = 5;
export const MONTH_DAY = 6;
export const SIX_DIGITS = 7;
export const EPOCH = 8;
export const GLOG = 9;

/** What is decided for a file about the times in it. */
export interface TimeRules {
  /** Of `19.03.2020`; never `ymd`. */
  readonly longOrder: DateOrder;
  /** Of `20/03/19`. */
  readonly shortOrder: DateOrder;
  /** A date that is none in this order is read in another. */
  readonly isOrderOpen: boolean;
  /** `15:37:07,101` has thousandths. Else the comma separates cells. */
  readonly isCommaDecimal: boolean;
  /** What stands one blank behind the time (`+01`, `KST`) is its zone. */
  readonly hasZoneAfterBlank: boolean;
  /** Minutes east of UTC of times that name no zone, or the clock of a place. */
  readonly zone: number | PlaceClock;
  /** Times that name no year are of the last year in which they are not later than this, in microseconds. */
  readonly latestUs: number;
}

/** What the reader saw besides the time: for deciding what holds for a file. */
export const seen = {
  form: ISO,
  /** Bytes of the line that are the time, and where the byte before its fraction stands. */
  start: 0,
  end: 0,
  markAt: 0,
  /** How the time is written within its form, less than {@link SHAPES}: its fraction, and the bytes within the date and behind it. */
  shape: 0,
  /** Byte before the fraction (`.`, `,`, `:`), 0 without one, and its digits. */
  mark: 0,
  digits: 0,
  hasSeconds: true,
  isHalfDay: false,
  /** How the zone is written: not at all, as an offset, as a word. Where a word stands, and whether it is known. */
  zone: 'none' as 'none' | 'offset' | 'word',
  zoneStart: -1,
  zoneEnd: -1,
  isZoneKnown: true,
  /** The three numbers of a date whose order is open, and the byte between them. */
  first: 0,
  second: 0,
  third: 0,
  separator: 0,
  /** Microseconds by which the time would be later, had it come the second time (clocks put back); 0 where it came once. */
  foldUs: 0,
};

const monthDays = new Uint8Array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
const MINUTE_US = 60_000_000;
const DAY_US = 86_400_000_000;

/** The date of the line before: nearly every line has the same one, so its day is worked out once. */
const memo = { date: -1, known: false, yearBytes: 0, dayBytes: 0 };
const memoDay = new Float64Array(1);
/** The last year that a yearless time may be of, and its last day (month × 100 + day), of `latestUs`. */
const latest = { us: Number.NaN, year: 0, day: 0 };
/** The latest time of files of which no rules are known: the end of the run's year. */
let usualLatestUs = Date.UTC(new Date().getUTCFullYear(), 11, 31, 23, 59, 59) * 1000;

/** Year of the times that name none where nothing else is known: ingest sets it from the run's dated files before it reads lines. */
export function setDefaultYear(year: number): void {
  usualLatestUs = Date.UTC(year, 11, 31, 23, 59, 59) * 1000;
}

/** That year. */
export function defaultYear(): number {
  return new Date(usualLatestUs / 1000).getUTCFullYear();
}

/** Rules for lines of which the file is not known. */
export const usualRules: TimeRules = {
  longOrder: 'mdy',
  shortOrder: 'ymd',
  isOrderOpen: false,
  isCommaDecimal: true,
  hasZoneAfterBlank: false,
  zone: 0,
  get latestUs() {
    return usualLatestUs;
  },
};

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

/** A number of one or two digits that no other digit follows, and where it ends. */
const short = { value: -1, end: 0 };

function readShort(bytes: Uint8Array, index: number, end: number): boolean {
  const tens = (index < end ? (bytes[index] ?? 0) : 0) - 48;
  if (tens < 0 || tens > 9) return false;
  const ones = (index + 1 < end ? (bytes[index + 1] ?? 0) : 0) - 48;
  const isTwo = ones >= 0 && ones <= 9;
  short.value = isTwo ? tens * 10 + ones : tens;
  short.end = index + (isTwo ? 2 : 1);
  return short.end >= end || !isDigit(bytes[short.end] ?? 0);
}

/** The count of days of the proleptic Gregorian calendar, years counted from March so that the leap day is the last. */
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

/** Makes the date the one of the clock that is read next; false where it is none. */
function setDay(year: number, month: number, day: number): boolean {
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

/** As `setDay`, of a date without a year: the last one that is not later than the rules allow. */
function setYearless(month: number, day: number, rules: TimeRules): boolean {
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

/** `HH:MM:SS` of fixed width, a fraction and a zone, at `index`; the day is that of `setDay`. */
function readClock(bytes: Uint8Array, index: number, end: number, out: LinePrefix, rules: TimeRules): number {
  if (end - index < 8 || bytes[index + 2] !== 58 || bytes[index + 5] !== 58)
    return readLooseClock(bytes, index, end, out, rules);
  const hours = twoDigits(bytes, index);
  const minutes = twoDigits(bytes, index + 3);
  const seconds = twoDigits(bytes, index + 6);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60)
    return readLooseClock(bytes, index, end, out, rules);
  if (hours <= 12 && halfAfter(bytes, endOfFraction(bytes, index + 8, end), end) !== -1)
    return readLooseClock(bytes, index, end, out, rules);
  return endClock(bytes, index + 8, end, out, rules, (hours * 3600 + minutes * 60 + seconds) * 1_000_000);
}

/** Marks of halves of the day before the clock, as UTF-8: `오전 `, `오후 `, `上午`, `下午`, `午前`, `午後`; true for the second half. */
const halves: readonly (readonly [Uint8Array, boolean])[] = (
  [
    ['오전', false],
    ['오후', true],
    ['上午', false],
    ['下午', true],
    ['午前', false],
    ['午後', true],
  ] as const
).map(([text, isSecond]) => [new TextEncoder().encode(text), isSecond]);

/** `H:MM`, `H:MM:SS`, parts of one digit, half days (`3:37:07 PM`, `오후 3:37:07`), `15.37.07`. */
function readLooseClock(bytes: Uint8Array, index: number, end: number, out: LinePrefix, rules: TimeRules): number {
  let at = index;
  let half = -1;
  if ((bytes[at] ?? 0) >= 0xe4) {
    for (const [letters, isSecond] of halves) if (startsWith(bytes, at, end, letters)) half = isSecond ? 12 : 0;
    if (half === -1) return -1;
    at += 6;
    if (bytes[at] === 32) at++;
  }
  if (!readShort(bytes, at, end)) return -1;
  let hours = short.value;
  const mark = bytes[short.end] ?? 0;
  if (mark !== 58 && mark !== 46) return -1;
  if (!readShort(bytes, short.end + 1, end)) return -1;
  const minutes = short.value;
  at = short.end;
  let seconds = 0;
  const hasSeconds = at < end && bytes[at] === mark && readShort(bytes, at + 1, end);
  if (hasSeconds) {
    seconds = short.value;
    at = short.end;
  } else if (mark === 46) return -1;
  if (minutes > 59 || seconds > 60 || hours > 23) return -1;
  const start = at;
  if (half === -1) {
    const fractionEnd = endOfFraction(bytes, at, end);
    half = halfAfter(bytes, fractionEnd, end);
    if (half !== -1 && fractionEnd === start) at = halfEnd;
    else if (half !== -1) return endHalf(bytes, start, fractionEnd, end, out, rules, hours, minutes, seconds, half);
  }
  seen.hasSeconds = hasSeconds;
  if (half !== -1) {
    if (hours < 1 || hours > 12) return -1;
    hours = (hours % 12) + half;
    seen.isHalfDay = true;
    seen.mark = 0;
    seen.digits = 0;
    out.nanos = 0;
    return endTime(bytes, at, end, out, rules, (hours * 3600 + minutes * 60 + seconds) * 1_000_000);
  }
  // Without seconds only what ends there is a clock: `15:37` in prose is followed by anything.
  return endClock(bytes, at, end, out, rules, (hours * 3600 + minutes * 60 + seconds) * 1_000_000, hasSeconds);
}

let halfEnd = -1;

/** 0 or 12 for ` AM`, `PM`, ` p.m.` at `index`, which ends at `halfEnd`; -1 where there is none. */
function halfAfter(bytes: Uint8Array, index: number, end: number): number {
  let at = index;
  // A narrow no-break space is what newer ICU versions write.
  if (bytes[at] === 32) at++;
  else if (bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0xaf) at += 3;
  const letter = (bytes[at] ?? 0) | 0x20;
  if (letter !== 97 && letter !== 112) return -1;
  at++;
  const isDotted = bytes[at] === 46;
  if (isDotted) at++;
  if (((bytes[at] ?? 0) | 0x20) !== 109) return -1;
  at++;
  if (isDotted && bytes[at] === 46) at++;
  const after = at < end ? (bytes[at] ?? 0) : 32;
  if (at > end || isDigit(after) || (after >= 65 && after <= 90) || (after >= 97 && after <= 122)) return -1;
  halfEnd = at;
  return letter === 112 ? 12 : 0;
}

function endOfFraction(bytes: Uint8Array, index: number, end: number): number {
  const mark = bytes[index] ?? 0;
  if (mark !== 46 && mark !== 44 && mark !== 58) return index;
  let at = index + 1;
  while (at < end && isDigit(bytes[at] ?? 0)) at++;
  return at > index + 1 ? at : index;
}

/** `3:37:07.101 PM`. */
function endHalf(
  bytes: Uint8Array,
  start: number,
  fractionEnd: number,
  end: number,
  out: LinePrefix,
  rules: TimeRules,
  hours: number,
  minutes: number,
  seconds: number,
  half: number,
): number {
  const after = halfEnd;
  if (hours < 1 || hours > 12) return -1;
  const dayUs = (((hours % 12) + half) * 3600 + minutes * 60 + seconds) * 1_000_000;
  if (endClock(bytes, start, fractionEnd, out, rules, dayUs) !== fractionEnd) return -1;
  seen.isHalfDay = true;
  const { nanos } = out;
  const fraction = out.timeUs - Math.floor(out.timeUs / 1e6) * 1e6;
  const next = endTime(bytes, after, end, out, rules, dayUs + fraction);
  out.nanos = nanos;
  return next;
}

function startsWith(bytes: Uint8Array, index: number, end: number, letters: Uint8Array): boolean {
  if (end - index < letters.length) return false;
  for (let k = 0; k < letters.length; k++) if (bytes[index + k] !== letters[k]) return false;
  return true;
}

/**
 * The fraction and the zone behind the seconds. A fraction is 1 to 9 digits after a point; 3, 6 or 9 after a comma that no other follows
 * at once, where the file's rules have a comma as decimal mark; or thousandths after a colon.
 */
function endClock(
  bytes: Uint8Array,
  index: number,
  end: number,
  out: LinePrefix,
  rules: TimeRules,
  dayUs: number,
  canHaveFraction = true,
): number {
  let next = index;
  let micros = 0;
  let nanos = 0;
  const mark = next < end ? (bytes[next] ?? 0) : 0;
  seen.mark = 0;
  seen.digits = 0;
  let fraction = 0;
  if (isDigit(mark)) return -1;
  if ((mark === 46 || mark === 44 || mark === 58) && canHaveFraction) {
    let digits = 0;
    let value = 0;
    let at = next + 1;
    while (at < end && isDigit(bytes[at] ?? 0) && digits < 10) {
      value = value * 10 + (bytes[at] ?? 0) - 48;
      digits++;
      at++;
    }
    seen.mark = digits > 0 ? mark : 0;
    seen.markAt = next;
    seen.digits = digits;
    const isFraction =
      mark === 46
        ? digits > 0
        : mark === 44
          ? rules.isCommaDecimal && (digits === 3 || digits === 6 || digits === 9)
          : digits > 0 && digits <= 3 && bytes[at] !== 58;
    if (mark === 46 && digits > 9) return -1;
    if (isFraction) {
      fraction = mark === 46 ? 1 : mark === 44 ? 2 : 3;
      // Thousandths after a colon are a number of their own: `:64` are 64, written without zeros before them.
      if (mark === 58) micros = value * 1000;
      else {
        const billionths = value * 10 ** (9 - digits);
        micros = Math.floor(billionths / 1000);
        nanos = billionths - micros * 1000;
      }
      next = at;
    }
  }
  out.nanos = nanos;
  seen.shape = (seen.shape & ~3) | fraction;
  return endTime(bytes, next, end, out, rules, dayUs + micros);
}

function endTime(
  bytes: Uint8Array,
  index: number,
  end: number,
  out: LinePrefix,
  rules: TimeRules,
  dayUs: number,
): number {
  const localUs = (memoDay[0] ?? 0) + dayUs;
  seen.zone = 'none';
  const byte = index < end ? (bytes[index] ?? 0) : 0;
  if (byte !== 124 && byte !== 93) {
    const next = readZone(bytes, index, end, out, rules, localUs);
    if (next !== -1) return next;
  }
  setLocal(out, localUs, rules);
  return index;
}

/** The instant of a time without a zone. */
function setLocal(out: LinePrefix, localUs: number, { zone }: TimeRules): void {
  if (typeof zone === 'number') out.timeUs = localUs - zone * MINUTE_US;
  else {
    const { us, foldUs } = zone.instantOf(localUs);
    out.timeUs = us;
    seen.foldUs = foldUs;
  }
}

/**
 * `Z`, `+01:00`, `+0100`, `+09`, `UTC`, `KST`, `GMT+3`, at once or one blank behind the time. Behind a blank only `UTC`, `GMT` and offsets
 * with minutes are zones in any file; words and hours alone only where the file's rules say so. Returns -1 where there is none.
 */
function readZone(
  bytes: Uint8Array,
  index: number,
  end: number,
  out: LinePrefix,
  rules: TimeRules,
  localUs: number,
): number {
  if (index >= end) return -1;
  let at = index;
  let byte = bytes[at] ?? 0;
  const isApart = byte === 32;
  if (isApart) {
    at++;
    byte = at < end ? (bytes[at] ?? 0) : 0;
  }
  if (byte === 40 && isApart) {
    if (!rules.hasZoneAfterBlank || !zoneWordAt(bytes, at + 1, end) || bytes[zoneWord.end] !== 41) return -1;
    return takeWord(at + 1, zoneWord.end + 1, out, rules, localUs);
  }
  if (byte === 43 || byte === 45) return readOffset(bytes, at, end, out, localUs, !isApart || rules.hasZoneAfterBlank);
  if (byte < 65 || byte > 90 || !zoneWordAt(bytes, at, end)) return -1;
  const after = zoneWord.end;
  const length = after - at;
  const isUniversal = zoneWord.isKnown && zoneWord.minutes === 0 && (length === 3 || (length === 1 && !isApart));
  if (isUniversal && length === 3) {
    const sign = bytes[after] ?? 0;
    if ((sign === 43 || sign === 45) && after < end) {
      const offsetEnd = readOffset(bytes, after, end, out, localUs, true);
      if (offsetEnd !== -1) return offsetEnd;
    }
  }
  if (!isUniversal && (isApart ? !rules.hasZoneAfterBlank : !zoneWord.isKnown)) return -1;
  return takeWord(at, after, out, rules, localUs);
}

function takeWord(start: number, after: number, out: LinePrefix, rules: TimeRules, localUs: number): number {
  seen.zone = 'word';
  seen.zoneStart = start;
  seen.zoneEnd = zoneWord.end;
  seen.isZoneKnown = zoneWord.isKnown;
  if (zoneWord.isKnown) out.timeUs = localUs - zoneWord.minutes * MINUTE_US;
  else setLocal(out, localUs, rules);
  return after;
}

/** `+01:00`, `+0100`; `+09`, `-3` with `canBeHours`. */
function readOffset(
  bytes: Uint8Array,
  at: number,
  end: number,
  out: LinePrefix,
  localUs: number,
  canBeHours: boolean,
): number {
  const sign = bytes[at] === 43 ? 1 : -1;
  let hours = end - at >= 3 ? twoDigits(bytes, at + 1) : -1;
  let minutes = 0;
  let after = at + 3;
  if (hours >= 0) {
    const colon = bytes[after] === 58 ? 1 : 0;
    const found = end - at >= 5 + colon ? twoDigits(bytes, after + colon) : -1;
    if (found >= 0 && found <= 59 && !isDigitAt(bytes, at + 5 + colon, end)) {
      minutes = found;
      after = at + 5 + colon;
    } else if (!canBeHours || colon === 1 || isDigitAt(bytes, after, end)) return -1;
  } else {
    if (!canBeHours || !isDigitAt(bytes, at + 1, end)) return -1;
    hours = byteAt(bytes, at + 1) - 48;
    after = at + 2;
    if (bytes[after] === 46) return -1;
  }
  if (hours > 14) return -1;
  seen.zone = 'offset';
  seen.zoneStart = at;
  seen.zoneEnd = after;
  seen.isZoneKnown = true;
  out.timeUs = localUs - sign * (hours * 60 + minutes) * MINUTE_US;
  return after;
}

function isDigitAt(bytes: Uint8Array, index: number, end: number): boolean {
  return index < end && isDigit(bytes[index] ?? 0);
}

/**
 * The time at `start`, in any form but glog's. `seen` tells which. Numbers without marks (`epoch`, `six_digits`) and dates without a year
 * are read as well: whether they are times is for the file to say.
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

/** `2020-03-19 15:37:07,101`, `2020-03-19T15:37:07.101250Z`, `2020/03/19 15:37:07`, `2020-03-19-15.37.07`: dates of fixed width. */
export function readDateTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: LinePrefix,
  rules: TimeRules = usualRules,
): number {
  const separator = bytes[start + 4];
  if (end - start < 16 || (separator !== 45 && separator !== 47 && separator !== 46) || bytes[start + 7] !== separator)
    return -1;
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

/** Where the clock stands behind a date: after a blank, a tab, `T`, `-`, `_`, `:`, a comma and a blank, `. `; -1 where none can be. */
function clockAfter(bytes: Uint8Array, index: number, end: number): number {
  const byte = index < end ? (bytes[index] ?? 0) : 0;
  switch (byte) {
    case 32:
    case 9: {
      let at = index + 1;
      while (at < end && at - index < 4 && (bytes[at] === 32 || bytes[at] === 9)) at++;
      return at;
    }
    case 84:
    case 45:
    case 58:
    case 95:
      return index + 1;
    case 44:
    case 46:
      return bytes[index + 1] === 32 ? index + 2 : byte === 44 && isDigitAt(bytes, index + 1, end) ? index + 1 : -1;
    default:
      return -1;
  }
}

/** Dates that begin with digits, but for those of `readDateTime`. */
function readNumbers(bytes: Uint8Array, start: number, end: number, out: LinePrefix, rules: TimeRules): number {
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

/** `153707`, then as behind any clock. */
function readPackedClock(bytes: Uint8Array, index: number, end: number, out: LinePrefix, rules: TimeRules): number {
  if (end - index < 6) return -1;
  const hours = twoDigits(bytes, index);
  const minutes = twoDigits(bytes, index + 2);
  const seconds = twoDigits(bytes, index + 4);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return -1;
  return endClock(bytes, index + 6, end, out, rules, (hours * 3600 + minutes * 60 + seconds) * 1_000_000);
}

/** `2020-3-9 15:37:07`, `2020. 3. 19. 오후 3:37:07`, `2020年3月19日 15:37:07`. */
function readLongYear(bytes: Uint8Array, start: number, end: number, out: LinePrefix, rules: TimeRules): number {
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  let at = afterMark(bytes, start + 4, end);
  if (at < 0 || !readShort(bytes, at, end)) return -1;
  const month = short.value;
  at = afterMark(bytes, short.end, end);
  if (at < 0 || !readShort(bytes, at, end)) return -1;
  if (!setDay(year, month, short.value)) return -1;
  seen.form = ISO;
  at = short.end;
  if ((bytes[at] ?? 0) >= 0xe4) at += 3;
  const clock = clockAfter(bytes, at, end);
  return clock < 0 ? -1 : readClock(bytes, clock, end, out, rules);
}

/** Behind `-`, `/`, `.`, `. `, or one of `年月日년월일` and a blank. */
function afterMark(bytes: Uint8Array, index: number, end: number): number {
  const byte = index < end ? (bytes[index] ?? 0) : 0;
  if (byte === 45 || byte === 47) return index + 1;
  if (byte === 46) return index + (bytes[index + 1] === 32 ? 2 : 1);
  if (byte >= 0xe4 && byte <= 0xed) return index + (bytes[index + 3] === 32 ? 4 : 3);
  return -1;
}

/** `200319 153707`, `200319 15:37:07`. */
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

/** `19.03.2020 15:37:07`, `20/03/19 15:37:07`, `03-19 15:37:07`, `19/Mar/2020:15:37:07`, `19 Mar 2020 15:37:07`. */
function readShortDate(bytes: Uint8Array, start: number, end: number, out: LinePrefix, rules: TimeRules): number {
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
    // Without a year it is a date only where blanks and a clock follow.
    if (bytes[at] !== 32 && bytes[at] !== 9) return -1;
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

/** Behind the day: `/Mar/2020:15:37:07`, `-Mar-20 15:37:07`, ` Mar 2020 15:37:07`, ` March 2020, 15:37:07`. */
function readNamedMonth(
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
  const clock = clockAfter(bytes, at, end);
  return clock < 0 ? -1 : readClock(bytes, clock, end, out, rules);
}

/** Number 1..12 of an English month's first three letters, 0 for anything else. */
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

/** Whether an English weekday's first three letters stand at `index`. */
function isWeekday(bytes: Uint8Array, index: number): boolean {
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

/** `Mar 19 15:37:07`, `Thu Mar 19 15:37:07 KST 2020`, `Mar 19, 2020 3:37:07 PM`, `Thu, 19 Mar 2020 15:37:07 +0000`. */
function readMonthFirst(bytes: Uint8Array, start: number, end: number, out: LinePrefix, rules: TimeRules): number {
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

/** The clock behind `Mar 19 `, and the year behind it and its zone; without one the time is yearless. */
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

function isOffset(bytes: Uint8Array, index: number, end: number): boolean {
  return (bytes[index] === 43 || bytes[index] === 45) && isDigitAt(bytes, index + 1, end);
}

const zoned = new WeakMap<TimeRules, TimeRules>();

/** The rules, but that what stands a blank behind the clock is its zone: between it and the year it can be nothing else. */
function withZone(rules: TimeRules): TimeRules {
  let found = zoned.get(rules);
  if (found === undefined || found.latestUs !== rules.latestUs) {
    found = { ...rules, hasZoneAfterBlank: true };
    zoned.set(rules, found);
  }
  return found;
}

/** glog's `0319 15:37:07.101250`; absl writes `0000 00:00:1584632227.101250` before its clock is set up. */
export function readGlogTime(bytes: Uint8Array, start: number, end: number, out: LinePrefix, rules: TimeRules): number {
  if (end - start < 13 || bytes[start + 4] !== 32) return -1;
  const month = twoDigits(bytes, start);
  const day = twoDigits(bytes, start + 2);
  seen.hasSeconds = true;
  seen.foldUs = 0;
  seen.shape = 0;
  if (month === 0 && day === 0 && bytes[start + 7] === 58 && bytes[start + 10] === 58) {
    const next = readEpoch(bytes, start + 11, end, out);
    seen.form = GLOG;
    return next;
  }
  if (month < 0 || day < 0 || !setYearless(month, day, rules)) return -1;
  seen.form = GLOG;
  return readClock(bytes, start + 5, end, out, rules);
}

/**
 * Seconds (10 digits, with or without a fraction), milliseconds (13), microseconds (16) or nanoseconds (19) since the epoch, and then no
 * letter or digit. Only 2001..2040, because a line of numbers is far more often no time at all.
 */
export function readEpoch(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  let next = start;
  let value = 0;
  let rest = 0;
  while (next < end && next - start < 20 && isDigit(bytes[next] ?? 0)) {
    if (next - start < 16) value = value * 10 + (bytes[next] ?? 0) - 48;
    else rest = rest * 10 + (bytes[next] ?? 0) - 48;
    next++;
  }
  const digits = next - start;
  let micros = 0;
  let nanos = 0;
  if (digits === 10) micros = value * 1_000_000;
  else if (digits === 13) micros = value * 1000;
  else if (digits === 16) micros = value;
  else if (digits === 19) {
    micros = value;
    nanos = rest;
  } else return -1;
  if (micros < 978_307_200_000_000 || micros > 2_208_988_800_000_000) return -1;
  seen.mark = 0;
  seen.digits = 0;
  if (next + 1 < end && bytes[next] === 46 && isDigit(bytes[next + 1] ?? 0)) {
    next++;
    const from = next;
    let billionths = 0;
    let scale = digits === 10 ? 100_000_000 : digits === 13 ? 100_000 : 100;
    while (next < end && next - from < 9 && isDigit(bytes[next] ?? 0)) {
      billionths += Math.floor(scale) * ((bytes[next] ?? 0) - 48);
      scale = scale < 1 ? 0 : scale / 10;
      next++;
    }
    const whole = Math.floor(billionths / 1000);
    micros += whole;
    nanos += billionths - whole * 1000;
    seen.mark = 46;
    seen.digits = next - from;
  }
  const after = next < end ? (bytes[next] ?? 0) : 32;
  const isApart =
    after === 32 ||
    after === 9 ||
    after === 124 ||
    after === 93 ||
    after === 44 ||
    after === 58 ||
    after === 59 ||
    after === 34 ||
    after === 125 ||
    after === 41;
  if (!isApart) return -1;
  seen.form = EPOCH;
  seen.zone = 'none';
  seen.foldUs = 0;
  out.timeUs = micros;
  out.nanos = nanos;
  return next;
}
