import { activeParts, type Filter, noFilter } from '../../state/filter.ts';

/** The part of the global filter that is about mini-batches; its text, kinds, files and levels are about lines. */
export type BatchFilter = Pick<Filter, 'node' | 'pid' | 'miniBatch' | 'outcome' | 'fromUs' | 'toUs'>;

export function batchFilter(filter: Filter): BatchFilter {
  const { node, pid, miniBatch, outcome, fromUs, toUs } = filter;
  return { node, pid, miniBatch, outcome, fromUs, toUs };
}

/** Nothing of it is set: the whole run is shown. */
export function isWholeRun(filter: BatchFilter): boolean {
  return activeParts({ ...noFilter, ...filter }).length === 0;
}
