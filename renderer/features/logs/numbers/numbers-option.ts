/**
 * The choice of numbers says which numbers to chart, how to group them and how to show them. It is
 * part of the options of the place, which this module writes and parses.
 */
import type { Options } from '../../../state/location.ts';

export interface NumbersChoice {
  pattern: string;
  by: 'none' | 'node' | 'process' | 'file';
  view: 'time' | 'spread' | 'table';
}

const bys = ['none', 'node', 'process', 'file'] as const;
const views = ['time', 'spread', 'table'] as const;

/** Returns the choice, or null if no number is charted. An empty pattern is still to be written. */
export function numbersOf(options: Options): NumbersChoice | null {
  const { numbers } = options;
  if (numbers === undefined) return null;
  return {
    pattern: numbers === EMPTY ? '' : numbers,
    by: bys.find((by) => by === options['numbers-by']) ?? 'none',
    view: views.find((view) => view === options['numbers-view']) ?? 'time',
  };
}

/** Stands for an empty pattern, because an empty option is absent. */
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
