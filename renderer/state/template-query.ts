/**
 * A template query is a template as a search: it finds the lines written by the template, whatever
 * their variable parts.
 */
import type { Filter } from './filter.ts';
import { withinQuery } from './within.ts';

type Query = Pick<Filter, 'query' | 'mode' | 'matchCase'>;

/**
 * Narrows a search to the lines of a template. With `value`, narrows it further to lines with that
 * text.
 */
export function templateQuery(search: Query, template: string, value?: string): Pick<Filter, 'query' | 'mode'> {
  const text = `/${templatePattern(template)}/`;
  return withinQuery(search, value === undefined ? text : `${text} /${escaped(value)}/`);
}

/** Returns the template as a regular expression without slashes. */
export function templatePattern(template: string): string {
  const parts = template.split(/(<(?:[a-z]+|\*)>|\s+)/);
  return parts
    .map((part) => (/^<.*>$/.test(part) ? '.+?' : /^\s+$/.test(part) ? '\\s+' : escaped(part)))
    .join('')
    .replace(/^(?:\.\+\?|\\s\+)+|(?:\.\+\?|\\s\+)+$/g, '');
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
