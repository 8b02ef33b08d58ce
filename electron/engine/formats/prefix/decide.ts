import type { ReadingChoice } from '../../../contract/reading.ts';
import type { DateOrder, TimeForm } from '../../../contract/time-forms.ts';
import type { LinePrefix } from '../types.ts';
import { createPrefix, parsePrefix, took } from './prefix.ts';
import { seenLevel } from './prefix-fields.ts';
import { objectAt, readInnerJson } from './prefix-json.ts';
import { levelAt } from './prefix-level.ts';
import { skipBlanks, wordStart } from './prefix-scan.ts';
import {
  DAY_MONTH_YEAR,
  EPOCH,
  GLOG,
  MONTH_DAY,
  readTime,
  SHAPES,
  SYSLOG,
  seen,
  TWO_DIGIT_YEAR,
  timeForms,
} from './prefix-time.ts';
import { AGREED, DOUBTFUL, NO_TIME, type Reading, type RecordRule, strongForms, usualReading } from './reading.ts';
import { PlaceClock, parseZone, zoneWord, zoneWordAt } from './zones.ts';

/**
 * Deciding how the lines of a file are read ({@link Reading}), from a sample of them. A form of time is agreed on where many of the lines
 * have it at the same place; one that few have counts where it fits the times around it. What is decided is kept with the case.
 */

/** A reading as it is kept: plain data. */
export interface FileReading {
  /** Agreed on, the most frequent first; `words` before the time, -1 at the line's start, -2 in its first bracket. */
  forms: { form: TimeForm; words: number; shape: number; lines: number }[];
  /** Forms at the start of a line that are times where they fit the others. */
  doubtful: TimeForm[];
  /** The first time, as it is written; null where the file has none. */
  example: string | null;
  longOrder: DateOrder;
  shortOrder: DateOrder;
  /** How the order of day and month is known; null where nothing leaves it open. */
  orderBy: 'evidence' | 'assumed' | 'set' | null;
  isCommaDecimal: boolean;
  hasZoneAfterBlank: boolean;
  /** As {@link parseZone} reads it: of times that name none. */
  zone: string;
  zoneBy: 'lines' | 'assumed' | 'set';
  /** A zone in the lines that is not known. */
  unknownZone: string | null;
  isYearless: boolean;
  latestUs: number;
  fromUs: number;
  toUs: number;
  levelFields: number;
  levelWord: number;
  hasLetterLevels: boolean;
  hasInnerJson: boolean;
  records: RecordRule;
}

/** What is known of the file besides its lines. */
export interface FileFacts {
  isTable: boolean;
  /** Of its last change, or that its archive tells; null where not known. */
  modifiedUs: number | null;
  /** A time of the run's own dated logs; null where there are none. */
  runUs: number | null;
  choice: ReadingChoice | null;
}

/** A line of the sample that has a time, with what is open about it. */
interface Timed {
  line: number;
  form: number;
  shape: number;
  words: number;
  us: number;
  first: number;
  second: number;
  third: number;
  separator: number;
  mark: number;
  digits: number;
  hasLeadingZero: boolean;
  isCommaNext: boolean;
  isHalfDay: boolean;
  zone: 'none' | 'offset' | 'word';
  isZoneKnown: boolean;
  zoneText: string;
  /** What stands one blank behind the time. */
  nextWord: string;
  isNextZone: boolean;
  isNextOffset: boolean;
  text: string;
}

const DAY_US = 86_400_000_000;
/** How far from the times of the sample those of the file can be: a sample of its beginning may be of one day, the file of years. */
const REACH_US = 3 * 366 * DAY_US;
const AT_START = -1;
const IN_BRACKET = -2;
const MOST_WORDS = 8;
const MOST_FORMS = 8;
const yearlessForms = new Set([SYSLOG, MONTH_DAY, GLOG]);
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
const none: Reading = { ...usualReading, latestUs: usualReading.latestUs };

