/**
 * Stated error: the line from which a first cause was read, stored as an error. Parsers store
 * tracebacks and lines at level error, but a job result, the platform, an overview or a launcher
 * states the cause in plain text. Adding that line lets the list of errors begin with what the
 * verdict names.
 */
import type { ReadableDb, WritableDb } from '../store/open.ts';
import { type RowOf, selectRows } from '../store/select.ts';
import { errorAt, exceptionIn, tellingLine } from './error-detail.ts';
import type { Ref } from './refs.ts';
import type { StoredCause } from './run-info.ts';

/** Unit of rows that no file's reading produced. Real units start at 1. */
const DERIVED_UNIT = 0;
/** Types of statements that name a failure. */
const TYPES = ['failure', 'result', 'stop_reason', 'phase', 'cause', 'last_words', 'lost', 'node_left', 'driver_exit'];

/** Removes what {@link storeStatedError} wrote. */
export function clearStatedError(db: WritableDb): void {
  db.prepare('DELETE FROM error_event WHERE unit_id = ?').run(DERIVED_UNIT);
}

/**
 * Stores the line of the cause as an error unless an error already includes it. A cancellation is
 * not an error.
 */
export function storeStatedError(db: WritableDb, cause: StoredCause | null): void {
  const ref = cause?.evidence[0];
  if (cause === null || cause.kind === 'cancelled' || ref === undefined || errorAt(db, ref) !== undefined) return;
  const stated = statementAt(db, ref) ?? failedAttempt(db, ref, cause.miniBatchId);
  if (stated === undefined) return;
  const text = stated.message.includes(cause.message) ? cause.message : tellingLine(stated.message);
  const exception = exceptionIn(text);
  db.prepare(
    `INSERT INTO error_event (file_id, line, lines, at_us, node, level, chain, message, messages, user_frames, unit_id, tail)
     VALUES (?, ?, 1, ?, ?, 4, ?, ?, '[]', '[]', ${DERIVED_UNIT}, 0)`,
  ).run(
    ...[ref.fileId, ref.line, stated.atUs, stated.node],
    ...[JSON.stringify(exception === null ? [] : [exception.class]), exception?.message ?? text],
  );
}

const statementColumns = {
  atUs: 'number?',
  node: 'text?',
  message: 'text',
} as const;
type Statement = RowOf<typeof statementColumns>;

/** Returns the error that a table row gives for an attempt. */
function failedAttempt(db: ReadableDb, { fileId, line }: Ref, miniBatchId: string | null): Statement | undefined {
  return selectRows(
    db,
    `SELECT end_us AS atUs, node, error AS message FROM attempt
       WHERE mini_batch_id = ? AND finished_file_id = ? AND finished_line = ? AND error IS NOT NULL`,
    statementColumns,
  ).get(miniBatchId, fileId, line);
}

/**
 * Returns the statement that a line makes about the run or about a process's init(); undefined if
 * it only gives a figure or a time.
 */
function statementAt(db: ReadableDb, { fileId, line }: Ref): Statement | undefined {
  const types = TYPES.map((type) => `'${type}'`).join(', ');
  return selectRows(
    db,
    `SELECT at_us AS atUs, node, message FROM run_event
       WHERE file_id = @fileId AND line = @line AND type IN (${types}) AND message IS NOT NULL
       UNION ALL SELECT at_us, node, detail FROM process_event
       WHERE file_id = @fileId AND line = @line AND type IN ('init_failed', 'init_timed_out', 'run_failed') AND detail IS NOT NULL
       LIMIT 1`,
    statementColumns,
  ).get({ fileId, line });
}
