/**
 * Failures are mini-batches that failed or timed out, as marks in views with time on the x axis.
 */
import type { OverTime } from '../../electron/contract/analysis.ts';
import type { Outcome } from '../../electron/contract/batch-records.ts';
import { facetRow } from '../../electron/contract/facets.ts';
import { type Filter, facets } from './filter.ts';
import { useCase, useFilter } from './StoresContext.tsx';
import { useCommand } from './use-command.ts';

const words = [...facets.flatMap((facet) => facetRow(facet).words), 'level', 'from', 'to'];
const QUALIFIER = new RegExp(`(?:^|[\\s(-])(?:${words.join('|')}):`, 'i');

/**
 * Returns the filter for what is drawn over time behind a search. The text counts only if it
 * contains words such as `node:`. The range is dropped, because the request names the visible one.
 */
export function backgroundFilter(filter: Filter): Filter {
  const isTyped = filter.mode === 'words' && QUALIFIER.test(filter.query);
  return { ...filter, query: isTyped ? filter.query : '', fromUs: null, toUs: null };
}

const bad: readonly Outcome[] = ['failed', 'timed_out'];

/** Returns the filter for mini-batches that ended badly, or null if the filter leaves none. */
export function failureFilter(filter: Filter): Filter | null {
  const { include, exclude } = filter.outcome;
  const isWanted = (outcome: Outcome) =>
    (include.length === 0 || include.includes(outcome)) && !exclude.includes(outcome);
  const wanted = bad.filter(isWanted);
  if (wanted.length === 0) return null;
  return { ...backgroundFilter(filter), outcome: { include: wanted, exclude: [] } };
}

export interface Buckets {
  fromUs: number | null;
  toUs: number | null;
  buckets: number;
}

/** A moving range is asked for once it rests. */
const REST_MS = 100;

/**
 * Returns all failures by the bucket in which they ended, or null while they are unknown or if the
 * filter leaves none.
 */
export function useFailures(range: Buckets | null): OverTime | null {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const wanted = failureFilter(filter);
  const { data } = useCommand(
    'analysis.overTime',
    caseId === null || wanted === null || range === null ? null : { caseId, filter: wanted, ...range },
    { delayMs: REST_MS },
  );
  return wanted === null ? null : (data ?? null);
}
