/**
 * Deciding how the lines of a file are read ({@link FileReading}), from a sample of them. A form of time is agreed where many lines have it
 * at the same place; a form that few lines have counts where it fits the times around it.
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
import { type Reading, usualReading } from './reading.ts';
import { DAY_US, isBlankLine, keyedText, type Timed, timedAtStart } from './sample-times.ts';
import { DAY_MONTH_YEAR, TWO_DIGIT_YEAR, timeForms } from './time-forms.ts';

/** Decide how lines are read. `sample`: lines of the file, without line ends, the first one first. */
export function decideReading(sample: readonly Uint8Array[], facts: FileFacts): FileReading {
  const lines = sample.filter((line) => !isBlankLine(line));
  const latestUs = facts.modifiedUs === null ? Date.now() * 1000 : facts.modifiedUs;
  const trial: Reading = {
    ...usualReading,
    latestUs: latestUs + DAY_US,
    toUs: Date.UTC(2040, 0, 1) * 1000,
    isOrderOpen: true,
    isInBracket: false,
    hasInnerJson: false,
    isTrial: true,
  };
  const decimal: Reading = { ...trial, isCommaDecimal: true };
  const found = lines.map((line, index) => timedAtStart(line, index, decimal));
  const comma = decideComma(found, lines, facts);
  const rules: Reading = comma ? decimal : { ...trial, isCommaDecimal: false };
  const starts: Timed[] = [];
  let keyed = 0;
  let keyedExample: string | null = null;
  let rest: { line: Uint8Array; index: number }[] = [];
  for (const [index, line] of lines.entries()) {
    // Of a small file this would read all lines once more: only where the comma turned out to be none.
    const timed = comma ? (found[index] ?? null) : timedAtStart(line, index, rules);
    if (timed === 'keyed') {
      keyed++;
      keyedExample ??= keyedText(line, rules);
    } else if (timed !== null) {
      starts.push(timed);
    } else rest.push({ line, index });
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
    example: taken[0]?.text ?? inside[0]?.text ?? keyedExample,
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
  boundTimes(file, lines, facts);
  decideLevels(file, lines);
  decideRecords(file, lines, keyed);
  return file;
}
