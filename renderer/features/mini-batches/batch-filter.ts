/**
 * The batch filter is the part of the window's filter that applies to mini-batches. The text,
 * kinds, files and levels apply to lines.
 */
import { activeParts, type Filter, noFilter } from '../../state/filter.ts';

export type BatchFilter = Pick<Filter, 'node' | 'pid' | 'miniBatch' | 'outcome' | 'fromUs' | 'toUs'>;

export function batchFilter(filter: Filter): BatchFilter {
  const { node, pid, miniBatch, outcome, fromUs, toUs } = filter;
  return { node, pid, miniBatch, outcome, fromUs, toUs };
}

/** Decides whether the filter leaves the whole run. */
export function isWholeRun(filter: BatchFilter): boolean {
  return activeParts({ ...noFilter, ...filter }).length === 0;
}
