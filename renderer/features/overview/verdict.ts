/**
 * The words of the verdict: how the run ended and why, in one sentence. These pure functions also
 * word the error threshold and recognise logs that belong to no run.
 */
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { formatCount, formatNumber } from '../../base/format.ts';
import { causeWords } from '../../base/looks.ts';

/** The headline of logs that no ParallelRunStep run wrote. */
export const NOT_A_RUN = 'Logs, but not of a ParallelRunStep run';

const endings: Record<RunInfo['status'], string> = {
  succeeded: 'The run succeeded',
  failed: 'The run failed',
  cancelled: 'The run was cancelled',
  running: 'The logs end while the run is still going',
  unknown: 'The logs do not say how the run ended',
};

/** Says in one sentence how the run ended and why. */
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

/** Compares the failed items with the threshold. Returns null if the logs do not count items. */
export function thresholdText({ items }: RunInfo): { text: string; isExceeded: boolean } | null {
  if (items.failed === null) return null;
  const { failed, errorThreshold } = items;
  // The service writes −1 for “any number may fail”.
  if (errorThreshold === null || errorThreshold < 0) {
    return { text: errorThreshold === null ? 'items failed' : 'items failed (no limit)', isExceeded: false };
  }
  return { text: `of ${formatNumber(errorThreshold)} allowed items failed`, isExceeded: failed > errorThreshold };
}

/**
 * Decides whether the logs do not belong to a ParallelRunStep run: no layout, no node, no
 * mini-batch. The window then says nothing about a run.
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
