/** Filter words of a query (`node:… pid:… level:…`) joined into the filter of the controls: both must hold. */
import type { Filter } from '../../../contract/filter.ts';
import { fileKinds, levels } from '../../../contract/records.ts';
import { badQuery, type FilterKey } from './query-lexer.ts';

/** Joins two globs of which both must match a path. No path has it in it. */
export const GLOB_AND = '\n';

export interface FilterWord {
  key: FilterKey;
  values: string[];
  isExcluded: boolean;
  /** Where it stands in the query. */
  at: number;
}

interface Facet<T> {
  include: T[];
  exclude: T[];
}

/**
 * Both must hold. Where two lists of what is wanted have nothing in common, nothing can match: said by wanting a value and excluding it.
 */
function join<T>(facet: Facet<T>, values: T[], isExcluded: boolean): Facet<T> {
  const { include, exclude } = facet;
  if (isExcluded) return { include, exclude: [...new Set([...exclude, ...values])] };
  if (include.length === 0) return { include: [...new Set(values)], exclude };
  const both = include.filter((value) => values.includes(value));
  return both.length > 0 ? { include: both, exclude } : { include, exclude: [...new Set([...exclude, ...include])] };
}

/** Globs cannot be intersected by comparing them: each of the one list goes with each of the other. */
function joinGlobs(facet: Facet<string>, values: string[], isExcluded: boolean): Facet<string> {
  if (isExcluded || facet.include.length === 0) return join(facet, values, isExcluded);
  const include = facet.include.flatMap((one) =>
    values.map((other) => (one.split(GLOB_AND).includes(other) ? one : `${one}${GLOB_AND}${other}`)),
  );
  return { include: [...new Set(include)], exclude: facet.exclude };
}

const LEVEL_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({ warn: 'warning', err: 'error', fatal: 'critical' } satisfies Record<string, string>),
);

function oneOf<T extends string>(known: readonly T[], value: string, word: FilterWord): T {
  const found = known.find((one) => one === value);
  if (found === undefined) {
    throw badQuery(word.at, `${word.key}: knows no “${value}”; it can be ${known.join(', ')}.`);
  }
  return found;
}

function pidOf(value: string, word: FilterWord): number {
  if (!/^\d{1,15}$/.test(value)) throw badQuery(word.at, `pid: takes a whole number, not “${value}”.`);
  return Number(value);
}

function single(word: FilterWord): string {
  const [value = '', second] = word.values;
  if (second !== undefined) throw badQuery(word.at, `${word.key}: takes one value.`);
  if (word.isExcluded) {
    throw badQuery(word.at, `${word.key}: cannot be excluded; it takes one value, such as ${EXAMPLES[word.key]}.`);
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

/** An ISO date or date-time in microseconds, UTC unless it says otherwise; NaN if it is none. */
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
      `${word.key}: “${value}” is not a time; write a date, or date and time, in UTC, such as ${EXAMPLES[word.key]}.`,
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

/** The filter with one more filter word. Throws `bad_query`. */
export function joinFilterWord(filter: Filter, word: FilterWord): Filter {
  const { values, isExcluded } = word;
  switch (word.key) {
    case 'node':
      return { ...filter, node: join(filter.node, values, isExcluded) };
    case 'pid': {
      const pids = values.map((value) => pidOf(value, word));
      return { ...filter, pid: join(filter.pid, pids, isExcluded) };
    }
    case 'batch':
    case 'minibatch':
    case 'mini-batch':
    case 'mini_batch':
      return { ...filter, miniBatch: join(filter.miniBatch, values, isExcluded) };
    case 'kind': {
      const kinds = values.map((value) => oneOf(fileKinds, value.toLowerCase(), word));
      return { ...filter, kind: join(filter.kind, kinds, isExcluded) };
    }
    case 'file':
      return { ...filter, file: joinGlobs(filter.file, values, isExcluded) };
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
  }
}
