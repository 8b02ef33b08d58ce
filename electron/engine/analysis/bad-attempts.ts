/** Finds the first attempts that went wrong, as candidates for the first cause. */
import { formatCount } from '../../contract/format.ts';
import type { CauseKind } from '../../contract/run-info.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { namesOf, only, type RowOf, selectRows } from '../store/select.ts';
import type { Candidate } from './candidate.ts';
import { ClockAlign } from './clocks.ts';
import { columnsOf } from './columns.ts';
import type { RunCounts } from './counts.ts';
import { type ErrorRow, exceptionOf, exceptionText, selectErrors } from './error-detail.ts';
import { OUTCOME } from './join.ts';
import { firstLine, troubleOf } from './meaning.ts';
import { refOf } from './refs.ts';

const attemptColumns = {
  mini_batch_id: 'text',
  node: 'text?',
  pid: 'number?',
  end_us: 'number?',
  start_us: 'number?',
  outcome: 'text',
  error: 'text?',
  total: 'number?',
  picked_file_id: 'number?',
  picked_line: 'number?',
  finished_file_id: 'number?',
  finished_line: 'number?',
} as const;
type AttemptRow = RowOf<typeof attemptColumns>;

/**
 * How far around an attempt's end to look for evidence of its error. The logs are of one node, so
 * they share one clock.
 */
const AROUND_US = 3_000_000;

/**
 * Returns the first attempt that raised, the first that returned nothing and the first that timed
 * out, among mini-batches that never succeeded: trouble on the way to success did not fail the run.
 * If there are none, returns the mini-batch whose failed items exceeded the threshold. Compares
 * times of nodes on the master's clock.
 */
export function firstBadAttempts(db: ReadableDb, counts: RunCounts): Candidate[] {
  const { attempts, batches, nodes } = columnsOf(db);
  const clock = new ClockAlign(db);
  const shifts = clock.shifts(nodes);
  const first = new Map<string, { row: number; time: number }>();
  const told = db.prepare('SELECT end_us FROM attempt WHERE id = ?').pluck();
  const endOf = (row: number) => {
    const duration = at(attempts.duration, row);
    const start = at(attempts.startUs, row);
    // If no log tells the start of an attempt, the line that ended it may still have a time.
    const end = Number.isNaN(start) ? told.get(row + 1) : start + (Number.isNaN(duration) ? 0 : duration * 1e6);
    return typeof end === 'number' ? end - (shifts[at(attempts.node, row)] ?? 0) : Number.MAX_SAFE_INTEGER;
  };
  const note = (key: string, row: number) => {
    const time = endOf(row);
    const before = first.get(key);
    if (before === undefined || time < before.time) first.set(key, { row, time });
  };
  // The attempt was processed, but none of its items succeeded.
  const isEmpty = (row: number) => at(attempts.processed, row) === 1 && at(attempts.total, row) > 0;
  const short: number[] = [];
  for (let row = 0; row < attempts.outcome.length; row++) {
    const outcome = at(attempts.outcome, row);
    if (outcome === OUTCOME.partial) short.push(row);
    if (outcome !== OUTCOME.failed && outcome !== OUTCOME.timed_out) continue;
    const status = at(batches.status, at(attempts.batch, row));
    if (status === OUTCOME.succeeded || status === OUTCOME.partial) continue;
    if (outcome === OUTCOME.timed_out) note('timed_out', row);
    else note(isEmpty(row) ? 'empty' : 'failed', row);
  }
  const candidates: Candidate[] = [];
  for (const key of ['failed', 'empty', 'timed_out']) {
    const found = first.get(key);
    if (found !== undefined) {
      const atUs = found.time === Number.MAX_SAFE_INTEGER ? null : found.time;
      candidates.push({ ...candidateOf(db, found.row, isEmpty(found.row)), atUs });
    }
  }
  const threshold = counts.items.errorThreshold;
  if (candidates.length > 0 || short.length === 0 || threshold === null || threshold < 0) return candidates;
  short.sort((a, b) => endOf(a) - endOf(b));
  let failed = 0;
  for (const row of short) {
    failed += at(attempts.total, row) - at(attempts.succeeded, row);
    if (failed <= threshold) continue;
    const base = candidateOf(db, row);
    const message = `run() returned fewer items than it was given; with mini-batch ${base.miniBatchId} ${formatCount(failed, 'item')} had failed, more than the error threshold of ${threshold}`;
    const earliest = candidateOf(db, short[0] ?? row);
    const evidence = [...base.evidence, ...earliest.evidence];
    return [{ ...base, kind: 'error_threshold_exceeded', message, atUs: endOf(row), evidence }];
  }
  return [];
}

function candidateOf(db: ReadableDb, row: number, isEmpty = false): Candidate {
  const attempt = only(
    selectRows(db, `SELECT ${namesOf(attemptColumns)} FROM attempt WHERE id = ?`, attemptColumns),
    row + 1,
  );
  const errors = errorsOf(db, attempt);
  const text = `${attempt.error ?? ''} ${errors.map((error) => `${error.chain} ${error.message}`).join(' ')}`;
  const evidence = [
    ...errors.map(({ fileId, line }) => ({ fileId, line })),
    refOf(attempt.finished_file_id, attempt.finished_line),
    refOf(attempt.picked_file_id, attempt.picked_line),
  ].filter((ref) => ref !== null);
  const common = {
    confidence: 'certain' as const,
    atUs: attempt.end_us ?? attempt.start_us,
    node: attempt.node,
    pid: attempt.pid,
    miniBatchId: attempt.mini_batch_id,
    evidence,
  };
  if (attempt.outcome === 'timed_out') {
    return {
      ...common,
      kind: 'run_timeout',
      message: `run() of mini-batch ${attempt.mini_batch_id} did not end in time`,
    };
  }
  if (isEmpty && attempt.error === null && errors.length === 0 && attempt.total !== null) {
    return {
      ...common,
      kind: 'bad_return_type',
      message: `run() returned nothing for the ${formatCount(attempt.total, 'item')} of mini-batch ${attempt.mini_batch_id}`,
    };
  }
  const spoken = troubleOf(text);
  const kind: CauseKind = spoken === null || spoken === 'node_lost' ? 'run_exception' : spoken;
  const traceback = errors.find((error) => error.chain !== '[]');
  const exception = traceback === undefined ? null : exceptionOf(traceback);
  const message =
    exception === null ? (attempt.error ?? errors[0]?.message ?? 'run() raised') : exceptionText(exception);
  return { ...common, kind, message: firstLine(message) };
}

/** Selects the errors of the attempt's process around its end, the user's traceback first. */
function errorsOf(db: ReadableDb, attempt: AttemptRow): ErrorRow[] {
  const endUs = attempt.end_us ?? attempt.start_us;
  if (endUs === null || attempt.pid === null) {
    return selectErrors(
      db,
      `WHERE e.mini_batch_id = ? ORDER BY e.chain = '[]', e.at_us, e.file_id, e.line LIMIT 4`,
    ).all(attempt.mini_batch_id);
  }
  const rows = selectErrors(
    db,
    `WHERE e.pid = ? AND (e.node = ? OR e.node IS NULL) AND e.at_us BETWEEN ? AND ?
         AND (e.mini_batch_id IS NULL OR e.mini_batch_id = ?)
       ORDER BY e.chain = '[]', f.kind <> 'user', abs(e.at_us - ?), e.file_id, e.line LIMIT 6`,
  ).all(attempt.pid, attempt.node, endUs - AROUND_US, endUs + AROUND_US, attempt.mini_batch_id, endUs);
  return rows;
}
