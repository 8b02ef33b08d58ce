/**
 * What the writing of times leaves open is decided once a file: decimal commas, the order of day
 * and month, zones, years, and the range of believable times. The decisions go by a sample of
 * lines.
 */
import type { DateOrder } from '../../../contract/time-forms.ts';
import { compileReading, type FileFacts, type FileReading } from './file-reading.ts';
import { parsePrefix } from './prefix.ts';
import { levelAt } from './prefix-level.ts';
import type { Reading } from './reading.ts';
import type { SamplePrefixes } from './sample-prefixes.ts';
import { type Agreed, DAY_US, prefix, type Timed, timedAtStart } from './sample-times.ts';
import { DAY_MONTH_YEAR, GLOG, MONTH_DAY, SYSLOG, TWO_DIGIT_YEAR, timeForms } from './time-forms.ts';

/**
 * How far from the times of the sample those of the file can be: a sample of its beginning may be
 * of one day, the file of years.
 */
const REACH_US = 3 * 366 * DAY_US;

export const yearlessForms = new Set([SYSLOG, MONTH_DAY, GLOG]);

/** Capital words that stand behind times and are no zones, though they end as zones do. */
const noZones = new Set([
  'HOST',
  'TEST',
  'START',
  'AUDIT',
  'AGENT',
  'ROOT',
  'EVENT',
  'INIT',
  'EXIT',
  'MQTT',
  'BOOT',
  'POST',
  'GET',
  'PUT',
  'HEAD',
  'REST',
  'LIST',
  'NEXT',
  'LAST',
  'FIRST',
  'BEST',
  'OUTPUT',
  'INPUT',
  'PORT',
  'NOT',
  'MOUNT',
  'COUNT',
  'BATCH',
  'ALERT',
]);

/**
 * Whether a comma behind the seconds is a decimal mark: it is followed by a fixed number of digits,
 * and no comma follows these.
 */
export function decideComma(
  found: (Timed | 'keyed' | null)[],
  lines: readonly Uint8Array[],
  facts: FileFacts,
): boolean {
  const commas = found.filter((each): each is Timed => each !== null && each !== 'keyed' && each.mark === 44);
  if (commas.length === 0) return !facts.isTable;
  const digits = commas[0]?.digits ?? 0;
  if (commas.some((each) => each.digits !== digits) || (digits !== 3 && digits !== 6 && digits !== 9)) return false;
  if (commas.every((each) => !each.isCommaNext))
    return !(facts.isTable && lines.length > 1 && countCommas(lines[0]) === countCommas(lines[commas[0]?.line ?? 0]));
  return !facts.isTable && commas.some((each) => each.hasLeadingZero);
}

function countCommas(line: Uint8Array | undefined): number {
  return line === undefined ? 0 : line.reduce((count, byte) => count + (byte === 44 ? 1 : 0), 0);
}

interface Orders {
  long: DateOrder;
  short: DateOrder;
  by: 'evidence' | 'assumed' | 'set';
}

export function decideOrders(starts: readonly Timed[], facts: FileFacts): Orders {
  const long = orderOf(
    starts.filter(({ form }) => form === DAY_MONTH_YEAR),
    facts,
    ['dmy', 'mdy'],
  );
  const short = orderOf(
    starts.filter(({ form }) => form === TWO_DIGIT_YEAR),
    facts,
    ['ymd', 'dmy', 'mdy'],
  );
  const chosen = facts.choice?.order;
  const by = long.isKnown && short.isKnown ? 'evidence' : 'assumed';
  if (chosen === undefined) return { long: long.order, short: short.order, by };
  return { long: chosen === 'ymd' ? long.order : chosen, short: chosen, by: 'set' };
}

/**
 * The order that all dates can have, is not later than the file, and lies at the run or the file's
 * end; else the usual one.
 */
