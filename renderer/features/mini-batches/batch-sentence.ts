/** Describes a mini-batch in one sentence made from its attempts. */

import type { AttemptRow, MiniBatchRow, Outcome } from '../../../electron/contract/batch-records.ts';
import { formatCount, formatDuration } from '../../base/format.ts';

const verbs: Record<Outcome, string> = {
  succeeded: 'succeeded',
  partial: 'succeeded in part',
  failed: 'failed',
  timed_out: 'timed out',
  unfinished: 'was never finished',
};

export function batchSentence(batch: MiniBatchRow, attempts: readonly AttemptRow[]): string {
  const parts: string[] = [];
  if (attempts.length === 0) parts.push('It was never picked up by a process');
  else {
    const tries = attempts.length === 1 ? 'at the first attempt' : `after ${formatCount(attempts.length, 'attempt')}`;
    const lasted = wholeSeconds(attempts);
    const verb = verbs[batch.status];
    parts.push(
      batch.status === 'unfinished'
        ? `It ${verb}: ${formatCount(attempts.length, 'attempt')} without an end`
        : `It ${verb} ${tries}${lasted === null ? '' : `, ${formatDuration(lasted)} from the first start to the last end`}`,
    );
  }
  const { total, failed } = batch;
  if (total !== null) {
    parts.push(
      failed === null || failed === 0
        ? formatCount(total, 'item')
        : `${formatCount(failed, 'item')} of ${total} failed`,
    );
  }
  const nodes = nodesOf(attempts);
  if (nodes.length > 1) parts.push(`it moved ${nodes.join(' → ')}`);
  return `${parts.join('; ')}.`;
}

/** Returns its nodes in order, without consecutive repeats. */
function nodesOf(attempts: readonly AttemptRow[]): string[] {
  const nodes: string[] = [];
  for (const { node } of attempts) if (node !== null && node !== nodes.at(-1)) nodes.push(node);
  return nodes;
}

function wholeSeconds(attempts: readonly AttemptRow[]): number | null {
  const starts = attempts.flatMap((attempt) => attempt.startUs ?? []);
  const ends = attempts.flatMap((attempt) => attempt.endUs ?? []);
  return starts.length === 0 || ends.length === 0 ? null : (Math.max(...ends) - Math.min(...starts)) / 1e6;
}
