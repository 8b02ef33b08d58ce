/** A template as a query: the lines that are written by it, whatever their variable parts are. */
import type { Filter } from './filter.ts';
import { withinQuery } from './within.ts';

type Query = Pick<Filter, 'query' | 'mode' | 'matchCase'>;

/**
 * The search that finds, among what a search finds, the lines of a template; with `value`, those
 * that have this text as well.
 */
export function templateQuery(search: Query, template: string, value?: string): Pick<Filter, 'query' | 'mode'> {
  const text = `/${templatePattern(template)}/`;
  return withinQuery(search, value === undefined ? text : `${text} /${escaped(value)}/`);
}

/** A regular expression without its slashes. */
export function templatePattern(template: string): string {
  const parts = template.split(/(<(?:[a-z]+|\*)>|\s+)/);
  return parts
    .map((part) => (/^<.*>$/.test(part) ? '.+?' : /^\s+$/.test(part) ? '\\s+' : escaped(part)))
    .join('')
    .replace(/^(?:\.\+\?|\\s\+)+|(?:\.\+\?|\\s\+)+$/g, '');
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
