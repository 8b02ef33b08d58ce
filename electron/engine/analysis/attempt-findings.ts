/** Findings about attempts: exceptions, time-outs, empty and late results, items that failed, retries, poisoned mini-batches. */
import { formatCount } from '../../contract/format.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { columnsOf, firstAttempts } from './columns.ts';
import { type FindingContext, MAX_EVIDENCE } from './finding-context.ts';
import { OUTCOME } from './join.ts';
import { attemptRefs, type Ref } from './refs.ts';
import type { DraftFinding } from './run-info.ts';

/** What the attempts show, each kind with its figures and its first lines. */
export function attemptFindings({ db, cause, counts }: FindingContext): DraftFinding[] {
  const { attempts, batches } = columnsOf(db);
  let failed = 0;
  let timedOut = 0;
  let empty = 0;
  let retried = 0;
  let partial = 0;
  let lateResults = 0;
  const succeededOnce = new Uint8Array(batches.status.length);
  for (let row = 0; row < attempts.outcome.length; row++) {
    const outcome = at(attempts.outcome, row);
    if (outcome === OUTCOME.timed_out) timedOut++;
    if (outcome === OUTCOME.failed) {
      if (at(attempts.processed, row) === 1) empty++;
      else failed++;
    }
    if (outcome > OUTCOME.partial) continue;
    const batch = at(attempts.batch, row);
    if (succeededOnce[batch] === 1) lateResults++;
    succeededOnce[batch] = 1;
  }
  for (let ordinal = 0; ordinal < batches.status.length; ordinal++) {
    if (at(batches.attempts, ordinal) > 1) retried++;
    if (at(batches.status, ordinal) === OUTCOME.partial) partial++;
  }
  const found: DraftFinding[] = [];
  const columns = columnsOf(db);
  const add = (
    kind: string,
    message: string,
    test: (row: number) => boolean,
    which: 'picked' | 'finished' = 'finished',
  ) => {
    const evidence = attemptRefs(db, firstAttempts(columns, MAX_EVIDENCE, test), which);
    found.push({ kind, confidence: 'certain', message, evidence });
  };
  const is = (outcome: number) => (row: number) => at(attempts.outcome, row) === outcome;
  const isAgain = (row: number) => at(attempts.attempt, row) > 1;
  if (failed > 0 && !(cause !== null && cause.kind === 'run_exception' && failed === 1)) {
    add(
      'run_exceptions',
      `run() raised in ${failed} of ${formatCount(attempts.outcome.length, 'attempt')}.`,
      (row) => is(OUTCOME.failed)(row) && at(attempts.processed, row) === 0,
    );
  }
  if (empty > 0)
    add(
      'empty_results',
      `run() returned nothing for any item of ${formatCount(empty, 'mini-batch', 'mini-batches')}.`,
      (row) => is(OUTCOME.failed)(row) && at(attempts.processed, row) === 1,
    );
  if (timedOut > 0)
    add(
      'run_timeouts',
      `run() timed out in ${timedOut} of ${formatCount(attempts.outcome.length, 'attempt')}.`,
      is(OUTCOME.timed_out),
    );
  if (partial > 0) {
    const items =
      counts.items.failed === null
        ? ''
        : ` (${counts.items.failed} of ${counts.items.total ?? '?'} items of the run failed)`;
    add(
      'items_failed',
      `${formatCount(partial, 'mini-batch was', 'mini-batches were')} processed with some items failed${items}.`,
      is(OUTCOME.partial),
    );
  }
  if (retried > 0) {
    add(
      'retries',
      `${formatCount(retried, 'mini-batch was', 'mini-batches were')} retried; ${countOf(db, "status IN ('succeeded', 'partial') AND attempts > 1")} of them succeeded in the end.`,
      isAgain,
      'picked',
    );
  }
  if (lateResults > 0) {
    add(
      'late_results',
      `${formatCount(lateResults, 'mini-batch was', 'mini-batches were')} processed twice: a slow attempt ended after its mini-batch had gone to another process.`,
      isAgain,
    );
  }
  return [...found, ...poisoned(db)];
}

function poisoned(db: ReadableDb): DraftFinding[] {
  const count = db
    .prepare("SELECT count(DISTINCT mini_batch_id) FROM task_event WHERE type = 'poisoned'")
    .pluck()
    .get() as number;
  if (count === 0) return [];
  const evidence = db
    .prepare(
      `SELECT file_id AS fileId, line FROM task_event WHERE type = 'poisoned' ORDER BY at_us, file_id, line LIMIT ${MAX_EVIDENCE}`,
    )
    .all() as Ref[];
  return [
    {
      kind: 'poisoned',
      confidence: 'certain',
      message: `The service gave up on ${formatCount(count, 'mini-batch', 'mini-batches')} after every allowed attempt failed.`,
      evidence,
    },
  ];
}

function countOf(db: ReadableDb, where: string): number {
  return db.prepare(`SELECT count(*) FROM mini_batch WHERE ${where}`).pluck().get() as number;
}