/** Decide how lines are read. `sample`: lines of the file, without line ends, the first one first. */
export function decideReading(sample: readonly Uint8Array[], facts: FileFacts): FileReading {
  const lines = sample.filter((line) => !isBlankLine(line));
  const latestUs = facts.modifiedUs === null ? Date.now() * 1000 : facts.modifiedUs;
  const trial: Reading = {
    ...none,
    latestUs: latestUs + DAY_US,
    toUs: Date.UTC(2040, 0, 1) * 1000,
    isOrderOpen: true,
    isInBracket: false,
    hasInnerJson: false,
    isTrial: true,
  };
  const comma = decideComma(
    lines.map((line) => timedAtStart(line, 0, { ...trial, isCommaDecimal: true })),
    lines,
    facts,
  );
  const rules: Reading = { ...trial, isCommaDecimal: comma };
  const starts: Timed[] = [];
  let keyed = 0;
  let rest: { line: Uint8Array; index: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const timed = timedAtStart(line, index, rules);
    if (timed === 'keyed') keyed++;
    else if (timed !== null) starts.push(timed);
    else rest.push({ line, index });
  }
  if (facts.choice?.form === 'none') rest = [];
  const orders = decideOrders(starts, facts);
  const startForms = agreeAtStart(
    starts.map((each) => reordered(each, lines, rules, orders)),
    lines.length,
    facts,
  );
  const inside = agreeInside(rest, lines.length, rules);
  const agreed = facts.choice?.form === 'none' ? [] : [...startForms, ...inside].slice(0, MOST_FORMS);
  const taken = starts.filter(({ form }) => startForms.some((each) => timeForms.indexOf(each.form) === form));
  const zone = decideZone(taken, facts);
  const isYearless = agreed.some(({ form }) => yearlessForms.has(timeForms.indexOf(form)));
  const file: FileReading = {
    forms: agreed,
    doubtful: doubtfulForms(facts),
    example: taken[0]?.text ?? inside[0]?.text ?? null,
    longOrder: orders.long,
    shortOrder: orders.short,
    orderBy: taken.some(({ form }) => form === DAY_MONTH_YEAR || form === TWO_DIGIT_YEAR) ? orders.by : null,
    isCommaDecimal: comma,
    ...zone,
    isYearless,
    latestUs: latestOf(lines, agreed, rules, facts),
    fromUs: 0,
    toUs: Number.MAX_SAFE_INTEGER,
    levelFields: 0xff,
    levelWord: -1,
    hasLetterLevels: false,
    hasInnerJson: false,
    records: 'timed',
  };
  file.forms = file.forms.map(({ form, words, shape, lines: count }) => ({ form, words, shape, lines: count }));
  boundTimes(file, lines, facts);
  decideLevels(file, lines);
  decideRecords(file, lines, keyed);
  return file;
}

/** The reading of which {@link FileReading} is kept. */
export function compileReading(file: FileReading): Reading {
  const atStart = new Uint8Array(timeForms.length * SHAPES).fill(NO_TIME);
  const fill = (form: TimeForm, value: number) => {
    const from = timeForms.indexOf(form) * SHAPES;
    atStart.fill(value, from, from + SHAPES);
  };
  for (const form of file.doubtful) fill(form, DOUBTFUL);
  const places: { form: number; words: number }[] = [];
  for (const { form, words, shape } of file.forms) {
    const number = timeForms.indexOf(form);
    if (words >= 0) places.push({ form: number, words });
    else if (words === AT_START && file.doubtful.includes(form)) atStart[number * SHAPES + shape] = AGREED;
    else if (words === AT_START) fill(form, AGREED);
  }
  const zone = parseZone(file.zone) ?? { minutes: 0 };
  return {
    longOrder: file.longOrder,
    shortOrder: file.shortOrder,
    isOrderOpen: false,
    isCommaDecimal: file.isCommaDecimal,
    hasZoneAfterBlank: file.hasZoneAfterBlank,
    zone: 'minutes' in zone ? zone.minutes : new PlaceClock(zone.place),
    latestUs: file.latestUs,
    atStart,
    places,
    isInBracket: file.forms.some(({ words }) => words === IN_BRACKET),
    fromUs: file.fromUs,
    toUs: file.toUs,
    levelFields: file.levelFields,
    levelWord: file.levelWord,
    hasLetterLevels: file.hasLetterLevels,
    hasInnerJson: file.hasInnerJson,
    records: file.records,
    isTrial: false,
  };
}

/** Forms that say all of a time. */
const wholeForms: readonly TimeForm[] = ['iso', 'compact', 'month_name'];

