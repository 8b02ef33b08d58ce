import type { MiniBatchRow, Outcome } from '../../electron/contract/records.ts';
import type { Filter } from './filter.ts';
import { useCase, useFilter } from './StoresContext.tsx';
import { useCommand } from './use-command.ts';

const QUALIFIER = /(?:^|[\s(-])(?:node|pid|(?:mini[-_]?)?batch|kind|level|file|from|to):/i;

/**
 * The filter of what is drawn over time behind a search: the text only counts where it has words such as `node:` in it, and
 * the range shown is asked for by itself.
 */
export function backgroundFilter(filter: Filter): Filter {
  const isTyped = filter.mode === 'words' && QUALIFIER.test(filter.query);
  return { ...filter, query: isTyped ? filter.query : '', fromUs: null, toUs: null };
}

const bad: readonly Outcome[] = ['failed', 'timed_out'];

/** Mini-batches that ended badly; null where the filter leaves none of them. */
export function failureFilter(filter: Filter): Filter | null {
  const { include, exclude } = filter.outcome;
  const isWanted = (outcome: Outcome) =>
    (include.length === 0 || include.includes(outcome)) && !exclude.includes(outcome);
  const wanted = bad.filter(isWanted);
  if (wanted.length === 0) return null;
  return { ...backgroundFilter(filter), outcome: { include: wanted, exclude: [] } };
}

/** More marks than pixels help nobody. */
const MOST = 5_000;

export interface Failures {
  rows: readonly MiniBatchRow[];
  /** More than `rows` where there are very many. */
  total: number;
}

const none: Failures = { rows: [], total: 0 };

/** Mini-batches that failed or timed out, by their end: marks on everything with time on x. */
export function useFailures(): Failures {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const wanted = failureFilter(filter);
  const { data } = useCommand(
    'batches.page',
    caseId === null || wanted === null ? null : { caseId, filter: wanted, sort: 'endUs', start: 0, count: MOST },
  );
  return wanted === null || data === undefined ? none : data;
}
