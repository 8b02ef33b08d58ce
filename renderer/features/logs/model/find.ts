/**
 * The text of the find bar becomes a filter for the engine and a pattern for drawing. Both are made
 * here, so that the engine finds what the pane colours.
 */
import { type Filter, noFilter } from '../../../state/filter.ts';
import { literalPattern } from './line-parts.ts';
import type { FindState } from './logs-store.ts';

type FindText = Pick<FindState, 'text' | 'isRegex' | 'isCased' | 'isWord'>;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Returns the filter for the engine, or null if there is no text. */
export function findFilter({ text, isRegex, isCased, isWord }: FindText): Filter | null {
  if (text === '') return null;
  const matchCase = isCased ? 'yes' : 'smart';
  if (!isWord) return { ...noFilter, query: text, mode: isRegex ? 'regex' : 'fixed', matchCase };
  return {
    ...noFilter,
    query: `\\b(?:${isRegex ? text : escaped(text)})\\b`,
    mode: 'regex',
    matchCase: caseOf(text, matchCase),
  };
}

/**
 * Decides the case here, because the engine would take the `\B` of an escape for a capital letter.
 */
function caseOf(text: string, matchCase: 'yes' | 'smart'): 'yes' | 'no' {
  return matchCase === 'yes' || text !== text.toLowerCase() ? 'yes' : 'no';
}

/**
 * Returns the same as a pattern for drawing, or null if it is invalid, which the engine reports.
 */
export function findPattern({ text, isRegex, isCased, isWord }: FindText): RegExp | null {
  if (text === '') return null;
  if (!isRegex && !isWord) return literalPattern(text, isCased ? 'yes' : 'smart');
  const flags = isCased || text !== text.toLowerCase() ? 'g' : 'gi';
  const body = isRegex ? text : escaped(text);
  try {
    return new RegExp(isWord ? `\\b(?:${body})\\b` : body, flags);
  } catch {
    return null;
  }
}
