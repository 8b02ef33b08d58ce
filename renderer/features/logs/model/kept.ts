/** Pure functions that change the lists of marks and highlighted words in the case's notebook. */
import type { HighlightedWord, Mark } from '../../../state/notebook-store.ts';

export type { HighlightedWord, Mark };

const COLOURS = 9;
const MOST_MARKS = 5_000;
const KEPT_TEXT = 200;

const sameLine = (a: { path: string; line: number }, b: { path: string; line: number }) =>
  a.path === b.path && a.line === b.line;

/** Adds a mark, or removes it if the line has one. */
export function toggleMark(marks: readonly Mark[], at: { path: string; line: number }, text: string): Mark[] {
  const without = marks.filter((mark) => !sameLine(mark, at));
  if (without.length < marks.length) return without;
  const mark: Mark = { path: at.path, line: at.line, note: '', text: text.slice(0, KEPT_TEXT) };
  return [...marks, mark].slice(-MOST_MARKS).toSorted((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
}

export function noteMark(marks: readonly Mark[], at: { path: string; line: number }, note: string): Mark[] {
  return marks.map((mark) => (sameLine(mark, at) ? { ...mark, note } : mark));
}

/**
 * Returns the mark after or before a line, through all files in the order of `rank`. Wraps around
 * at the ends.
 */
export function stepMark(
  marks: readonly Mark[],
  from: { path: string; line: number } | null,
  direction: 1 | -1,
  rank: (path: string) => number,
): Mark | null {
  const sorted = marks.toSorted((a, b) => rank(a.path) - rank(b.path) || a.line - b.line);
  if (from === null) return sorted.at(direction === 1 ? 0 : -1) ?? null;
  const order = (mark: { path: string; line: number }) => rank(mark.path) - rank(from.path) || mark.line - from.line;
  const next = direction === 1 ? sorted.find((mark) => order(mark) > 0) : sorted.findLast((mark) => order(mark) < 0);
  return next ?? sorted.at(direction === 1 ? 0 : -1) ?? null;
}

/**
 * Gives a word a colour, or removes the word if it has that colour already. Several words can share
 * a colour.
 */
export function colourWord(words: readonly HighlightedWord[], text: string, colour: number): HighlightedWord[] {
  const without = words.filter((word) => word.text !== text);
  const isSame = words.some((word) => word.text === text && word.colour === colour);
  return isSame ? without : [...without, { text, colour, isOn: true }];
}

/** Returns the first colour that no word has, otherwise the one after the last word's colour. */
export function nextColour(words: readonly HighlightedWord[]): number {
  for (let colour = 1; colour <= COLOURS; colour++) {
    if (words.every((word) => word.colour !== colour)) return colour;
  }
  return ((words.at(-1)?.colour ?? 0) % COLOURS) + 1;
}

/**
 * Returns the one literal that a search looks for, which can be coloured: a fixed text, a single
 * word, or a phrase. Returns null for queries with operators, fields or wildcards, and for regular
 * expressions.
 */
export function literalOf({ query, mode }: { query: string; mode: 'words' | 'fixed' | 'regex' }): string | null {
  const text = query.trim();
  if (text === '' || mode === 'regex') return null;
  if (mode === 'fixed') return text;
  const phrase = /^"([^"]+)"$/.exec(text)?.[1];
  return phrase ?? (/^[\p{L}\p{N}_.]+$/u.test(text) ? text : null);
}
