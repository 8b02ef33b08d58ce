/**
 * Decides how to read the lines of a file ({@link FileReading}), from a sample of them. A form of
 * time is agreed if many lines have it in the same place; a form that few lines have counts if it
 * fits the times around it.
 */
import {
  boundTimes,
  decideComma,
  decideOrders,
  decideZone,
  hasYearless,
  inNearestYear,
  latestOf,
  medianOfDated,
  reordered,
  yearlessForms,
} from './decide-dates.ts';
import { decideLevels, decideRecords } from './decide-levels.ts';
import { agreeAtStart, agreeInside, doubtfulForms, MOST_FORMS } from './decide-times.ts';
import type { FileFacts, FileReading } from './file-reading.ts';
import { type Reading, readingOf, usualReading } from './reading.ts';
import { SampleLikes } from './sample-likes.ts';
import { SamplePrefixes } from './sample-prefixes.ts';
import { DAY_US, type Found, isBlankLine, keyedText, type Timed, textOfTime, timedAtStart } from './sample-times.ts';
import { DAY_MONTH_YEAR, TWO_DIGIT_YEAR, timeForms } from './time-forms.ts';

const COMMA = 44;

/**
 * Returns the times at the start of lines; of lines that are alike, `timedOf` reads only the first.
 */
function trialTimes(
  lines: readonly Uint8Array[],
  prefixes: SamplePrefixes,
  timedOf: (line: Uint8Array, index: number) => ReturnType<typeof timedAtStart>,
): ReturnType<typeof timedAtStart>[] {
  const likes = new SampleLikes();
  return lines.map((line, index) => {
    const like = likes.timed(line, index);
    if (like !== null) {
      prefixes.noteLike(index, like.model, like.timed.us);
      return like.timed;
    }
    const timed = timedOf(line, index);
    if (timed !== null && timed !== 'keyed') likes.note(line, timed);
    return timed;
  });
}

/** Decides how to read lines. `sample` has lines of the file, in order and without line ends. */
export function decideReading(sample: readonly Uint8Array[], facts: FileFacts): FileReading {
  const lines = sample.filter((line) => !isBlankLine(line));
  const latestUs = facts.modifiedUs === null ? Date.now() * 1000 : facts.modifiedUs;
  const decimal = readingOf({
    ...usualReading,
    isCommaDecimal: true,
    latestUs: latestUs + DAY_US,
    toUs: Date.UTC(2040, 0, 1) * 1000,
    isOrderOpen: true,
    isInBracket: false,
    hasInnerJson: false,
    isTrial: true,
  });
  const prefixes = new SamplePrefixes(lines);
  const timedOf = (line: Uint8Array, index: number, rules: Reading) => {
    const timed = timedAtStart(line, index, rules);
    prefixes.noteTrial(index);
    return timed;
  };
  const found = trialTimes(lines, prefixes, (line, index) => timedOf(line, index, decimal));
  const comma = decideComma(found, lines, facts);
  const rules = comma ? decimal : readingOf({ ...decimal, isCommaDecimal: false });
  const starts: Timed[] = [];
  let keyed = 0;
  let keyedExample: string | null = null;
  let rest: Uint8Array[] = [];
  for (const [index, line] of lines.entries()) {
    const first = found[index] ?? null;
    // If commas are not decimal marks, read again only the lines with a comma.
    const isSame = comma || (first !== null && first !== 'keyed' && first.mark !== COMMA);
    const timed = isSame ? first : timedOf(line, index, rules);
    if (timed === 'keyed') {
      keyed++;
      keyedExample ??= keyedText(line, rules);
    } else if (timed !== null) {
      starts.push(timed);
    } else rest.push(line);
  }
  if (facts.choice?.form === 'none') rest = [];
  const datedUs = medianOfDated(starts);
  if (datedUs !== null)
    for (const each of starts) if (yearlessForms.has(each.form)) each.us = inNearestYear(each.us, datedUs);
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
  const isYearless = hasYearless(agreed);
  const file: FileReading = {
    forms: agreed,
    doubtful: doubtfulForms(facts),
    example: exampleOf(lines, taken[0], inside[0]) ?? keyedExample,
    longOrder: orders.long,
    shortOrder: orders.short,
    orderBy: taken.some(({ form }) => form === DAY_MONTH_YEAR || form === TWO_DIGIT_YEAR) ? orders.by : null,
    isCommaDecimal: comma,
    ...zone,
    isYearless,
    latestUs: latestOf(lines, agreed, rules, { ...facts, runUs: datedUs ?? facts.runUs }),
    fromUs: 0,
    toUs: Number.MAX_SAFE_INTEGER,
    levelFields: 0xff,
    levelWord: -1,
    hasLetterLevels: false,
    hasLowerLevels: false,
    hasInnerJson: false,
    records: 'timed',
  };
  file.forms = file.forms.map(({ form, words, shape, lines: count }) => ({ form, words, shape, lines: count }));
  boundTimes(file, prefixes, facts);
  decideLevels(file, prefixes);
  decideRecords(file, prefixes, keyed);
  return file;
}

/** Returns the first time as written: at the start of a line, or within one. */
function exampleOf(lines: readonly Uint8Array[], atStart: Timed | undefined, inside: Found | undefined): string | null {
  if (atStart !== undefined) return textOfTime(lines[atStart.line] as Uint8Array, atStart);
  return inside === undefined ? null : textOfTime(inside.line, inside);
}
