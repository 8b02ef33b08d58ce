/**
 * Findings about attempts: exceptions, timeouts, empty and late results, failed items, retries,
 * poisoned mini-batches.
 */
import { formatCount } from '../../contract/format.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, selectCells, selectRows } from '../store/select.ts';
import { columnsOf, type DerivedColumns, firstAttempts } from './columns.ts';
import { type FindingContext, MAX_EVIDENCE } from './finding-context.ts';
import { OUTCOME } from './join.ts';
import { attemptRefs } from './refs.ts';
import type { DraftFinding } from './run-info.ts';

/** Numbers of attempts and mini-batches by how they ended. */
interface Tally {
  attempts: number;
  failed: number;
  timedOut: number;
  empty: number;
  lateResults: number;
  retried: number;
  partial: number;
}

function tallyOf({ attempts, batches }: DerivedColumns): Tally {
  const tally = {
    attempts: attempts.outcome.length,
    failed: 0,
    timedOut: 0,
    empty: 0,
    lateResults: 0,
    retried: 0,
    partial: 0,
  };
  const succeededOnce = new Uint8Array(batches.status.length);
  for (let row = 0; row < attempts.outcome.length; row++) {
    const outcome = at(attempts.outcome, row);
    if (outcome === OUTCOME.timed_out) tally.timedOut++;
    if (outcome === OUTCOME.failed) {
      if (at(attempts.processed, row) === 1) tally.empty++;
      else tally.failed++;
    }
    if (outcome > OUTCOME.partial) continue;
    const batch = at(attempts.batch, row);
    if (succeededOnce[batch] === 1) tally.lateResults++;
    succeededOnce[batch] = 1;
  }
  for (let ordinal = 0; ordinal < batches.status.length; ordinal++) {
    if (at(batches.attempts, ordinal) > 1) tally.retried++;
    if (at(batches.status, ordinal) === OUTCOME.partial) tally.partial++;
  }
  return tally;
}

/** A kind of finding about attempts: its message and the attempts that show it. */
interface Kind {
  kind: string;
  count: number;
  message: string;
  shows: (row: number) => boolean;
  /** The line that shows it, if there is one. */
  line?: 'picked' | 'finished';
}

/** Returns one finding for each kind that occurs, with its figures and its first lines. */
export function attemptFindings(context: FindingContext): DraftFinding[] {
  const { db } = context;
  const columns = columnsOf(db);
  const tally = tallyOf(columns);
  const found = [...failureKinds(context, columns, tally), ...repetitionKinds(db, columns, tally)]
    .filter(({ count }) => count > 0)
    .map(({ kind, message, shows, line = 'finished' }): DraftFinding => {
      const evidence = attemptRefs(db, firstAttempts(columns, MAX_EVIDENCE, shows), line);
      return { kind, confidence: 'certain', message, evidence };
    });
  return [...found, ...poisoned(db)];
}

function failureKinds({ cause, counts }: FindingContext, { attempts }: DerivedColumns, tally: Tally): Kind[] {
  const is = (outcome: number) => (row: number) => at(attempts.outcome, row) === outcome;
  const hasFailed = (processed: 0 | 1) => (row: number) =>
    is(OUTCOME.failed)(row) && at(attempts.processed, row) === processed;
  const all = formatCount(tally.attempts, 'attempt');
  const isTold = cause !== null && cause.kind === 'run_exception' && tally.failed === 1;
  const { failed, total } = counts.items;
  const items = failed === null ? '' : ` (${failed} of ${total ?? '?'} items of the run failed)`;
  return [
    {
      kind: 'run_exceptions',
      count: isTold ? 0 : tally.failed,
      message: `run() raised in ${tally.failed} of ${all}.`,
      shows: hasFailed(0),
    },
    {
      kind: 'empty_results',
      count: tally.empty,
      message: `run() returned nothing for any item of ${formatCount(tally.empty, 'mini-batch', 'mini-batches')}.`,
      shows: hasFailed(1),
    },
    {
      kind: 'run_timeouts',
      count: tally.timedOut,
      message: `run() timed out in ${tally.timedOut} of ${all}.`,
      shows: is(OUTCOME.timed_out),
    },
    {
      kind: 'items_failed',
      count: tally.partial,
      message: `${formatCount(tally.partial, 'mini-batch was', 'mini-batches were')} processed with some items failed${items}.`,
      shows: is(OUTCOME.partial),
    },
  ];
}

function repetitionKinds(db: ReadableDb, { attempts }: DerivedColumns, { retried, lateResults }: Tally): Kind[] {
  const isAgain = (row: number) => at(attempts.attempt, row) > 1;
  const good = countOf(db, "status IN ('succeeded', 'partial') AND attempts > 1");
  return [
    {
      kind: 'retries',
      count: retried,
      message: `${formatCount(retried, 'mini-batch was', 'mini-batches were')} retried; ${good} of them succeeded in the end.`,
      shows: isAgain,
      line: 'picked',
    },
    {
      kind: 'late_results',
      count: lateResults,
      message: `${formatCount(lateResults, 'mini-batch was', 'mini-batches were')} processed twice: a slow attempt ended after its mini-batch had gone to another process.`,
      shows: isAgain,
    },
  ];
}

function poisoned(db: ReadableDb): DraftFinding[] {
  const count = only(
    selectCells(db, "SELECT count(DISTINCT mini_batch_id) FROM task_event WHERE type = 'poisoned'", 'number'),
  );
  if (count === 0) return [];
  const evidence = selectRows(
    db,
    `SELECT file_id AS fileId, line FROM task_event WHERE type = 'poisoned' ORDER BY at_us, file_id, line LIMIT ${MAX_EVIDENCE}`,
    { fileId: 'number', line: 'number' },
  ).all();
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
  return only(selectCells(db, `SELECT count(*) FROM mini_batch WHERE ${where}`, 'number'));
}