function orderOf(
  dates: readonly Timed[],
  facts: FileFacts,
  orders: DateOrder[],
): { order: DateOrder; isKnown: boolean } {
  const counts = orders.map((order) => dates.filter((date) => isDate(date, order)).length);
  const most = Math.max(...counts);
  let left = orders.filter((_, k) => counts[k] === most);
  const sample = dates.slice(0, 50);
  const keep = (test: (us: number) => boolean) => {
    const kept = left.filter((order) => sample.every((date) => test(dateUs(date, order))));
    if (kept.length > 0) left = kept;
  };
  const { modifiedUs, runUs } = facts;
  if (modifiedUs !== null) keep((us) => us <= modifiedUs + 2 * DAY_US);
  if (left.length > 1 && runUs !== null) keep((us) => Math.abs(us - runUs) < 14 * DAY_US);
  if (left.length > 1 && modifiedUs !== null) keep((us) => us > modifiedUs - 14 * DAY_US);
  const [only] = left;
  if (left.length === 1 && only !== undefined) return { order: only, isKnown: true };
  const separator = dates[0]?.separator ?? 47;
  const isAmerican = separator === 47 && orders[0] !== 'ymd';
  const usual: DateOrder =
    isAmerican || dates.some(({ isHalfDay }) => isHalfDay)
      ? 'mdy'
      : separator === 47 || orders[0] !== 'dmy'
        ? separator === 46
          ? 'dmy'
          : 'ymd'
        : 'dmy';
  return { order: left.includes(usual) ? usual : (only ?? usual), isKnown: dates.length === 0 };
}

