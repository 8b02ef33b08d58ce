/** A CLI line is a command that prints the same number as the window, for “How counted?”. */

import { facetRow } from '../../electron/contract/facets.ts';
import { isoTime } from '../../electron/contract/json-values.ts';
import { type Filter, facets } from '../state/filter.ts';

/**
 * Returns the part of the filter that analysis follows as command-line options. Leaves out what the
 * command line cannot express.
 */
export function filterOptions(filter: Filter): string {
  const out: string[] = [];
  const put = (name: string, values: readonly (string | number)[]) => {
    for (const value of values) out.push(`--${name} ${quote(String(value))}`);
  };
  for (const facet of facets) {
    const { option } = facetRow(facet);
    if (option.of !== 'lines') put(option.flag.slice(2).split(' ')[0] ?? '', filter[facet].include);
  }
  if (filter.fromUs !== null) put('from', [isoTime(filter.fromUs)]);
  if (filter.toUs !== null) put('to', [isoTime(filter.toUs)]);
  return out.join(' ');
}

/**
 * Fills in a template, which has PATH for the source and, if the number follows the filter, FILTER.
 */
export function cliLine(template: string, path: string, filter: Filter): string {
  return template
    .replace(/\s*FILTER/, () => {
      const options = filterOptions(filter);
      return options === '' ? '' : ` ${options}`;
    })
    .replaceAll('PATH', () => quote(path));
}

/** Quotes a text for a shell. Safe text stays as it is, other text gets single quotes. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
