/**
 * Pages of mini-batches and attempts. The order comes from columns, the rows of a page from their
 * tables by key.
 */

import type { AttemptRow, MiniBatchRow, Outcome } from '../../contract/batch-records.ts';
import type { CommandParams, CommandResult } from '../../contract/contract.ts';
import type { Filter } from '../../contract/filter.ts';
import type { LineRef } from '../../contract/line-records.ts';
import { argsort, at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { namesOf, type RowOf, selectRows, word } from '../store/select.ts';
import { ClockAlign, type ClockChoice } from './clocks.ts';
import { columnsOf, type DerivedColumns, memoized } from './columns.ts';
import { readMentions } from './mentions.ts';
import { type LineText, RefReader, refOf } from './refs.ts';
import { filterKey, selectAttempts, selectBatches } from './selection.ts';

type BatchSort = CommandParams<'batches.page'>['sort'];

/** Limit on lines of other logs that name a mini-batch. */
const MAX_MENTIONS = 500;

const batchTableColumns = {
  id: 'text',
  ordinal: 'number',
  status: word<Outcome>(),
  attempts: 'number',
  node: 'text?',
  pid: 'number?',
  total: 'number?',
  succeeded: 'number?',
  failed: 'number?',
  start_us: 'number?',
  end_us: 'number?',
  duration_seconds: 'number?',
} as const;
type BatchTableRow = RowOf<typeof batchTableColumns>;

/** Returns mini-batches in the requested order. Rows without the sorted value come last. */
export function miniBatchPage(db: ReadableDb, params: CommandParams<'batches.page'>): CommandResult<'batches.page'> {
  const { filter, sort, descending, start, count } = params;
  const order = memoized(db, `order ${sort} ${descending} ${filterKey(filter)}`, () =>
    sort === 'miniBatchId' && !descending
      ? selectBatches(db, filter)
      : sortBatches(
          columnsOf(db, filter.clock),
          selectBatches(db, filter),
          firstStarts(db, filter.clock),
          sort,
          descending,
        ),
  );
  const total = order === null ? memoized(db, 'batches', (columns) => columns.batches.status.length) : order.length;
  const ordinals: number[] = [];
  for (let i = start; i < Math.min(start + count, total); i++) ordinals.push(order === null ? i : at(order, i));
  return { total, rows: readBatches(db, ordinals, filter.clock) };
}

/** Reads mini-batches by ordinal, in the given order. */
function readBatches(db: ReadableDb, ordinals: readonly number[], choice: ClockChoice = 'written'): MiniBatchRow[] {
  const clock = new ClockAlign(db, choice);
  const select = selectRows(
    db,
    `SELECT ${namesOf(batchTableColumns)} FROM mini_batch WHERE ordinal = ?`,
    batchTableColumns,
  );
  const starts = selectRows(db, 'SELECT node, start_us FROM attempt WHERE mini_batch_id = ?', {
    node: 'text?',
    start_us: 'number?',
  });
  const rows: MiniBatchRow[] = [];
  for (const ordinal of ordinals) {
    const row = select.get(ordinal);
    if (row !== undefined) rows.push(toMiniBatch(row, earliest(starts.all(row.id), clock), clock));
  }
  return rows;
}

/** Converts a row. `startUs` is the first pick-up; everything else describes the last attempt. */
function toMiniBatch(row: BatchTableRow, startUs: number | null, clock: ClockAlign): MiniBatchRow {
  return {
    miniBatchId: row.id,
    status: row.status,
    attempts: row.attempts,
    node: row.node,
    pid: row.pid,
    total: row.total,
    succeeded: row.succeeded,
    failed: row.failed,
    startUs,
    endUs: clock.alignKnown(row.node, row.end_us),
    durationSeconds: row.duration_seconds,
  };
}

function sortBatches(
  columns: DerivedColumns,
  selected: Int32Array | null,
  starts: Float64Array,
  sort: BatchSort,
  descending: boolean,
): Int32Array {
  const { attempts, batches } = columns;
  const count = batches.status.length;
  const keys = new Float64Array(count);
  for (let ordinal = 0; ordinal < count; ordinal++) {
    const last = at(batches.last, ordinal);
    let key: number;
    if (sort === 'miniBatchId') key = ordinal;
    else if (sort === 'status') key = at(batches.status, ordinal);
    else if (sort === 'attempts' || sort === 'retries') key = at(batches.attempts, ordinal);
    else if (sort === 'startUs') key = at(starts, ordinal);
    else key = last < 0 ? Number.NaN : attemptKey(columns, sort, last);
    keys[ordinal] = descending ? -key : key;
  }
  return argsort(keys, selected ?? undefined);

  function attemptKey({ processes }: DerivedColumns, by: BatchSort, row: number): number {
    const duration = at(attempts.duration, row);
    const total = at(attempts.total, row);
    const succeeded = at(attempts.succeeded, row);
    switch (by) {
      case 'node':
        return orUnknown(at(attempts.node, row));
      case 'pid':
        return orUnknown(processes.pid[at(attempts.process, row)] ?? -1);
      case 'total':
        return orUnknown(total);
      case 'succeeded':
        return orUnknown(succeeded);
      case 'failed':
        return total < 0 || succeeded < 0 ? Number.NaN : total - succeeded;
      case 'endUs':
        return at(attempts.startUs, row) + Math.round(duration * 1e6);
      case 'durationSeconds':
        return Math.round(duration * 1e6);
      default:
        return Number.NaN;
    }
  }
}

/** Returns the first pick-up of each mini-batch; NaN if no attempt has a start. */
function firstStarts(db: ReadableDb, clock: ClockChoice): Float64Array {
  return memoized(db, `first starts ${clock}`, () => {
    const { attempts, batches } = columnsOf(db, clock);
    const starts = new Float64Array(batches.status.length).fill(Number.NaN);
    attempts.startUs.forEach((start, row) => {
      const batch = at(attempts.batch, row);
      const before = at(starts, batch);
      if (batch >= 0 && (Number.isNaN(before) || start < before)) starts[batch] = start;
    });
    return starts;
  });
}

function orUnknown(value: number): number {
  return value < 0 ? Number.NaN : value;
}

const attemptTableColumns = {
  mini_batch_id: 'text',
  attempt: 'number',
  node: 'text?',
  pid: 'number?',
  process: 'text?',
  start_us: 'number?',
  end_us: 'number?',
  duration_seconds: 'number?',
  process_seconds: 'number?',
  run_method_seconds: 'number?',
  total: 'number?',
  succeeded: 'number?',
  failed: 'number?',
  outcome: word<Outcome>(),
  error: 'text?',
  picked_file_id: 'number?',
  picked_line: 'number?',
  finished_file_id: 'number?',
  finished_line: 'number?',
} as const;
type AttemptTableRow = RowOf<typeof attemptTableColumns>;

function toAttempt(row: AttemptTableRow, refs: RefReader, clock: ClockAlign): AttemptRow {
  const read = (fileId: number | null, line: number | null): LineRef | null => {
    const ref = refOf(fileId, line);
    return ref === null ? null : refs.read(ref);
  };
  return {
    miniBatchId: row.mini_batch_id,
    attempt: row.attempt,
    node: row.node,
    pid: row.pid,
    process: row.process,
    startUs: clock.alignKnown(row.node, row.start_us),
    endUs: clock.alignKnown(row.node, row.end_us),
    durationSeconds: row.duration_seconds,
    processSeconds: row.process_seconds,
    runMethodSeconds: row.run_method_seconds,
    total: row.total,
    succeeded: row.succeeded,
    failed: row.failed,
    outcome: row.outcome,
    error: row.error,
    pickedUp: read(row.picked_file_id, row.picked_line),
    finished: read(row.finished_file_id, row.finished_line),
  };
}

/** Returns attempts ordered by start. */
export function attemptPage(
  db: ReadableDb,
  params: CommandParams<'attempts.page'>,
  lineText: LineText,
): CommandResult<'attempts.page'> {
  const rows = inTimeOrder(db, params.filter);
  const total = rows === null ? memoized(db, 'attempts', (columns) => columns.attempts.startUs.length) : rows.length;
  const to = Math.min(params.start + params.count, total);
  const ids: number[] = [];
  for (let i = params.start; i < to; i++) ids.push((rows === null ? i : at(rows, i)) + 1);
  return { total, rows: readAttempts(db, ids, lineText, params.filter.clock) };
}

/**
 * Returns the attempts that the filter lets through, ordered by start; null means all, in the order
 * of their ids.
 */
function inTimeOrder(db: ReadableDb, filter: Filter): Int32Array | null {
  const selected = selectAttempts(db, filter);
  // Ids follow the starts as written.
  if (!new ClockAlign(db, filter.clock).isShifting) return selected;
  return memoized(db, `ordered ${filterKey(filter)}`, () =>
    argsort(columnsOf(db, filter.clock).attempts.startUs, selected ?? undefined),
  );
}

/** Reads attempts by `attempt.id`, in the given order. */
function readAttempts(
  db: ReadableDb,
  ids: readonly number[],
  lineText: LineText,
  choice: ClockChoice = 'written',
): AttemptRow[] {
  const clock = new ClockAlign(db, choice);
  const refs = new RefReader(db, lineText);
  const select = selectRows(
    db,
    `SELECT ${namesOf(attemptTableColumns)} FROM attempt WHERE id = ?`,
    attemptTableColumns,
  );
  const rows: AttemptRow[] = [];
  for (const id of ids) {
    const row = select.get(id);
    if (row !== undefined) rows.push(toAttempt(row, refs, clock));
  }
  return rows;
}

/**
 * Returns a mini-batch with its attempts and the other lines that name it: events that are not an
 * attempt's own line, and errors, in time order.
 */
export function miniBatchGet(
  db: ReadableDb,
  params: { miniBatchId: string; clock?: ClockChoice },
  lineText: LineText,
): CommandResult<'batches.get'> {
  const row = selectRows(
    db,
    `SELECT ${namesOf(batchTableColumns)} FROM mini_batch WHERE id = ?`,
    batchTableColumns,
  ).get(params.miniBatchId);
  if (row === undefined) return null;
  const refs = new RefReader(db, lineText);
  const clock = new ClockAlign(db, params.clock);
  const attemptRows = selectRows(
    db,
    `SELECT ${namesOf(attemptTableColumns)} FROM attempt WHERE mini_batch_id = ? ORDER BY attempt`,
    attemptTableColumns,
  ).all(params.miniBatchId);
  const own = new Set<string>();
  for (const attempt of attemptRows) {
    own.add(`${attempt.picked_file_id}:${attempt.picked_line}`);
    own.add(`${attempt.finished_file_id}:${attempt.finished_line}`);
  }
  const mentioned = readMentions(db, row).filter(({ fileId, line }) => !own.has(`${fileId}:${line}`));
  return {
    batch: toMiniBatch(row, earliest(attemptRows, clock), clock),
    attempts: attemptRows.map((attempt) => toAttempt(attempt, refs, clock)),
    mentions: refs.readAll(mentioned.slice(0, MAX_MENTIONS)),
  };
}

type Started = Pick<AttemptTableRow, 'node' | 'start_us'>;

function earliest(attempts: readonly Started[], clock: ClockAlign): number | null {
  const starts = attempts.flatMap(({ node, start_us }) => (start_us === null ? [] : [clock.align(node, start_us)]));
  return starts.length === 0 ? null : Math.min(...starts);
}
