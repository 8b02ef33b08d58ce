/**
 * Decides from a sample of lines which forms of time a file has, and where in its lines.
 * `decide-dates.ts` decides what the forms leave open.
 */
import type { TimeForm } from '../../../contract/time-forms.ts';
import { AT_START, type FileFacts, IN_BRACKET } from './file-reading.ts';
import { nextTimeStart, nextWord, skipBlanks, wordLimit } from './prefix-scan.ts';
import { readTime } from './prefix-time.ts';
import { type Reading, strongForms } from './reading.ts';
import { type Agreed, DAY_US, type Found, prefix, type Timed } from './sample-times.ts';
import { EPOCH, SHAPES, timeForms } from './time-forms.ts';
import { seen } from './time-rules.ts';

const MOST_WORDS = 8;
const MOST_PLACES = 4;

export const MOST_FORMS = 8;

/**
 * Returns the forms at the start of lines that are times: those of many lines, and those that fit
 * the times around them.
 */
export function agreeAtStart(starts: readonly Timed[], lines: number, facts: FileFacts): Agreed[] {
  const byShape = new Map<number, Timed[]>();
  for (const timed of starts) {
    if (Number.isNaN(timed.us)) continue;
    // Only forms that are hardly ever anything but a time are split by shape; of the others every
    // shape counts.
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

/** Weights a form higher if it is hardly ever anything but a time. */
function weightOf(timed: readonly Timed[]): number {
  return strongForms.includes(timed[0]?.form ?? 0) ? 3 : 1;
}

function isMain(form: number, count: number, lines: number): boolean {
  if (strongForms.includes(form)) return true;
  const share = count / lines;
  if (form === EPOCH) return (count >= 2 && share >= 0.3) || share === 1;
  return (count >= 2 && share >= 0.05) || share >= 0.5;
}

/** Decides whether a less frequent form fits the times of the lines around it. */
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

/**
 * Finds the times of lines that do not start with one: after a number of words, or in the first
 * bracket. Returns one form, in several places if lines of different writers are mixed.
 */
export function agreeInside(rest: readonly Uint8Array[], lines: number, rules: Reading): Found[] {
  if (rest.length < 2 || rest.length < 0.3 * lines) return [];
  const found: Found[] = [];
  let left = rest.map((line) => placesIn(line, rules));
  let covered = 0;
  while (found.length < MOST_PLACES) {
    const best = mostFrequent(left, found[0]?.form ?? null);
    if (best === null || best.lines < Math.max(2, 0.1 * rest.length)) break;
    found.push(best);
    covered += best.lines;
    left = left.filter((places) => !places.some(({ form, words }) => form === best.form && words === best.words));
  }
  const [first] = found;
  if (first === undefined) return [];
  const least = first.form === 'epoch' || first.form === 'month_day' || first.form === 'six_digits' ? 0.8 : 0.5;
  return covered >= least * rest.length ? found : [];
}

/** Returns the times within a line, with their places. */
function placesIn(line: Uint8Array, rules: Reading): Found[] {
  const places: Found[] = [];
  const { length } = line;
  const note = (words: number, start: number, end: number) =>
    places.push({ form: timeForms[seen.form] as TimeForm, words, shape: 0, lines: 1, line, start, end });
  const limit = wordLimit(0, length);
  let word = skipBlanks(line, 0, length);
  for (let words = 0; words <= MOST_WORDS && word < limit; words++) {
    for (let at = word; at !== -1; at = nextTimeStart(line, word, at + 1, length)) {
      const next = readTime(line, at, length, prefix, rules);
      const isInWord = at > word && !isBracket(line[word] ?? 0);
      // A plain number after a mark is far more often an id.
      if (next < 0 || !seen.hasSeconds || isWordAt(line, next) || (isInWord && seen.form === EPOCH)) continue;
      note(words, at, next);
      break;
    }
    word = nextWord(line, word, limit);
  }
  const bracket = line.indexOf(91);
  if (bracket > 0 && bracket < 200) {
    const next = readTime(line, bracket + 1, length, prefix, rules);
    if (next > 0 && line[next] === 93) note(IN_BRACKET, bracket + 1, next);
  }
  return places;
}

function isBracket(byte: number): boolean {
  return byte === 91 || byte === 40 || byte === 34;
}

/** Returns the most frequent form and place, of one form or any. */
function mostFrequent(lines: readonly Found[][], form: TimeForm | null): Found | null {
  const found: Found[] = [];
  for (const places of lines) {
    for (const place of places) {
      if (form !== null && place.form !== form) continue;
      const known = found.find((each) => each.form === place.form && each.words === place.words);
      if (known === undefined) found.push({ ...place });
      else known.lines++;
    }
  }
  return found.sort((a, b) => b.lines - a.lines || order(a.words) - order(b.words))[0] ?? null;
}

/** Orders brackets last: with as many lines, a place after words is preferable. */
function order(words: number): number {
  return words === IN_BRACKET ? MOST_WORDS + 1 : words;
}

function isWordAt(line: Uint8Array, at: number): boolean {
  const byte = line[at] ?? 0;
  return (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || byte === 95;
}

export function doubtfulForms(facts: FileFacts): TimeForm[] {
  if (facts.choice?.form !== undefined) return [];
  return strongForms.map((form) => timeForms[form] as TimeForm);
}
