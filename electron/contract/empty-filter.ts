/**
 * The empty filter, apart from the schema of filters: threads that check no filter load no schema.
 */
import type { Filter } from './filter.ts';

/** A list each: a clone keeps what is shared, and who adds to one facet must not add to all. */
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