/** Whether nothing was decided by when the file was changed: a file that has grown is then read as before. */
export function isIndependentOfChange({ forms }: FileReading): boolean {
  return forms.every(({ form }) => wholeForms.includes(form));
}

/** What a person should know of a decision that may be wrong: kind and message for the problem list. */
export function doubtsOf(file: FileReading): { kind: string; message: string }[] {
  const doubts: { kind: string; message: string }[] = [];
  if (file.unknownZone !== null && file.zoneBy !== 'set') {
    doubts.push({
      kind: 'unknown_zone',
      message: `The time zone ${file.unknownZone} is not known: these times are read as UTC. Set the zone of the file in Files.`,
    });
  }
  if (file.orderBy === 'assumed') {
    const order = file.forms.some(({ form }) => form === 'two_digit_year') ? file.shortOrder : file.longOrder;
    const words = { ymd: 'year, month, day', dmy: 'day, month, year', mdy: 'month, day, year' }[order];
    doubts.push({
      kind: 'date_order',
      message: `The lines do not tell day and month of dates such as ${file.example ?? ''} apart: they are read as ${words}. Set the order of the file in Files.`,
    });
  }
  return doubts;
}

function isBlankLine(line: Uint8Array): boolean {
  return skipBlanks(line, 0, line.length) >= line.length;
}

const prefix: LinePrefix = createPrefix();

/** The time at the start of a line (also in brackets, or behind a level); `keyed` for one that a key names; null where there is none. */
function timedAtStart(line: Uint8Array, index: number, rules: Reading): Timed | 'keyed' | null {
  took.form = -1;
  parsePrefix(line, 0, line.length, prefix, rules);
  if (Number.isNaN(prefix.timeUs)) return null;
  if (took.form === -1) return 'keyed';
  return timedOf(line, index, AT_START, prefix.timeUs, took);
}

const latin = new TextDecoder('latin1');

function timedOf(line: Uint8Array, index: number, words: number, us: number, what: typeof seen): Timed {
  const { start, end } = what;
  const after = line[end] ?? 0;
  const wordAt = after === 32 ? end + 1 : -1;
  let wordEnd = wordAt;
  while (wordAt !== -1 && wordEnd < line.length && line[wordEnd] !== 32 && wordEnd - wordAt < 12) wordEnd++;
  const nextWord = wordAt === -1 ? '' : latin.decode(line.subarray(wordAt, wordEnd)).replace(/[\]:,]$/, '');
  const isWord = wordAt !== -1 && zoneWordAt(line, wordAt, line.length) && zoneWord.end === wordAt + nextWord.length;
  const fractionAt = what.markAt;
  return {
    line: index,
    form: what.form,
    shape: what.shape,
    words,
    us,
    first: what.first,
    second: what.second,
    third: what.third,
    separator: what.separator,
    mark: what.mark,
    digits: what.digits,
    hasLeadingZero: line[fractionAt + 1] === 48,
    isCommaNext: line[fractionAt + 1 + what.digits] === 44,
    isHalfDay: what.isHalfDay,
    zone: what.zone,
    isZoneKnown: what.isZoneKnown,
    zoneText: what.zone === 'none' ? '' : latin.decode(line.subarray(what.zoneStart, what.zoneEnd)),
    nextWord,
    isNextZone: isWord && zoneWord.isKnown && nextWord.length >= 3,
    isNextOffset:
      /^\(?(?:UTC|GMT)?[+-]\d\d?\)?$/.test(nextWord) ||
      (/^\([A-Z]{2,5}\)$/.test(nextWord) && zoneWordAt(line, wordAt + 1, line.length) && zoneWord.isKnown),
    text: latin.decode(line.subarray(start, Math.min(end, start + 48))),
  };
}

