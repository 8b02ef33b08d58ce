/**
 * A search within a search finds, among the lines that a query finds, those with a text as well.
 * The query is written anew in the language of words.
 */
import type { Filter } from './filter.ts';

export function withinQuery({ query, mode, matchCase }: Pick<Filter, 'query' | 'mode' | 'matchCase'>, text: string) {
  const before = query.trim();
  const added = asWord(text.trim());
  if (before === '') return { query: added, mode: 'words' as const };
  if (mode === 'regex') {
    const flag = matchCase === 'no' || (matchCase === 'smart' && before === before.toLowerCase()) ? 'i' : '';
    return { query: `/${before.replaceAll('/', '\\/')}/${flag} ${added}`, mode: 'words' as const };
  }
  const first = mode === 'fixed' ? asPart(before) : /\sOR\s/.test(before) ? `(${before})` : before;
  return { query: `${first} ${added}`, mode: 'words' as const };
}

/** A fixed text may begin and end within words. */
function asPart(text: string): string {
  return `/${text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}/${text === text.toLowerCase() ? 'i' : ''}`;
}

/** What is one word or already written as a query stays; several words are meant as they stand. */
function asWord(text: string): string {
  return /\s/.test(text) && !/["/()]/.test(text) ? `"${text}"` : text;
}
