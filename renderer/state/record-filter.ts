/**
 * The record filter is the part of the window's filter that narrows the records of the run:
 * mini-batches, errors and what the analysis says of them. The text, kinds, files and levels apply
 * to lines.
 */
import { activeParts, type Filter, noFilter } from './filter.ts';

export type RecordFilter = Pick<Filter, 'node' | 'pid' | 'miniBatch' | 'outcome' | 'fromUs' | 'toUs'>;

export function recordFilter({ node, pid, miniBatch, outcome, fromUs, toUs }: Filter): RecordFilter {
  return { node, pid, miniBatch, outcome, fromUs, toUs };
}

/** Decides whether the filter leaves the whole run. */
export function isWholeRun(filter: RecordFilter): boolean {
  return activeParts({ ...noFilter, ...filter }).length === 0;
}
