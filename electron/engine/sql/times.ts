/**
 * Times in SQL: ISO 8601 in UTC with three decimals of a second, or six if the microseconds need
 * them. They compare as texts, without the Z.
 */

const DAY_US = 86_400_000_000;
const days = new Map<number, string>();

function dayText(day: number): string {
  let text = days.get(day);
  if (text === undefined) {
    if (days.size > 10_000) days.clear();
    const iso = new Date(day * 86_400_000).toISOString();
    text = iso.slice(0, iso.indexOf('T') + 1);
    days.set(day, text);
  }
  return text;
}

const two = (value: number) => (value < 10 ? `0${value}` : String(value));

/** Formats a time in microseconds since the epoch. */
export function timeText(us: number): string {
  const whole = Math.round(us);
  const day = Math.floor(whole / DAY_US);
  const rest = whole - day * DAY_US;
  const seconds = Math.floor(rest / 1_000_000);
  const micros = rest - seconds * 1_000_000;
  const millis = Math.floor(micros / 1_000);
  const fraction = micros === millis * 1_000 ? String(millis).padStart(3, '0') : String(micros).padStart(6, '0');
  const clock = `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${dayText(day)}${clock}.${fraction}Z`;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?Z?$/;

/**
 * Parses a text such as `2020-05-06`, `2020-05-06 05:50` or `2020-05-06T05:50:12.345Z` into
 * microseconds: the first moment that begins with it. Returns null for anything else, which only
 * compares as text.
 */
export function timeOfText(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = ''] = match;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  // The 31st of February is a text but not a time.
  const isReal = new Date(ms)
    .toISOString()
    .startsWith(`${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`);
  if (!isReal || Number(second) > 59) return null;
  return ms * 1_000 + Math.floor(Number(fraction.padEnd(6, '0').slice(0, 6)));
}

/**
 * Compares two byte texts for the collation `time`: as bytes, except that `T` equals a space
 * between date and clock, and a final Z is ignored. So `'2020-05-06 05:50'` and the output of
 * SQLite's `datetime()` compare with times as expected.
 */
export function compareTimeTexts(a: Uint8Array, b: Uint8Array): number {
  const lengthA = a[a.length - 1] === 90 ? a.length - 1 : a.length;
  const lengthB = b[b.length - 1] === 90 ? b.length - 1 : b.length;
  const least = Math.min(lengthA, lengthB);
  for (let k = 0; k < least; k++) {
    let left = a[k] as number;
    let right = b[k] as number;
    if (left === right) continue;
    if (k === 10) {
      if (left === 32) left = 84;
      if (right === 32) right = 84;
      if (left === right) continue;
    }
    return left - right;
  }
  return lengthA - lengthB;
}
