/**
 * The batch filter is the part of the window's filter that is about mini-batches. Its text, kinds,
 * files and levels are about lines.
 */
import { activeParts, type Filter, noFilter } from '../../state/filter.ts';

export type BatchFilter = Pick<Filter, 'node' | 'pid' | 'miniBatch' | 'outcome' | 'fromUs' | 'toUs'>;

export function batchFilter(filter: Filter): BatchFilter {
  const { node, pid, miniBatch, outcome, fromUs, toUs } = filter;
  return { node, pid, miniBatch, outcome, fromUs, toUs };
}

/** Nothing of it is set: the whole run is shown. */
export function isWholeRun(filter: BatchFilter): boolean {
  return activeParts({ ...noFilter, ...filter }).length === 0;
}
