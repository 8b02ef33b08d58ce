/**
 * The clock of a time is hours, minutes, seconds, the half of the day and the fraction.
 * `time-zone.ts` reads the zone after it, other files of this folder the date before it.
 */
import type { LinePrefix } from '../types.ts';
import { memoDay } from './calendar.ts';
import { isDigit, isDigitAt, readShort, short, signAt, signsOf, startsWith, twoDigits } from './digits.ts';
import { seen, type TimeRules } from './time-rules.ts';
import { readZone, setLocal } from './time-zone.ts';

/** Reads `HH:MM:SS` of fixed width, a fraction and a zone at `index`, on the day of `setDay`. */
export function readClock(bytes: Uint8Array, index: number, end: number, out: LinePrefix, rules: TimeRules): number {
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

/**
 * Markers of the half of the day before the clock, as UTF-8: `오전 `, `오후 `, `上午`, `下午`, `午前`, `午後`;
 * true for the second half.
 */
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

/**
 * Reads `H:MM`, `H:MM:SS`, parts of one digit, half days (`3:37:07 PM`, `오후 3:37:07`), `15.37.07`.
 */
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
  if (mark >= 0xe5 && half === -1) return readSpelledClock(bytes, at, end, out, rules);
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
  // A clock without seconds has no fraction: in prose, anything can follow `15:37`.
  return endClock(bytes, at, end, out, rules, (hours * 3600 + minutes * 60 + seconds) * 1_000_000, hasSeconds);
}

/** Signs for hours, minutes and seconds, as UTF-8: `14시 56분 15초`, `14时56分15秒`, `14時56分15秒`. */
const clockSigns: readonly (readonly number[])[] = ['시时時', '분分', '초秒'].map(signsOf);

/** Reads a clock with signs after its parts, and an optional blank between them. */
function readSpelledClock(bytes: Uint8Array, index: number, end: number, out: LinePrefix, rules: TimeRules): number {
  const parts = [0, 0, 0];
  let at = index;
  for (const [part, signs] of clockSigns.entries()) {
    if (!readShort(bytes, at, end) || !signs.includes(signAt(bytes, short.end))) return -1;
    parts[part] = short.value;
    at = short.end + 3;
    if (part < 2 && bytes[at] === 32) at++;
  }
  const [hours = 0, minutes = 0, seconds = 0] = parts;
  if (hours > 23 || minutes > 59 || seconds > 60) return -1;
  seen.mark = 0;
  seen.digits = 0;
  out.nanos = 0;
  return endTime(bytes, at, end, out, rules, (hours * 3600 + minutes * 60 + seconds) * 1_000_000);
}

let halfEnd = -1;

/** Returns 0 or 12 for ` AM`, `PM`, ` p.m.` at `index` and sets `halfEnd`; -1 if there is none. */
function halfAfter(bytes: Uint8Array, index: number, end: number): number {
  let at = index;
  // Newer ICU versions write a narrow no-break space.
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

/** Reads the end of `3:37:07.101 PM`. */
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

/**
 * Reads the fraction and the zone after the seconds. A fraction is 1 to 9 digits after a point; 3,
 * 6 or 9 digits after a comma, if the file's rules have decimal commas and no further comma
 * follows; or thousandths after a colon.
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
      // Thousandths after a colon are a plain number: `:64` is 64, without leading zeros.
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

/**
 * Returns where the clock begins after a date: after a blank, a tab, `T`, `-`, `_`, `:`, a comma
 * and a blank, `. `; -1 if it cannot begin.
 */
export function clockAfter(bytes: Uint8Array, index: number, end: number): number {
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

/** Reads `153707`, then what follows any clock. */
export function readPackedClock(
  bytes: Uint8Array,
  index: number,
  end: number,
  out: LinePrefix,
  rules: TimeRules,
): number {
  if (end - index < 6) return -1;
  const hours = twoDigits(bytes, index);
  const minutes = twoDigits(bytes, index + 2);
  const seconds = twoDigits(bytes, index + 4);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return -1;
  return endClock(bytes, index + 6, end, out, rules, (hours * 3600 + minutes * 60 + seconds) * 1_000_000);
}
