/**
 * A number pattern finds, in other lines, the number at the same place as in this line: it keeps
 * the words around the number and leaves open what varies.
 */
import type { LineRow } from '../../../../electron/contract/line-records.ts';

export interface LineNumber {
  text: string;
  /** The position in the line's text. */
  start: number;
  end: number;
}

const NUMBER = /(?<![\w.]|\w-)[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w]*[.:-]?\d)/g;
const ANY_NUMBER = '[-+]?[\\d,]*\\.?\\d+(?:[eE][-+]?\\d+)?';
/** The number of words that identify the number. */
const WORDS = 3;
const AFTER = new RegExp(`^\\S*(?:\\s+\\S+){0,${WORDS}}`);

/** Returns the numbers in the message of a line, but not those of its time or within names. */
export function numbersIn({ text, prefix }: Pick<LineRow, 'text' | 'prefix'>): LineNumber[] {
  const found: LineNumber[] = [];
  for (const match of text.matchAll(NUMBER))
    if (match.index >= prefix) found.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  return found;
}

/** Returns the number that a selected text is or contains, or null. */
export function selectedNumber(row: Pick<LineRow, 'text' | 'prefix'>, selected: string): LineNumber | null {
  const at = row.text.indexOf(selected, row.prefix);
  if (at === -1) return null;
  const whole = numbersIn(row).find(({ start, end }) => start < at + selected.length && end > at);
  if (whole !== undefined) return whole;
  const digits = /\d[\d.,]*/.exec(selected);
  if (digits === null) return null;
  const start = at + digits.index;
  return { text: digits[0], start, end: start + digits[0].length };
}

/** Returns a regular expression whose group captures the number. */
export function patternFor({ text, prefix }: Pick<LineRow, 'text' | 'prefix'>, { start, end }: LineNumber): string {
  const parts = text
    .slice(prefix, start)
    .split(/(\s+)/)
    .filter((part) => part !== '');
  const before = parts
    .slice(-2 * WORDS)
    .join('')
    .trimStart();
  const rest = text.slice(end);
  // With words before the number, only its unit counts; otherwise the words after it do.
  const after = /\p{L}/u.test(before) ? (/^[a-z%]{1,6}(?!\w)/i.exec(rest)?.[0] ?? '') : (AFTER.exec(rest)?.[0] ?? '');
  return `${opened(before)}(${ANY_NUMBER})${opened(after)}`;
}

/** Turns a text into a pattern that leaves its spaces and numbers open. */
function opened(text: string): string {
  return text.replace(/\s+|\d+(?:[.,]\d+)*|[.*+?^${}()|[\]\\/]/g, (found) =>
    /\s/.test(found) ? '\\s+' : /\d/.test(found) ? '[\\d.,]*\\d' : `\\${found}`,
  );
}
