/**
 * Groups failed and retried mini-batches by how they ended and what was said, however many there
 * are.
 */
import type { Outcome } from '../../contract/batch-records.ts';
import type { ReportScope } from '../../contract/report.ts';
import type { Report } from '../../contract/report-model.ts';
import { RefReader, refOf } from '../analysis/refs.ts';
import { type RowOf, selectCells, selectRows, selectTuples, word } from '../store/select.ts';
import { type CaseView, clip, isoTime, quoteRef, take } from './case-view.ts';

const MAX_GROUPS = 40;
const MAX_IDS = 40;
const MAX_ROWS = 30;
const MAX_ATTEMPTS = 12;
const MAX_INPUTS = 500;
const MAX_ERROR = 500;

const batchColumns = {
  id: 'text',
  ordinal: 'number',
  status: word<Outcome>(),
  attempts: 'number',
  failed: 'number?',
  endUs: 'number?',
} as const;

interface BatchRow extends RowOf<typeof batchColumns> {
  error: string | null;
}

interface Group {
  status: Outcome;
  reason: string;
  rows: BatchRow[];
  retried: number;
  failedItems: number | null;
  firstUs: number | null;
  lastUs: number | null;
}

/** Matches the parts that vary between equal errors: quoted texts and numbers. */
const variable = /'[^'\n]{0,200}'|"[^"\n]{0,200}"|(?<![\w./\\-])[\w./\\-]*?\d[\w./\\-]*/g;

function reasonOf(row: BatchRow): string {
  if (row.error === null || row.error === '') {
    if (row.status === 'succeeded') return 'retried, succeeded in the end';
    if (row.status === 'partial') return 'some of its items failed';
    if (row.status === 'timed_out') return 'did not end in time';
    if (row.status === 'unfinished')
      return row.attempts === 0 ? 'was never picked up' : 'was picked up and never finished';
    return 'failed; the logs do not say why';
  }
  const line = row.error.split('\n', 1)[0] ?? '';
  return clip(line, MAX_ERROR).replace(variable, '<…>');
}

/** Returns null for a scope of lines. `ids` restricts the result to these. */
export function batchesOf(view: CaseView, scope: ReportScope, ids: ReadonlySet<string> | null): Report['batches'] {
  const { db } = view;
  const where =
    scope.kind === 'node'
      ? 'b.id IN (SELECT mini_batch_id FROM attempt WHERE node = @id)'
      : scope.kind === 'batch'
        ? 'b.id = @id'
        : '1';
  const troubled = scope.kind === 'batch' ? '1' : "(b.status <> 'succeeded' OR b.attempts > 1)";
  const id = scope.kind === 'node' || scope.kind === 'batch' ? { id: scope.id } : {};
  // Two plain reads and a map: for 100,000 ids, a join on their text takes three times as long.
  const errors = new Map(
    selectTuples(
      db,
      `SELECT mini_batch_id, error FROM attempt
       WHERE error IS NOT NULL ${scope.kind === 'batch' ? 'AND mini_batch_id = @id' : ''}
       ORDER BY mini_batch_id, attempt`,
      ['text', 'text'],
    ).all(scope.kind === 'batch' ? id : {}),
  );
  const found = selectRows(
    db,
    `SELECT id, ordinal, status, attempts, failed, end_us AS endUs FROM mini_batch b
     WHERE ${troubled} AND ${where} ORDER BY ordinal`,
    batchColumns,
  ).all(id);
  const rows: BatchRow[] = found.map((row) => ({ ...row, error: errors.get(row.id) ?? null }));
  const groups = new Map<string, Group>();
  let total = 0;
  for (const row of rows) {
    if (ids !== null && !ids.has(row.id)) continue;
    total++;
    const reason = reasonOf(row);
    const key = `${row.status} ${reason}`;
    const group = groups.get(key) ?? newGroup(row.status, reason);
    groups.set(key, group);
    group.rows.push(row);
    if (row.attempts > 1) group.retried++;
    if (row.failed !== null) group.failedItems = (group.failedItems ?? 0) + row.failed;
    if (row.endUs !== null) {
      group.firstUs = Math.min(group.firstUs ?? row.endUs, row.endUs);
      group.lastUs = Math.max(group.lastUs ?? row.endUs, row.endUs);
    }
  }
  const rank: Record<Outcome, number> = { failed: 0, timed_out: 1, partial: 2, unfinished: 3, succeeded: 4 };
  const sorted = [...groups.values()].sort(
    (a, b) => rank[a.status] - rank[b.status] || b.rows.length - a.rows.length || (a.reason < b.reason ? -1 : 1),
  );
  const listed = take(sorted, MAX_GROUPS);
  const chosen = chooseRows(listed.rows);
  return {
    total,
    groups: listed.rows.map((group) => ({
      status: group.status,
      reason: group.reason,
      count: group.rows.length,
      retried: group.retried,
      failedItems: group.failedItems,
      firstAt: isoTime(group.firstUs),
      lastAt: isoTime(group.lastUs),
      miniBatchIds: group.rows.slice(0, MAX_IDS).map((row) => row.id),
      omittedIds: Math.max(0, group.rows.length - MAX_IDS),
    })),
    omittedGroups: listed.omitted,
    omittedInGroups: sorted.slice(MAX_GROUPS).reduce((sum, group) => sum + group.rows.length, 0),
    rows: readRows(view, chosen),
    omittedRows: total - chosen.length,
  };
}

