/** A command line that gives the same as what is shown: for “how was this counted?”. Pure. */

import { facetRow } from '../../electron/contract/facets.ts';
import { isoTime } from '../../electron/contract/json-values.ts';
import { type Filter, facets } from '../state/filter.ts';

/**
 * The part of the filter that analysis follows, as options of the command line; what it cannot say
 * is left out.
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

/** `template` has PATH for the source and, where it follows the filter, FILTER. */
export function cliLine(template: string, path: string, filter: Filter): string {
  return template
    .replace(/\s*FILTER/, () => {
      const options = filterOptions(filter);
      return options === '' ? '' : ` ${options}`;
    })
    .replaceAll('PATH', () => quote(path));
}

/** For a shell: as it is where that is safe, else in single quotes. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
