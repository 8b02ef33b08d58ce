/** Marks and coloured words, kept in the browser's storage by the source that they belong to. */

export interface Mark {
  path: string;
  /** 1-based. */
  line: number;
  note: string;
  /** Start of the line, so that the list of marks can be read without asking for each. */
  text: string;
}

export interface ColouredWord {
  text: string;
  /** 1 … 9 */
  colour: number;
  isOn: boolean;
}

export interface Kept {
  marks: Mark[];
  words: ColouredWord[];
}

export const nothingKept: Kept = { marks: [], words: [] };
export const COLOURS = 9;
const MOST_MARKS = 5_000;
const KEPT_TEXT = 200;

const storageKey = (source: string, root: string) => `postrun.logs ${source} ${root}`;

/** What is stored may be of another version or of somebody's hand: what cannot be read is left out. */
export function readKept(storage: Storage | null, source: string, root: string): Kept {
  try {
    const value: unknown = JSON.parse(storage?.getItem(storageKey(source, root)) ?? 'null');
    if (!isObject(value)) return nothingKept;
    return { marks: list(value.marks, isMark), words: list(value.words, isWord) };
  } catch {
    return nothingKept;
  }
}

export function writeKept(storage: Storage | null, source: string, root: string, kept: Kept): void {
  try {
    const isEmpty = kept.marks.length === 0 && kept.words.length === 0;
    if (isEmpty) storage?.removeItem(storageKey(source, root));
    else storage?.setItem(storageKey(source, root), JSON.stringify(kept));
  } catch {
    // A full or forbidden storage only means that they are gone with the window.
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function list<T>(value: unknown, isOne: (each: unknown) => each is T): T[] {
  return Array.isArray(value) ? value.filter(isOne) : [];
}

function isMark(value: unknown): value is Mark {
  return (
    isObject(value) &&
    typeof value.path === 'string' &&
    typeof value.note === 'string' &&
    typeof value.text === 'string' &&
    Number.isSafeInteger(value.line)
  );
}

function isWord(value: unknown): value is ColouredWord {
  return (
    isObject(value) &&
    typeof value.text === 'string' &&
    value.text !== '' &&
    typeof value.isOn === 'boolean' &&
    Number.isInteger(value.colour) &&
    Number(value.colour) >= 1 &&
    Number(value.colour) <= COLOURS
  );
}

const sameLine = (a: { path: string; line: number }, b: { path: string; line: number }) =>
  a.path === b.path && a.line === b.line;

/** Takes the mark away where there is one. */
export function toggleMark(marks: readonly Mark[], at: { path: string; line: number }, text: string): Mark[] {
  const without = marks.filter((mark) => !sameLine(mark, at));
  if (without.length < marks.length) return without;
  const mark: Mark = { path: at.path, line: at.line, note: '', text: text.slice(0, KEPT_TEXT) };
  return [...marks, mark].slice(-MOST_MARKS).toSorted((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
}

export function noteMark(marks: readonly Mark[], at: { path: string; line: number }, note: string): Mark[] {
  return marks.map((mark) => (sameLine(mark, at) ? { ...mark, note } : mark));
}

/** The mark after or before a line, through all files in the order given by `rank`; round at the ends. */
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

/** Give a word a colour; the same word in the same colour again takes it away. A colour bears several words. */
export function colourWord(words: readonly ColouredWord[], text: string, colour: number): ColouredWord[] {
  const without = words.filter((word) => word.text !== text);
  const isSame = words.some((word) => word.text === text && word.colour === colour);
  return isSame ? without : [...without, { text, colour, isOn: true }];
}

/** The first colour that no word has, or the one after that given last. */
export function nextColour(words: readonly ColouredWord[]): number {
  for (let colour = 1; colour <= COLOURS; colour++) {
    if (words.every((word) => word.colour !== colour)) return colour;
  }
  return ((words.at(-1)?.colour ?? 0) % COLOURS) + 1;
}

/**
 * The one literal that a search looks for, which can be coloured: a fixed text, a single word, a phrase. Null for what has
 * operators, fields or wildcards, and for regular expressions.
 */
export function literalOf({ query, mode }: { query: string; mode: 'words' | 'fixed' | 'regex' }): string | null {
  const text = query.trim();
  if (text === '' || mode === 'regex') return null;
  if (mode === 'fixed') return text;
  const phrase = /^"([^"]+)"$/.exec(text)?.[1];
  return phrase ?? (/^[\p{L}\p{N}_.]+$/u.test(text) ? text : null);
}