function isDate({ first, second, third }: Timed, order: DateOrder): boolean {
  const month = order === 'mdy' ? first : second;
  const day = order === 'ymd' ? third : order === 'dmy' ? first : second;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function dateUs({ first, second, third }: Timed, order: DateOrder): number {
  const short = order === 'ymd' ? first : third;
  const year = short >= 100 ? short : short < 80 ? 2000 + short : 1900 + short;
  const month = order === 'mdy' ? first : second;
  return Date.UTC(year, month - 1, order === 'ymd' ? third : order === 'dmy' ? first : second) * 1000;
}

/** The time of a line by the order that was decided. */
export function reordered(timed: Timed, lines: readonly Uint8Array[], rules: Reading, { long, short }: Orders): Timed {
  if (timed.form !== DAY_MONTH_YEAR && timed.form !== TWO_DIGIT_YEAR) return timed;
  const line = lines[timed.line] as Uint8Array;
  parsePrefix(line, 0, line.length, prefix, { ...rules, isOrderOpen: false, longOrder: long, shortOrder: short });
  return { ...timed, us: prefix.timeUs };
}

export function decideZone(
  taken: readonly Timed[],
  { choice }: FileFacts,
): Pick<FileReading, 'hasZoneAfterBlank' | 'zone' | 'zoneBy' | 'unknownZone'> {
  const bare = taken.filter(({ zone }) => zone === 'none');
  const share = (test: (each: Timed) => boolean) => bare.filter(test).length / Math.max(1, bare.length);
  const unknown = taken.find(({ isZoneKnown, zone }) => zone === 'word' && !isZoneKnown)?.zoneText ?? null;
  const word = bare[0]?.nextWord ?? '';
  const isUnknown =
    bare.length > 0 &&
    /^[A-Z]{2,4}T$/.test(word) &&
    !noZones.has(word) &&
    share(({ nextWord, isNextZone }) => nextWord === word && !isNextZone) >= 0.9 &&
    levelAt(new TextEncoder().encode(word), 0, word.length, false) === 0;
  // The zone of a file changes once at most, when clocks are put forward or back: other numbers
  // behind times are values.
  const offsets = new Set(bare.filter(({ isNextOffset }) => isNextOffset).map(({ nextWord }) => nextWord));
  const isApart = offsets.size <= 2 && share(({ isNextZone, isNextOffset }) => isNextZone || isNextOffset) >= 0.6;
  const isZoned = taken.length > 0 && (bare.length === 0 || isApart);
  return {
    hasZoneAfterBlank: isApart || isUnknown,
    zone: choice?.zone ?? 'UTC',
    zoneBy: choice?.zone !== undefined ? 'set' : isZoned && unknown === null ? 'lines' : 'assumed',
    unknownZone: unknown ?? (isUnknown ? word : null),
  };
}

/**
 * Until when yearless times reach. The file's last change bounds them; where the run's dates (or
 * those of the file's other lines) are about the day of the file's first such time, in a year in
 * which that is not later than the file's change, its year is theirs.
 */
export function latestOf(
  lines: readonly Uint8Array[],
  agreed: readonly Agreed[],
  rules: Reading,
  facts: FileFacts,
): number {
  const { modifiedUs, runUs, choice } = facts;
  const boundUs = (modifiedUs ?? Date.now() * 1000) + DAY_US;
  if (choice?.year !== undefined) return Date.UTC(choice.year, 11, 31, 23, 59, 59) * 1000;
  const first = firstYearless(lines, agreed, { ...rules, latestUs: boundUs });
  if (first === null || runUs === null) return boundUs;
  const date = new Date(first / 1000);
  const runYear = new Date(runUs / 1000).getUTCFullYear();
  for (const year of [runYear - 1, runYear, runYear + 1]) {
    const us = Date.UTC(year, date.getUTCMonth(), date.getUTCDate()) * 1000;
    if (Math.abs(us - runUs) < 14 * DAY_US && us <= boundUs) return Math.min(boundUs, us + 330 * DAY_US);
  }
  return modifiedUs === null ? Date.UTC(runYear, 11, 31, 23, 59, 59) * 1000 : boundUs;
}

/** The median of the times that name a year, in microseconds; null where none does. */
export function medianOfDated(starts: readonly Timed[]): number | null {
  const dated = Float64Array.from(
    starts.filter(({ form }) => !yearlessForms.has(form)),
    ({ us }) => us,
  ).sort();
  return dated[dated.length >> 1] ?? null;
}

/** A time without a year, moved by whole years to where it is nearest to another. */
export function inNearestYear(us: number, nearUs: number): number {
  const year = new Date(nearUs / 1000).getUTCFullYear();
  const inYear = (each: number) => new Date(us / 1000).setUTCFullYear(each) * 1000 + (us % 1000);
  const candidates = [year - 1, year, year + 1].map(inYear);
  return candidates.reduce((best, each) => (Math.abs(each - nearUs) < Math.abs(best - nearUs) ? each : best));
}

/** Whether one of the forms names no year. */
export function hasYearless(agreed: readonly Agreed[]): boolean {
  return agreed.some(({ form }) => yearlessForms.has(timeForms.indexOf(form)));
}

function firstYearless(lines: readonly Uint8Array[], agreed: readonly Agreed[], rules: Reading): number | null {
  if (!hasYearless(agreed)) return null;
  for (const line of lines) {
    const timed = timedAtStart(line, 0, rules);
    if (timed !== null && timed !== 'keyed' && yearlessForms.has(timed.form)) return timed.us;
  }
  return null;
}

/**
 * The range in which doubtful times and bare numbers are times: that of the sample's times without
 * stray ones, and on until the file's change.
 */
export function boundTimes(file: FileReading, prefixes: SamplePrefixes, facts: FileFacts): void {
  prefixes.agree(file, compileReading(file));
  const times = prefixes.us.filter((_, index) => prefixes.isSure(index)).sort();
  if (times.length === 0) return;
  const groups: number[][] = [];
  for (const us of times) {
    const open = groups.at(-1);
    if (open === undefined || us - (open.at(-1) ?? us) > 400 * DAY_US) groups.push([us]);
    else open.push(us);
  }
  const largest = Math.max(...groups.map((group) => group.length));
  const kept = groups.filter(
    (group) => group.length === largest || (group.length >= 2 && group.length >= 0.05 * times.length),
  );
  const last = kept.at(-1)?.at(-1) ?? 0;
  file.fromUs = (kept[0]?.[0] ?? 0) - REACH_US;
  file.toUs = Math.max(last + (facts.modifiedUs === null ? REACH_US : DAY_US), (facts.modifiedUs ?? last) + 2 * DAY_US);
}
