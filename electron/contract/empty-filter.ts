/**
 * The empty filter, apart from the schema of filters so that threads that check no filter load no
 * schema.
 */
import type { Filter } from './filter.ts';

/**
 * Returns new lists for each facet: a clone keeps shared objects shared, so a value added to one
 * facet would appear in all.
 */
const none = (): { include: never[]; exclude: never[] } => ({ include: [], exclude: [] });

/** The filter that lets everything through. */
export const emptyFilter: Filter = {
  query: '',
  mode: 'words',
  matchCase: 'smart',
  node: none(),
  pid: none(),
  process: none(),
  miniBatch: none(),
  kind: none(),
  outcome: none(),
  file: none(),
  minLevel: null,
  firstLines: false,
  fromUs: null,
  toUs: null,
  clock: 'written',
};
