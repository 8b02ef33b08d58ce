/**
 * Applies the global filter to attempts and mini-batches: only typed facets and time. The text of
 * the query is for the search.
 */

import { outcomes } from '../../contract/batch-records.ts';
import { type FacetFilter, facetRow, facets, isNarrowed } from '../../contract/facets.ts';
import type { Filter } from '../../contract/filter.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { batchIds } from './batch-ids.ts';
import { columnsOf, type DerivedColumns, memoized } from './columns.ts';

/** Stands for an unknown pid, which no facet names. */
const NO_PROCESS = -1;
const attemptFacets = facets.filter((facet) => facetRow(facet).attempt !== null);

/** Returns true if the filter constrains attempts or mini-batches. */
function hasFacets(filter: Filter): boolean {
  return filter.fromUs !== null || filter.toUs !== null || attemptFacets.some((facet) => isNarrowed(filter[facet]));
}

/** Returns a stable key for the part of a filter that matters here, including the clock. */
export function filterKey(filter: Filter): string {
  return hasFacets(filter)
    ? JSON.stringify([...attemptFacets.map((facet) => filter[facet]), filter.fromUs, filter.toUs, filter.clock])
    : filter.clock;
}

function allows<T>(facet: FacetFilter<T>): ((value: T) => boolean) | null {
  if (!isNarrowed(facet)) return null;
  const include = new Set(facet.include);
  const exclude = new Set(facet.exclude);
  return (value) => (include.size === 0 || include.has(value)) && !exclude.has(value);
}

interface Tests {
  /** By node code + 1; null means all. */
  node: Uint8Array | null;
  /** By process + 1. */
  process: Uint8Array | null;
  batch: Uint8Array | null;
  outcome: Uint8Array | null;
  fromUs: number;
  toUs: number;
}

function testsOf(db: ReadableDb, columns: DerivedColumns, filter: Filter): Tests {
  const node = allows(filter.node);
  const outcome = allows<string>(filter.outcome);
  return {
    node: node && Uint8Array.from([null, ...columns.nodes], (name) => Number(name === null ? false : node(name))),
    process: processTest(columns, filter),
    batch: batchTest(db, columns, filter),
    outcome: outcome && Uint8Array.from(outcomes, (name) => Number(outcome(name))),
    fromUs: filter.fromUs ?? Number.NEGATIVE_INFINITY,
    toUs: filter.toUs ?? Number.POSITIVE_INFINITY,
  };
}

/**
 * Tests processes against every facet that is a column of the worker process. If a facet includes
 * values, a process without that value fails.
 */
function processTest(columns: DerivedColumns, filter: Filter): Uint8Array | null {
  let all: Uint8Array | null = null;
  for (const facet of facets) {
    const { attempt } = facetRow(facet);
    const passes = allows<string | number>(filter[facet]);
    if (passes === null || attempt === null || typeof attempt === 'string') continue;
    const values: (string | number)[] = [NO_PROCESS, ...columns.processes[attempt.process]];
    const test: Uint8Array = Uint8Array.from(values, (value, index) => Number(passes(value) && all?.[index] !== 0));
    all = test;
  }
  return all;
}

function batchTest(db: ReadableDb, columns: DerivedColumns, filter: Filter): Uint8Array | null {
  const { include, exclude } = filter.miniBatch;
  if (include.length === 0 && exclude.length === 0) return null;
  const marks = new Uint8Array(columns.batches.status.length).fill(include.length === 0 ? 1 : 0);
  const known = batchIds(db);
  for (const [ids, mark] of [
    [include, 1],
    [exclude, 0],
  ] as const) {
    for (const id of ids) {
      const ordinal = known.ordinalOf(id);
      if (ordinal !== null) marks[ordinal] = mark;
    }
  }
  return marks;
}

/**
 * Returns the rows (attempt.id - 1) of the attempts that the filter lets through, in the order of
 * their ids; null means all. An attempt passes a time range if it was running within it.
 */
export function selectAttempts(db: ReadableDb, filter: Filter): Int32Array | null {
  if (!hasFacets(filter)) return null;
  return memoized(db, `attempts ${filterKey(filter)}`, () => {
    const columns = columnsOf(db, filter.clock);
    const tests = testsOf(db, columns, filter);
    const { attempts } = columns;
    const rows = new Int32Array(attempts.startUs.length);
    let count = 0;
    for (let row = 0; row < attempts.startUs.length; row++) {
      if (tests.outcome !== null && tests.outcome[at(attempts.outcome, row)] !== 1) continue;
      if (passes(columns, tests, row)) rows[count++] = row;
    }
    return rows.slice(0, count);
  });
}

function passes(columns: DerivedColumns, tests: Tests, row: number): boolean {
  const { attempts } = columns;
  if (tests.node !== null && tests.node[at(attempts.node, row) + 1] !== 1) return false;
  if (tests.process !== null && tests.process[at(attempts.process, row) + 1] !== 1) return false;
  if (tests.batch !== null && tests.batch[at(attempts.batch, row)] !== 1) return false;
  const start = at(attempts.startUs, row);
  if (start >= tests.toUs) return false;
  if (tests.fromUs === Number.NEGATIVE_INFINITY) return true;
  const duration = at(attempts.duration, row);
  // An attempt without an end counts at its start.
  return start + (Number.isNaN(duration) ? 0 : duration * 1e6) >= tests.fromUs;
}

/**
 * Returns the ordinals of the mini-batches that the filter lets through, ascending; null means all.
 * Any attempt may match node, pid and time; the outcome is the mini-batch's own status.
 */
export function selectBatches(db: ReadableDb, filter: Filter): Int32Array | null {
  if (!hasFacets(filter)) return null;
  return memoized(db, `batches ${filterKey(filter)}`, () => {
    const columns = columnsOf(db, filter.clock);
    const tests = testsOf(db, columns, filter);
    const { attempts, batches } = columns;
    const byAttempt =
      tests.node !== null ||
      tests.process !== null ||
      tests.fromUs !== Number.NEGATIVE_INFINITY ||
      tests.toUs !== Number.POSITIVE_INFINITY;
    const marks = new Uint8Array(batches.status.length);
    if (byAttempt) {
      for (let row = 0; row < attempts.startUs.length; row++) {
        if (passes(columns, tests, row)) marks[at(attempts.batch, row)] = 1;
      }
    } else marks.fill(1);
    const ordinals = new Int32Array(batches.status.length);
    let count = 0;
    for (let ordinal = 0; ordinal < marks.length; ordinal++) {
      if (marks[ordinal] !== 1) continue;
      if (tests.batch !== null && tests.batch[ordinal] !== 1) continue;
      if (tests.outcome !== null && tests.outcome[at(batches.status, ordinal)] !== 1) continue;
      ordinals[count++] = ordinal;
    }
    return ordinals.slice(0, count);
  });
}
