/**
 * Completes a first cause beyond its kind: the exception, the user's frame, the input being
 * processed, the next step.
 */
import type { CauseKind } from '../../contract/run-info.ts';
import type { ExceptionInfo } from '../../contract/testimony.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectCells } from '../store/select.ts';
import type { Candidate } from './candidate.ts';
import {
  type ErrorRow,
  errorAt,
  exceptionIn,
  exceptionOf,
  exceptionText,
  frameOf,
  selectErrors,
  tellingLine,
} from './error-detail.ts';
import { firstLine, meaningOf } from './meaning.ts';
import type { Ref } from './refs.ts';
import type { StoredCause } from './run-info.ts';
import { isPointer, isServiceClass } from './service-words.ts';

/** Causes without an exception behind them: an error near them explains something else. */
const WITHOUT_EXCEPTION: ReadonlySet<CauseKind> = new Set([
  'init_timeout',
  'run_timeout',
  'node_lost',
  'process_killed',
  'no_progress',
  'error_threshold_exceeded',
  'cancelled',
  'first_task_timeout',
]);

const NEXT_STEPS: Partial<Record<CauseKind, string>> = {
  init_failed: 'Read the traceback; run init() of the entry script locally with the same arguments and files.',
  init_timeout: 'Make init() quicker, or raise --run_invocation_timeout; see whether the node was overloaded.',
  run_exception: 'Read the traceback; run the entry script locally on the mini-batch that failed first.',
  run_timeout: 'Make the mini-batches smaller, or raise --run_invocation_timeout; see where run() stood.',
  error_threshold_exceeded: 'Look at the first items that failed; -1 as --error_threshold ignores failed items.',
  process_killed: 'See what ended the process: its last lines, and the memory of its node.',
  no_progress: 'See where run() stood in the user logs; raise --progress_update_timeout if it is only slow.',
};

/** How long before the exception a script's own error lines still count as its reason. */
const PRINTED_BEFORE_US = 600_000_000;
const MAX_PRINTED = 3;

/** Completes a candidate into the first cause to store. */
export function completeCause(db: ReadableDb, candidate: Candidate): { cause: StoredCause; printed: Ref[] } {
  const { atUs, ...cause } = candidate;
  const row = WITHOUT_EXCEPTION.has(cause.kind) ? undefined : errorBehind(db, candidate);
  const spoken = WITHOUT_EXCEPTION.has(cause.kind) ? null : exceptionIn(cause.message);
  const exception = (row === undefined ? null : exceptionOf(row)) ?? spoken;
  const printed = row === undefined ? [] : printedBefore(db, row, candidate);
  const isExit = exception?.class === 'SystemExit';
  // An exit code says nothing, so the reason is what the program printed.
  const reason = isExit ? printed.at(-1) : undefined;
  const text = `${cause.message} ${reason?.message ?? ''} ${row?.chain ?? ''} ${row?.message ?? ''}`;
  const meaning = cause.kind === 'cancelled' ? null : meaningOf(text);
  const refs = printed.map(({ fileId, line }) => ({ fileId, line }));
  const whole = {
    ...cause,
    message: reason === undefined ? worded(cause.message, exception) : `${cause.message}: ${reasonIn(reason.message)}`,
    exception,
    frame: row === undefined ? null : frameOf(row),
    item: itemOf(db, candidate, row),
    nextStep: meaning?.nextStep ?? NEXT_STEPS[cause.kind] ?? null,
    evidence: isExit ? [...cause.evidence.slice(0, 2), ...refs, ...cause.evidence.slice(2)] : cause.evidence,
  };
  return { cause: whole, printed: refs };
}

/**
 * Puts the exception's class before a message that is only the exception's text, as Python prints
 * it.
 */
function worded(message: string, exception: ExceptionInfo | null): string {
  if (exception === null || message.includes(exception.class)) return message;
  const text = tellingLine(exception.message);
  return text !== '' && message.includes(text) ? exceptionText(exception) : message;
}

/** Removes the program's name: `score.py: error: the following arguments are required: --a`. */
function reasonIn(message: string): string {
  return firstLine(message).replace(/^\S+(?: \S+){0,3}: error: /, '');
}

/**
 * Returns the error behind a cause: the first of its evidence with an exception that is not the
 * service's own. An error that only points elsewhere, such as the driver's exit code, is behind
 * nothing but itself.
 */
function errorBehind(db: ReadableDb, { evidence }: Candidate): ErrorRow | undefined {
  const found = evidence.flatMap((ref, index) => {
    const row = errorAt(db, ref);
    if (row === undefined) return [];
    const exception = exceptionOf(row);
    const isDriverExit = row.kind === 'driver' && exception !== null && isPointer(exceptionText(exception));
    return index > 0 && isDriverExit ? [] : [{ row, isOwn: exception !== null && !isServiceClass(exception.class) }];
  });
  const best = found.find(({ row, isOwn }) => isOwn && row.chain !== '[]') ?? found.find(({ isOwn }) => isOwn);
  return (best ?? found[0])?.row;
}

/**
 * Selects error lines that a script of the same process wrote shortly before the exception, oldest
 * first.
 */
function printedBefore(db: ReadableDb, row: ErrorRow, { node, pid, atUs }: Candidate): ErrorRow[] {
  const process = row.process ?? null;
  if (process === null && pid === null) return [];
  const untilUs = (row.atUs ?? atUs) === null ? null : ((row.atUs ?? atUs) as number) + 1_000_000;
  const rows = selectErrors(
    db,
    `WHERE f.kind = 'user' AND e.chain = '[]' AND (e.node IS NULL OR ? IS NULL OR e.node = ?)
         AND ((e.process IS NOT NULL AND e.process = ?) OR (e.pid IS NOT NULL AND e.pid = ?))
         AND (e.at_us IS NULL OR ? IS NULL OR e.at_us BETWEEN ? AND ?)
         AND NOT (e.file_id = ? AND e.line >= ?)
       ORDER BY e.at_us IS NULL, e.at_us DESC, e.line DESC LIMIT ${MAX_PRINTED}`,
  ).all(
    ...[row.node ?? node, row.node ?? node, process, row.pid ?? pid],
    ...[untilUs, (untilUs ?? 0) - PRINTED_BEFORE_US, untilUs],
    ...[row.fileId, row.line],
  );
  return rows.reverse();
}

/**
 * Returns the input being processed: the one that the error names, otherwise the mini-batch's only
 * one.
 */
function itemOf(db: ReadableDb, { miniBatchId }: Candidate, row: ErrorRow | undefined): string | null {
  const id = miniBatchId ?? row?.miniBatchId ?? null;
  if (id === null) return null;
  const inputs = selectCells(db, 'SELECT inputs FROM mini_batch WHERE id = ?', 'text?').get(id);
  if (inputs === null || inputs === undefined) return null;
  const names = [...inputs.matchAll(/"((?:[^"\\]|\\.)+)"|'((?:[^'\\]|\\.)+)'/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  const text = row?.message ?? '';
  const named = names.find((name) => text.includes(name.slice(name.lastIndexOf('/') + 1)));
  return named ?? (names.length === 1 ? (names[0] ?? null) : null);
}
