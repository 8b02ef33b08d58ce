/** Finds an init() that failed or did not end, as a candidate for the first cause. */
import type { CauseKind } from '../../contract/run-info.ts';
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectRows } from '../store/select.ts';
import { type Candidate, refOfEvent } from './candidate.ts';
import { type ErrorRow, errorAt, exceptionOf, exceptionText, phaseOfError, selectErrors } from './error-detail.ts';
import type { Evidence } from './evidence.ts';
import { firstLine, troubleOf } from './meaning.ts';

const initColumns = {
  type: 'text',
  atUs: 'number?',
  node: 'text?',
  pid: 'number?',
  detail: 'text?',
  fileId: 'number',
  /** 1-based. */
  line: 'number',
} as const;
type InitRow = RowOf<typeof initColumns>;

/** Kinds that say more than "init() failed". */
const FINER: readonly CauseKind[] = ['disk_full', 'out_of_memory', 'download_failed', 'import_error'];

/**
 * Returns the first init() that failed or timed out, as `import_error` or the like if that was the
 * reason.
 */
export function initCause(db: ReadableDb, evidence: Evidence): Candidate | null {
  const { attempts } = evidence;
  const rows = selectRows(
    db,
    `SELECT file_id AS fileId, line, type, at_us AS atUs, node, pid, detail FROM process_event
         WHERE type IN ('init_failed', 'init_timed_out') ORDER BY at_us IS NULL, at_us, file_id, line LIMIT 200`,
    initColumns,
  )
    .all()
    .filter((row) => attempts.of(row.fileId, row.atUs) === attempts.last);
  const said = evidence.events.filter(
    (event) =>
      (event.type === 'cause' && (event.name === 'init_failed' || event.name === 'init_timeout')) ||
      (event.type === 'failure' && /\binit\(\)/.test(event.message ?? '')),
  );
  // The count of failures states it. The text around the count may begin with consequences.
  said.sort((a, b) => Number(a.type !== 'cause') - Number(b.type !== 'cause'));
  const first = rows[0];
  if (first === undefined && said.length === 0) return null;
  const isTimeout =
    first !== undefined
      ? first.type === 'init_timed_out'
      : evidence.terminals.has('init_timeout') && !evidence.terminals.has('init_exception');
  const errors = isTimeout ? [] : initErrors(db, first);
  const error = errors[0];
  const text = `${first?.detail ?? ''} ${error?.chain ?? ''} ${error?.message ?? ''} ${said.map((event) => event.message).join(' ')}`;
  const trouble = isTimeout ? null : troubleOf(text);
  const finer = FINER.find((kind) => kind === trouble);
  const exception = error === undefined ? null : exceptionOf(error);
  const plain = first?.detail ?? error?.message ?? said[0]?.message ?? '';
  return {
    kind: finer ?? (isTimeout ? 'init_timeout' : 'init_failed'),
    confidence: first === undefined && error === undefined ? 'likely' : 'certain',
    message: isTimeout
      ? `init() did not end in time: ${firstLine(plain)}`
      : exception !== null
        ? `${exceptionText(exception)} in init()`
        : `init() raised: ${firstLine(plain) || 'the logs do not say what'}`,
    atUs: first?.atUs ?? error?.atUs ?? said[0]?.atUs ?? null,
    node: first?.node ?? error?.node ?? null,
    pid: first?.pid ?? error?.pid ?? null,
    miniBatchId: null,
    evidence: [...errors.slice(0, 4), ...rows.slice(0, 4), ...said.slice(0, 2)].map(refOfEvent),
  };
}

/**
 * Selects tracebacks of the first process whose init() failed, the user's own first. If no log
 * names a process, selects those raised in init(), otherwise the first of all.
 */
function initErrors(db: ReadableDb, first: InitRow | undefined): ErrorRow[] {
  const where = "e.chain <> '[]' AND f.kind IN ('user', 'worker', 'issues', 'result')";
  const order = "ORDER BY f.kind <> 'user', e.at_us IS NULL, e.at_us, e.file_id, e.line";
  if (first !== undefined) {
    if (first.pid !== null) {
      const own = selectErrors(db, `WHERE ${where} AND e.pid = ? ${order} LIMIT 40`).all(first.pid);
      const near = own.filter(
        (row) => phaseOfError(row) !== 'run' && (row.node === null || first.node === null || row.node === first.node),
      );
      if (near.length > 0) return near.slice(0, 4);
    }
    const there = errorAt(db, first);
    if (there !== undefined) return [there];
  }
  const all = selectErrors(db, `WHERE ${where} ${order} LIMIT 400`).all();
  const inInit = all.filter((row) => phaseOfError(row) === 'init');
  return (inInit.length > 0 ? inInit : all.filter((row) => phaseOfError(row) !== 'run')).slice(0, 4);
}
