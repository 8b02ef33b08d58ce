/**
 * The choice of numbers says which numbers are charted, how they are grouped and how they are
 * shown. It is part of the options of a place, which are written and read here.
 */
import type { Options } from '../../../state/location.ts';

export interface NumbersChoice {
  pattern: string;
  by: 'none' | 'node' | 'process' | 'file';
  view: 'time' | 'spread' | 'table';
}

const bys = ['none', 'node', 'process', 'file'] as const;
const views = ['time', 'spread', 'table'] as const;

/** Null where no number is charted. An empty pattern is one that is still to be written. */
export function numbersOf(options: Options): NumbersChoice | null {
  const { numbers } = options;
  if (numbers === undefined) return null;
  return {
    pattern: numbers === EMPTY ? '' : numbers,
    by: bys.find((by) => by === options['numbers-by']) ?? 'none',
    view: views.find((view) => view === options['numbers-view']) ?? 'time',
  };
}

/** An option that is empty is not there. */
const EMPTY = '()';

export function numbersOptions(choice: NumbersChoice | null): Options {
  if (choice === null) return { numbers: '', 'numbers-by': '', 'numbers-view': '' };
  const { pattern, by, view } = choice;
  return {
    numbers: pattern === '' ? EMPTY : pattern,
    'numbers-by': by === 'none' ? '' : by,
    'numbers-view': view === 'time' ? '' : view,
  };
}
