/**
 * Puts two attempts side by side: what the tables say about each, and the aligned lines that each
 * process wrote during its attempt.
 */

import type { AttemptRow } from '../../contract/batch-records.ts';
import type { CancelSignal, CommandParams } from '../../contract/contract.ts';
import { emptyFilter } from '../../contract/empty-filter.ts';
import { PostrunError } from '../../contract/errors.ts';
import type { Filter } from '../../contract/filter.ts';
import type { AlignedAttempts, AttemptLines } from '../../contract/hits.ts';
import type { LineRow } from '../../contract/line-records.ts';
import { ATTEMPT_TAIL_US } from '../search/plan/block-ref.ts';
import { alignLines, type KindOf } from './align-lines.ts';

export interface AlignContext {
  attemptsOf: (miniBatchId: string) => readonly AttemptRow[];
  /** The first lines that a filter lets through, in time order, and their total number. */
  lines: (filter: Filter, count: number) => Promise<{ rows: LineRow[]; total: number }>;
  kindOf: KindOf;
}

/** Aligns the first `maxLines` lines of each attempt. Throws `no_attempt`. */
export async function alignAttempts(
  { left, right, maxLines, clock }: CommandParams<'attempts.align'>,
  context: AlignContext,
  signal: CancelSignal,
): Promise<AlignedAttempts> {
  const of = async (key: { miniBatchId: string; attempt: number }): Promise<AttemptLines & { rows: LineRow[] }> => {
    const attempt = context.attemptsOf(key.miniBatchId).find((each) => each.attempt === key.attempt);
    if (attempt === undefined) {
      const what = `Mini-batch ${key.miniBatchId} has no attempt ${key.attempt}.`;
      throw new PostrunError('user', 'no_attempt', what);
    }
    const { rows, total } = await context.lines({ ...filterOf(attempt), clock }, maxLines);
    signal.throwIfAborted();
    return { attempt, lines: total, aligned: rows.length, rows };
  };
  const [a, b] = [await of(left), await of(right)];
  const only = ({ rows: _, ...rest }: AttemptLines & { rows: LineRow[] }): AttemptLines => rest;
  return { left: only(a), right: only(b), rows: alignLines(a.rows, b.rows, context.kindOf) };
}

/**
 * Returns a filter for the lines that the attempt's process wrote from its start to shortly after
 * its end.
 */
function filterOf({ miniBatchId, node, pid, startUs, endUs }: AttemptRow): Filter {
  const one = <T>(value: T | null) => ({ include: value === null ? [] : [value], exclude: [] });
  return {
    ...emptyFilter,
    miniBatch: one(miniBatchId),
    node: one(node),
    pid: one(pid),
    // Lines have millisecond times, so the line of the start may appear earlier than the start.
    fromUs: startUs === null ? null : startUs - 1_000,
    toUs: endUs === null ? null : endUs + ATTEMPT_TAIL_US,
  };
}
