/**
 * Decides, once per file and from a sample of lines, what the notation of times leaves open:
 * decimal commas, the order of day and month, zones, years, and the range of believable times.
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
 * Maximum distance of the file's times from those of the sample, which may cover one day of a file
 * that covers years.
 */
const REACH_US = 3 * 366 * DAY_US;

export const yearlessForms = new Set([SYSLOG, MONTH_DAY, GLOG]);

/** Words in capitals that follow times and are not zones, although they end like zones. */
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
 * Decides whether a comma after the seconds is a decimal mark: a fixed number of digits follows it,
 * and no further comma.
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
 * Finds the order in which all dates are valid, not later than the file, and close to the run or to
 * the file's change; otherwise the usual one.
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

/** Returns the time of a line in the order that was decided. */
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
  // The zone of a file changes at most once, when clocks are put forward or back; other numbers
  // after times are values.
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
 * Decides how late yearless times can be. The file's last change limits them. If the run's dates
 * (or those of the file's other lines) are close to the day of the file's first yearless time, in a
 * year in which that is not later than the file's change, the times are in that year.
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

/** Returns the median of the times with a year, in microseconds; null if there are none. */
export function medianOfDated(starts: readonly Timed[]): number | null {
  const dated = Float64Array.from(
    starts.filter(({ form }) => !yearlessForms.has(form)),
    ({ us }) => us,
  ).sort();
  return dated[dated.length >> 1] ?? null;
}

/** Moves a time without a year by whole years to where it is closest to another time. */
export function inNearestYear(us: number, nearUs: number): number {
  const year = new Date(nearUs / 1000).getUTCFullYear();
  const inYear = (each: number) => new Date(us / 1000).setUTCFullYear(each) * 1000 + (us % 1000);
  const candidates = [year - 1, year, year + 1].map(inYear);
  return candidates.reduce((best, each) => (Math.abs(each - nearUs) < Math.abs(best - nearUs) ? each : best));
}

/** Decides whether one of the forms has no year. */
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
 * Sets the range in which doubtful times and plain numbers are times: that of the sample's times
 * without stray ones, extended to the file's change.
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
