/**
 * A search within a search finds, among the lines of a query, those that also contain a text. It
 * rewrites the query in the language of words.
 */
import type { Filter } from './filter.ts';

export function withinQuery({ query, mode, matchCase }: Pick<Filter, 'query' | 'mode' | 'matchCase'>, text: string) {
  const before = query.trim();
  const added = asWord(text.trim());
  if (before === '') return { query: added, mode: 'words' as const };
  if (mode === 'regex') {
    const letters = before.replaceAll(/\\./gs, '');
    const flag = matchCase === 'no' || (matchCase === 'smart' && letters === letters.toLowerCase()) ? 'i' : '';
    // A slash may be escaped already.
    const source = before.replaceAll(/\\.|\//gs, (part) => (part === '/' ? '\\/' : part));
    return { query: `/${source}/${flag} ${added}`, mode: 'words' as const };
  }
  const first = mode === 'fixed' ? asPart(before) : /\sOR\s/.test(before) ? `(${before})` : before;
  return { query: `${first} ${added}`, mode: 'words' as const };
}

/** Writes a fixed text as a pattern, because it may begin and end within words. */
function asPart(text: string): string {
  return `/${text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}/${text === text.toLowerCase() ? 'i' : ''}`;
}

/**
 * Keeps a single word or a text already written as a query. Quotes several words, so that they
 * match literally.
 */
function asWord(text: string): string {
  return /\s/.test(text) && !/["/()]/.test(text) ? `"${text}"` : text;
}