function newGroup(status: Outcome, reason: string): Group {
  return { status, reason, rows: [], retried: 0, failedItems: null, firstUs: null, lastUs: null };
}

/**
 * Chooses the most often tried of each group in turn, so that every group appears before one
 * appears twice.
 */
function chooseRows(groups: readonly Group[]): BatchRow[] {
  const queues = groups.map((group) =>
    [...group.rows].sort((a, b) => b.attempts - a.attempts || a.ordinal - b.ordinal).slice(0, MAX_ROWS),
  );
  const chosen: BatchRow[] = [];
  for (let turn = 0; turn < MAX_ROWS && chosen.length < MAX_ROWS; turn++) {
    for (const queue of queues) {
      const row = queue[turn];
      if (row !== undefined && chosen.length < MAX_ROWS) chosen.push(row);
    }
  }
  return chosen;
}

const attemptColumns = {
  attempt: 'number',
  outcome: word<Outcome>(),
  node: 'text?',
  pid: 'number?',
  process: 'text?',
  startUs: 'number?',
  seconds: 'number?',
  total: 'number?',
  failed: 'number?',
  error: 'text?',
  fileId: 'number?',
  line: 'number?',
} as const;

function readRows(view: CaseView, rows: readonly BatchRow[]): NonNullable<Report['batches']>['rows'] {
  const refs = new RefReader(view.db, view.lineText);
  const inputs = selectCells(view.db, 'SELECT inputs FROM mini_batch WHERE id = ?', 'text?');
  const attempts = selectRows(
    view.db,
    `SELECT attempt, outcome, node, pid, process, start_us AS startUs, duration_seconds AS seconds, total, failed, error,
       coalesce(finished_file_id, picked_file_id) AS fileId,
       CASE WHEN finished_file_id IS NULL THEN picked_line ELSE finished_line END AS line
     FROM attempt WHERE mini_batch_id = ? ORDER BY attempt`,
    attemptColumns,
  );
  return rows.map((row) => {
    const all = attempts.all(row.id);
    const listed = take(all, MAX_ATTEMPTS);
    return {
      miniBatchId: row.id,
      status: row.status,
      inputs: clipped(inputs.get(row.id), MAX_INPUTS),
      attempts: listed.rows.map(({ startUs, seconds, fileId, line, error, ...attempt }) => {
        const place = refOf(fileId, line);
        const ref = place === null ? null : refs.read(place);
        return {
          ...attempt,
          startedAt: isoTime(startUs),
          durationSeconds: seconds,
          error: clipped(error, MAX_ERROR),
          ref: ref === null ? null : quoteRef(ref),
        };
      }),
      omittedAttempts: listed.omitted,
    };
  });
}

const clipped = (text: string | null | undefined, most: number): string | null =>
  text === null || text === undefined ? null : clip(text, most);
