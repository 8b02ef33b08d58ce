/** Time patterns of custom formats, as in `strptime`. */
import { defaultYear } from '../prefix/time-rules.ts';

/** The parts of a time pattern, as in Python's and C's `strptime`. */
const parts: ReadonlyMap<string, { pattern: string; says: string }> = new Map(
  Object.entries({
    Y: { pattern: String.raw`(?<Y>\d{4})`, says: 'year, 4 digits' },
    y: { pattern: String.raw`(?<y>\d\d)`, says: 'year, 2 digits' },
    m: { pattern: String.raw`(?<m>\d\d?)`, says: 'month' },
    b: { pattern: '(?<b>[A-Za-z]{3})', says: 'month, as Jan' },
    d: { pattern: String.raw`(?<d>\d\d?)`, says: 'day' },
    e: { pattern: String.raw` ?(?<e>\d\d?)`, says: 'day, blank before one digit' },
    H: { pattern: String.raw`(?<H>\d\d?)`, says: 'hour, 0 to 23' },
    I: { pattern: String.raw`(?<I>\d\d?)`, says: 'hour, 1 to 12' },
    p: { pattern: '(?<p>[AaPp][Mm])', says: 'AM or PM' },
    M: { pattern: String.raw`(?<M>\d\d)`, says: 'minute' },
    S: { pattern: String.raw`(?<S>\d\d)`, says: 'second' },
    f: { pattern: String.raw`(?<f>\d{1,9})`, says: 'fraction of a second' },
    z: { pattern: String.raw`(?<z>Z|[+-]\d\d:?\d\d)`, says: 'zone, as +0100 or Z' },
    s: { pattern: String.raw`(?<s>\d{9,11}(?:\.\d+)?)`, says: 'seconds since 1970' },
  } satisfies Record<string, { pattern: string; says: string }>),
);

const monthNames = 'janfebmaraprmayjunjulaugsepoctnovdec';

/** The possible parts, for the text of an error. */
export const timeParts: string = [...parts].map(([letter, { says }]) => `%${letter} ${says}`).join(', ');

/**
 * Reads the times of one format: microseconds since the epoch, NaN if the text is not a time.
 * Without a zone, times are UTC; without a year, it is the run's.
 */
export type TimeReader = (text: string) => number;

/**
 * Creates the reader of a format such as `%d.%m.%Y %H:%M:%S,%f`. Throws a plain error that says
 * what is wrong with it.
 */
export function createTimeReader(format: string): TimeReader {
  const seen = new Set<string>();
  const source = format.replace(/%(.?)|[^%]+/gs, (text, letter: string | undefined) => {
    if (letter === undefined) return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    if (letter === '%') return '%';
    const part = parts.get(letter);
    if (part === undefined) throw new Error(`%${letter} is not known; there are ${timeParts}`);
    if (seen.has(letter)) throw new Error(`%${letter} stands in it twice`);
    seen.add(letter);
    return part.pattern;
  });
  const hasDate = seen.has('s') || ((seen.has('m') || seen.has('b')) && (seen.has('d') || seen.has('e')));
  if (!hasDate) throw new Error('it names no day: %s, or a month (%m, %b) and a day (%d, %e) are needed');
  const pattern = new RegExp(`^${source}$`);
  return (text) => {
    const found = pattern.exec(text)?.groups;
    return found === undefined ? Number.NaN : microsOf(found);
  };
}

function microsOf(found: Record<string, string | undefined>): number {
  if (found.s !== undefined) return Math.round(Number(found.s) * 1e6);
  const number = (text: string | undefined): number => Number(text ?? 0);
  const twoDigits = number(found.y);
  const year =
    found.Y !== undefined
      ? number(found.Y)
      : found.y !== undefined
        ? twoDigits + (twoDigits < 80 ? 2000 : 1900)
        : defaultYear();
  const month = found.b === undefined ? number(found.m) : monthNames.indexOf(found.b.toLowerCase()) / 3 + 1;
  const day = number(found.d ?? found.e);
  let hour = number(found.H);
  if (found.I !== undefined) hour = (number(found.I) % 12) + (found.p?.toLowerCase() === 'pm' ? 12 : 0);
  const [minute, second] = [number(found.M), number(found.S)];
  const isTime = hour < 24 && minute < 60 && second < 61;
  if (!isTime || !Number.isInteger(month) || month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
  const whole = Date.UTC(year, month - 1, day, hour, minute, second);
  if (second < 60 && new Date(whole).getUTCDate() !== day) return Number.NaN;
  const fraction = found.f === undefined ? 0 : Math.floor(Number(`0.${found.f}`) * 1e6 + 1e-6);
  return whole * 1000 + fraction - zoneMinutes(found.z) * 60e6;
}

function zoneMinutes(zone: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}
