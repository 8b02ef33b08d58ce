/**
 * Joins filter words of a query (`node:… pid:… level:…`) into the filter of the controls. Both must
 * hold.
 */
import { type Facet, type FacetFilter, facetRow, parseFacetValue } from '../../../contract/facets.ts';
import type { Filter } from '../../../contract/filter.ts';
import { levels } from '../../../contract/line-records.ts';
import { badQuery, type FilterKey } from './query-lexer.ts';

/** A filter with words of the query joined in. */
export interface JoinedFilter extends Filter {
  /**
   * Globs over paths. Any glob of each list must match, because globs cannot be intersected by
   * comparison. Replaces `file.include`.
   */
  globs: string[][];
}

/** Returns the filter of the controls, before any word is joined. */
export function joinedFilter(filter: Filter): JoinedFilter {
  const { include } = filter.file;
  return { ...filter, query: '', globs: include.length === 0 ? [] : [include] };
}

export interface FilterWord {
  key: FilterKey;
  /** As written: `batch`, `mini-batch`. */
  word: string;
  values: string[];
  isExcluded: boolean;
  /** Position in the query. */
  at: number;
}

/**
 * Joins two facet filters so that both must hold. If their included values have nothing in common,
 * nothing can match: the result includes and excludes the same values.
 */
function join<T>(facet: FacetFilter<T>, values: T[], isExcluded: boolean): FacetFilter<T> {
  const { include, exclude } = facet;
  if (isExcluded) return { include, exclude: [...new Set([...exclude, ...values])] };
  if (include.length === 0) return { include: [...new Set(values)], exclude };
  const both = include.filter((value) => values.includes(value));
  return both.length > 0 ? { include: both, exclude } : { include, exclude: [...new Set([...exclude, ...include])] };
}

const LEVEL_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({ warn: 'warning', err: 'error', fatal: 'critical' } satisfies Record<string, string>),
);

function oneOf<T extends string>(known: readonly T[], value: string, word: FilterWord): T {
  const found = known.find((one) => one === value);
  if (found === undefined) {
    throw badQuery(word.at, `${word.word}: knows no “${value}”; it can be ${known.join(', ')}.`);
  }
  return found;
}

/** Returns the checked values of a facet's word. */
function valuesOf(facet: Facet, word: FilterWord): (string | number)[] {
  const { values: known } = facetRow(facet);
  return word.values.map((text) => {
    const value = parseFacetValue(facet, typeof known === 'string' ? text : text.toLowerCase());
    if (value !== null) return value;
    if (known === 'number') throw badQuery(word.at, `${word.word}: takes a whole number, not “${text}”.`);
    throw badQuery(word.at, `${word.word}: knows no “${text}”; it can be ${[...known].join(', ')}.`);
  });
}

function single(word: FilterWord): string {
  const [value = '', second] = word.values;
  if (second !== undefined) throw badQuery(word.at, `${word.word}: takes one value.`);
  if (word.isExcluded) {
    throw badQuery(word.at, `${word.word}: cannot be excluded; it takes one value, such as ${EXAMPLES[word.key]}.`);
  }
  return value;
}

const EXAMPLES: Partial<Record<FilterKey, string>> = {
  level: 'level:warning',
  from: 'from:2020-03-19T15:37',
  to: 'to:2020-03-20',
};

const TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:[Zz]|([+-])(\d\d):?(\d\d)?)?)?$/;

/** Parses an ISO date or date-time into microseconds, UTC by default; NaN if it is neither. */
function parseTime(text: string): number {
  const match = TIME.exec(text);
  if (match === null) return Number.NaN;
  const number = (index: number) => Number(match[index] ?? '0');
  const midnight = Date.UTC(number(1), number(2) - 1, number(3));
  const isDate = new Date(midnight).toISOString().startsWith(text.slice(0, 10));
  if (!isDate || number(4) > 23 || number(5) > 59 || number(6) > 60) return Number.NaN;
  const minutes = number(4) * 60 + number(5) - (match[8] === '-' ? -1 : 1) * (number(9) * 60 + number(10));
  const micros = Number((match[7] ?? '').padEnd(6, '0').slice(0, 6));
  return (midnight + minutes * 60_000 + number(6) * 1000) * 1000 + micros;
}

function timeOf(word: FilterWord): number {
  const value = single(word);
  const time = parseTime(value);
  if (Number.isNaN(time)) {
    throw badQuery(
      word.at,
      `${word.word}: “${value}” is not a time; write a date, or date and time, in UTC, such as ${EXAMPLES[word.key]}.`,
    );
  }
  return time;
}

function later(a: number | null, b: number): number {
  return a === null ? b : Math.max(a, b);
}

function earlier(a: number | null, b: number): number {
  return a === null ? b : Math.min(a, b);
}

/** Adds one filter word to the filter. Throws `bad_query`. */
export function joinFilterWord(filter: JoinedFilter, word: FilterWord): JoinedFilter {
  switch (word.key) {
    case 'level': {
      const name = single(word).toLowerCase();
      const level = oneOf(levels, LEVEL_NAMES.get(name) ?? name, word);
      const isHigher = filter.minLevel === null || levels.indexOf(level) > levels.indexOf(filter.minLevel);
      return { ...filter, minLevel: isHigher ? level : filter.minLevel };
    }
    case 'is': {
      oneOf(['first'] as const, single(word).toLowerCase(), word);
      return { ...filter, firstLines: true };
    }
    case 'from':
      return { ...filter, fromUs: later(filter.fromUs, timeOf(word)) };
    case 'to':
      return { ...filter, toUs: earlier(filter.toUs, timeOf(word)) };
    default:
      return joinFacet(filter, word.key, word);
  }
}

function joinFacet(filter: JoinedFilter, facet: Facet, word: FilterWord): JoinedFilter {
  if (facetRow(facet).values === 'glob' && !word.isExcluded)
    return { ...filter, globs: [...filter.globs, word.values] };
  const before: FacetFilter<string | number> = filter[facet];
  return { ...filter, [facet]: join(before, valuesOf(facet, word), word.isExcluded) };
}