/** Whether a comma behind the seconds is a decimal mark: it is followed by a fixed number of digits, and no comma follows these. */
function decideComma(found: (Timed | 'keyed' | null)[], lines: readonly Uint8Array[], facts: FileFacts): boolean {
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

function decideOrders(starts: readonly Timed[], facts: FileFacts): Orders {
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

/** The order that all dates can have, is not later than the file, and lies at the run or the file's end; else the usual one. */
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
function reordered(timed: Timed, lines: readonly Uint8Array[], rules: Reading, { long, short }: Orders): Timed {
  if (timed.form !== DAY_MONTH_YEAR && timed.form !== TWO_DIGIT_YEAR) return timed;
  const line = lines[timed.line] as Uint8Array;
  parsePrefix(line, 0, line.length, prefix, { ...rules, isOrderOpen: false, longOrder: long, shortOrder: short });
  return { ...timed, us: prefix.timeUs };
}

interface Agreed {
  form: TimeForm;
  words: number;
  shape: number;
  lines: number;
  text?: string;
}

/** The forms at the start of lines that are times: those of many lines, and those that fit the times around them. */
function agreeAtStart(starts: readonly Timed[], lines: number, facts: FileFacts): Agreed[] {
  const byShape = new Map<number, Timed[]>();
  for (const timed of starts) {
    if (Number.isNaN(timed.us)) continue;
    // Only forms that hardly anything but a time has are told apart further: of the others every shape counts.
    const key = timed.form * SHAPES + (strongForms.includes(timed.form) ? timed.shape : 0);
    const list = byShape.get(key);
    if (list === undefined) byShape.set(key, [timed]);
    else list.push(timed);
  }
  const chosen = facts.choice?.form;
  if (chosen === 'none') return [];
  if (chosen !== undefined) return [{ form: chosen, words: AT_START, shape: 0, lines: countOf(starts, chosen) }];
  const ordered = [...byShape.values()].sort(
    (a, b) => b.length * weightOf(b) - a.length * weightOf(a) || (a[0]?.line ?? 0) - (b[0]?.line ?? 0),
  );
  const agreed: Agreed[] = [];
  let sure: Timed[] = [];
  for (const timed of ordered) {
    const { form = 0, shape = 0 } = timed[0] ?? {};
    if (sure.length === 0 ? !isMain(form, timed.length, lines) : !isBeside(form, timed, sure)) continue;
    agreed.push({ form: timeForms[form] as TimeForm, words: AT_START, shape, lines: timed.length });
    sure = [...sure, ...timed].sort((a, b) => a.line - b.line);
  }
  return agreed;
}

function countOf(starts: readonly Timed[], form: TimeForm): number {
  return starts.filter((each) => timeForms[each.form] === form).length;
}

/** A form that hardly anything but a time has counts more. */
function weightOf(timed: readonly Timed[]): number {
  return strongForms.includes(timed[0]?.form ?? 0) ? 3 : 1;
}

function isMain(form: number, count: number, lines: number): boolean {
  if (strongForms.includes(form)) return true;
  const share = count / lines;
  if (form === EPOCH) return (count >= 2 && share >= 0.3) || share === 1;
  return (count >= 2 && share >= 0.05) || share >= 0.5;
}

/** Whether a form that fewer lines have fits the times of the lines around. */
function isBeside(form: number, timed: readonly Timed[], sure: readonly Timed[]): boolean {
  const isStrong = strongForms.includes(form);
  if (!isStrong && timed.length < 2) return false;
  const fitting = timed.filter(({ line, us }) => {
    const next = sure.findIndex((each) => each.line > line);
    const before = next === -1 ? sure.at(-1) : sure[next - 1];
    const after = next === -1 ? undefined : sure[next];
    const from = before?.us ?? after?.us ?? us;
    const to = Math.max(after?.us ?? from, from);
    return us >= from - DAY_US && us <= to + DAY_US;
  }).length;
  return fitting >= 0.8 * timed.length;
}

/** Where most lines without a time at their start have one: behind the same number of words, or in their first bracket. */
function agreeInside(rest: readonly { line: Uint8Array; index: number }[], lines: number, rules: Reading): Agreed[] {
  if (rest.length < 2 || rest.length < 0.3 * lines) return [];
  const found = new Map<string, Agreed>();
  const note = (form: number, words: number, text: string) => {
    const key = `${form} ${words}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { form: timeForms[form] as TimeForm, words, shape: 0, lines: 1, text });
    else known.lines++;
  };
  for (const { line } of rest) {
    for (let words = 0; words <= MOST_WORDS; words++) {
      let at = wordStart(line, 0, line.length, words);
      if (at === -1) break;
      const open = line[at] ?? 0;
      if (open === 91 || open === 40 || open === 34) at++;
      const next = readTime(line, at, line.length, prefix, rules);
      if (next > 0 && seen.hasSeconds && !isWordAt(line, next))
        note(seen.form, words, latin.decode(line.subarray(at, next)));
    }
    const bracket = line.indexOf(91);
    if (bracket > 0 && bracket < 200) {
      const next = readTime(line, bracket + 1, line.length, prefix, rules);
      if (next > 0 && line[next] === 93) note(seen.form, IN_BRACKET, latin.decode(line.subarray(bracket + 1, next)));
    }
  }
  const best = [...found.values()].sort((a, b) => b.lines - a.lines || order(a.words) - order(b.words))[0];
  if (best === undefined || best.lines < 2) return [];
  const least = best.form === 'epoch' || best.form === 'month_day' || best.form === 'six_digits' ? 0.8 : 0.5;
  return best.lines >= least * rest.length ? [best] : [];
}

/** Brackets last: a place behind words is as good where it has as many lines. */
function order(words: number): number {
  return words === IN_BRACKET ? MOST_WORDS + 1 : words;
}

function isWordAt(line: Uint8Array, at: number): boolean {
  const byte = line[at] ?? 0;
  return (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || byte === 95;
}

function doubtfulForms(facts: FileFacts): TimeForm[] {
  if (facts.choice?.form !== undefined) return [];
  return strongForms.map((form) => timeForms[form] as TimeForm);
}

function decideZone(
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
  const isApart = share(({ isNextZone, isNextOffset }) => isNextZone || isNextOffset) >= 0.6;
  const isZoned = taken.length > 0 && (bare.length === 0 || isApart);
  return {
    hasZoneAfterBlank: isApart || isUnknown,
    zone: choice?.zone ?? 'UTC',
    zoneBy: choice?.zone !== undefined ? 'set' : isZoned && unknown === null ? 'lines' : 'assumed',
    unknownZone: unknown ?? (isUnknown ? word : null),
  };
}

/**
 * Until when yearless times reach. The file's own change bounds them; where the run's dates are about the day of the file's first such time,
 * in a year in which that is not later than the file's change, its year is the run's.
 */
function latestOf(lines: readonly Uint8Array[], agreed: readonly Agreed[], rules: Reading, facts: FileFacts): number {
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

function firstYearless(lines: readonly Uint8Array[], agreed: readonly Agreed[], rules: Reading): number | null {
  const isYearless = agreed.some(({ form }) => yearlessForms.has(timeForms.indexOf(form)));
  if (!isYearless) return null;
  for (const line of lines) {
    const timed = timedAtStart(line, 0, rules);
    if (timed !== null && timed !== 'keyed' && yearlessForms.has(timed.form)) return timed.us;
  }
  return null;
}

/** The range in which doubtful times and bare numbers are times: that of the sample's times without stray ones, and on until the file's change. */
function boundTimes(file: FileReading, lines: readonly Uint8Array[], facts: FileFacts): void {
  const reading = compileReading(file);
  const times: number[] = [];
  for (const line of lines) {
    parsePrefix(line, 0, line.length, prefix, reading);
    if (!Number.isNaN(prefix.timeUs) && prefix.doubtUs >= 0) times.push(prefix.timeUs);
  }
  if (times.length === 0) return;
  times.sort((a, b) => a - b);
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

/** Where levels stand: behind which fields, in which word, as letters. */
function decideLevels(file: FileReading, lines: readonly Uint8Array[]): void {
  const reading = compileReading(file);
  const counts = new Uint32Array(8);
  let timed = 0;
  let leveled = 0;
  const bare: Uint8Array[] = [];
  for (const line of lines) {
    seenLevel.fields = -1;
    parsePrefix(line, 0, line.length, prefix, reading);
    if (Number.isNaN(prefix.timeUs)) continue;
    timed++;
    if (prefix.level === 0) bare.push(line);
    else {
      leveled++;
      if (seenLevel.fields >= 0 && !seenLevel.isMarked) counts[seenLevel.fields] = (counts[seenLevel.fields] ?? 0) + 1;
    }
  }
  const least = timed < 30 ? 1 : 0.05 * timed;
  let bits = 0;
  counts.forEach((count, field) => {
    if (count >= least && count > 0) bits |= 1 << field;
  });
  file.levelFields = bits;
  if (timed === 0 || leveled >= 0.5 * timed) return;
  const letters = letterField(bare, reading);
  if (letters.count >= 0.8 * timed && letters.kinds >= 2) {
    file.hasLetterLevels = true;
    file.levelFields |= 1 << letters.field;
    return;
  }
  const inner = bare.filter((line) => hasInnerLevel(line)).length;
  if (inner > 0 && inner >= 0.05 * timed) file.hasInnerJson = true;
  else file.levelWord = levelWordOf(bare, timed);
}

/** Behind how many fields most lines have a single letter that is a level, and how many different levels these are. */
function letterField(lines: readonly Uint8Array[], reading: Reading): { field: number; count: number; kinds: number } {
  const lettered: Reading = { ...reading, hasLetterLevels: true, levelFields: 0xff };
  const counts = new Uint32Array(8);
  const kinds = new Set<number>();
  for (const line of lines) {
    seenLevel.fields = -1;
    parsePrefix(line, 0, line.length, prefix, lettered);
    if (prefix.level === 0 || !seenLevel.isLetter) continue;
    kinds.add(prefix.level);
    counts[Math.max(0, seenLevel.fields)] = (counts[Math.max(0, seenLevel.fields)] ?? 0) + 1;
  }
  const count = Math.max(...counts);
  return { field: counts.indexOf(count), count, kinds: kinds.size };
}

function hasInnerLevel(line: Uint8Array): boolean {
  if (objectAt(line, 0, line.length) === -1) return false;
  prefix.level = 0;
  prefix.pid = -1;
  readInnerJson(line, 0, line.length, prefix);
  return prefix.level > 0;
}

/** A word as sentences have it. */
const prose = /^[A-Za-z]?[a-z']+[,.;:]?$/;

/** The word that is a level in most lines, with no sentence before it; -1 where none is. */
function levelWordOf(lines: readonly Uint8Array[], timed: number): number {
  const MOST = 14;
  const upper = new Uint32Array(MOST);
  const any = new Uint32Array(MOST);
  for (const line of lines) {
    for (let word = 0; word < MOST; word++) {
      let at = wordStart(line, 0, line.length, word);
      if (at === -1) break;
      const open = line[at];
      if (open === 91 || open === 40 || open === 60) at++;
      const level = levelAt(line, at, line.length, true);
      if (level === 0) {
        const space = line.indexOf(32, at);
        if (prose.test(latin.decode(line.subarray(at, space === -1 ? line.length : Math.min(space, at + 40))))) break;
        continue;
      }
      const after = line[at + (level & 15)] ?? 32;
      if (
        after !== 32 &&
        after !== 93 &&
        after !== 41 &&
        after !== 62 &&
        after !== 58 &&
        after !== 44 &&
        after !== 124 &&
        after !== 9
      )
        continue;
      any[word] = (any[word] ?? 0) + 1;
      if (levelAt(line, at, line.length, false) !== 0) upper[word] = (upper[word] ?? 0) + 1;
    }
  }
  for (let word = 0; word < MOST; word++) {
    const count = any[word] as number;
    if (count < 2) continue;
    if ((upper[word] as number) >= 0.6 * timed || count >= 0.9 * timed) return word;
  }
  return -1;
}

function decideRecords(file: FileReading, lines: readonly Uint8Array[], keyed: number): void {
  const reading = compileReading(file);
  let timed = keyed;
  let leveled = 0;
  for (const line of lines) {
    parsePrefix(line, 0, line.length, prefix, reading);
    if (!Number.isNaN(prefix.timeUs)) timed++;
    else if (prefix.level > 0) leveled++;
    if (Number.isNaN(prefix.timeUs) && prefix.level === 0 && !file.hasInnerJson && hasInnerTime(line)) timed++;
  }
  if (timed > 0 && timed >= 0.05 * lines.length) file.records = 'timed';
  else file.records = leveled >= 0.3 * lines.length && leveled > 0 ? 'leveled' : 'indented';
  if (!file.hasInnerJson && lines.filter((line) => hasInnerTime(line)).length >= Math.max(1, 0.05 * lines.length))
    file.hasInnerJson = true;
}

/** Whether a line that begins otherwise has a JSON object behind a few words, as container logs have. */
function hasInnerTime(line: Uint8Array): boolean {
  return objectAt(line, 0, line.length) > 0 && hasInnerLevel(line);
}
