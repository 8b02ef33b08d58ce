/**
 * The words of the verdict: how the run ended and why, in one sentence. What the overview says of
 * the error threshold, of settings and of logs of no run is decided here, too. Pure.
 */
import type { RunInfo } from '../../../electron/contract/records.ts';
import { formatCount, formatNumber } from '../../base/format.ts';
import { causeWords } from '../../base/looks.ts';

/** Said of logs that no ParallelRunStep run wrote. */
export const NOT_A_RUN = 'Logs, but not of a ParallelRunStep run';

const endings: Record<RunInfo['status'], string> = {
  succeeded: 'The run succeeded',
  failed: 'The run failed',
  cancelled: 'The run was cancelled',
  running: 'The logs end while the run is still going',
  unknown: 'The logs do not say how the run ended',
};

/** How the run ended and why, in one sentence. */
export function headline(info: RunInfo, isIndexing: boolean): string {
  if (isForeign(info) && !isIndexing) return NOT_A_RUN;
  if (info.status === 'unknown' && isIndexing) return 'How the run ended has not been read yet';
  const ending = endings[info.status];
  const { firstCause, miniBatches } = info;
  const why = firstCause === null ? null : causeWords[firstCause.kind];
  if (info.status === 'succeeded') {
    if (miniBatches.failed !== null && miniBatches.failed > 0)
      return `${ending}, but ${formatCount(miniBatches.failed, 'mini-batch', 'mini-batches')} failed`;
    return why === null ? ending : `${ending}, although ${why}`;
  }
  if (why === null || firstCause === null || firstCause.kind === 'cancelled') return ending;
  if (firstCause.confidence === 'certain') return `${ending}: ${why}`;
  return `${ending}, ${firstCause.confidence === 'likely' ? 'most likely' : 'possibly'} because ${why}`;
}

/** What is said of items against the threshold; null where the logs do not count items. */
export function thresholdText({ items }: RunInfo): { text: string; isExceeded: boolean } | null {
  if (items.failed === null) return null;
  const { failed, errorThreshold } = items;
  // −1 is how the service writes “any number may fail”.
  if (errorThreshold === null || errorThreshold < 0) {
    return { text: errorThreshold === null ? 'items failed' : 'items failed (no limit)', isExceeded: false };
  }
  return { text: `of ${formatNumber(errorThreshold)} allowed items failed`, isExceeded: failed > errorThreshold };
}

/**
 * Logs that are not of a ParallelRunStep run: no layout, no node, no mini-batch. Nothing is said of
 * a run then.
 */
export function isForeign(info: RunInfo): boolean {
  return (
    info.generation === null &&
    info.status === 'unknown' &&
    info.firstCause === null &&
    (info.miniBatches.total ?? 0) === 0 &&
    info.processes === 0
  );
}
