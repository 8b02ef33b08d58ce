/**
 * Tells how each number of the run was counted, with a command line and a query that give the same
 * number.
 */
import type { Counted } from '../../contract/analysis.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import { type LineText, RefReader } from './refs.ts';
import { type StoredRun, type StoredTestimony, storedRun } from './run-info.ts';

interface Source {
  label: string;
  value: (run: StoredRun) => number | null;
  how: string;
  cli: string;
  sql: string | null;
  /** Column of the run's own statement, if the number also comes from a line. */
  column?: string;
}

const SOURCES: readonly Source[] = [
  {
    label: 'nodes',
    value: (run) => run.nodes.length,
    how: 'nodes that a path or a line names',
    cli: 'postrun info PATH --json | jq ".nodes | length"',
    sql: 'SELECT nodes FROM runs',
  },
  {
    label: 'processes',
    value: (run) => run.processes,
    how: 'worker processes by node and pid, supervisors left out',
    cli: 'postrun info PATH --json | jq .processes',
    sql: 'SELECT count(*) FROM processes',
  },
  {
    label: 'mini-batches',
    value: (run) => run.miniBatches.total,
    how: "the run's own total, or the mini-batches that the logs name where that is more",
    cli: 'postrun info PATH --json | jq .miniBatches.total',
    sql: 'SELECT mini_batches FROM runs',
    column: 'total',
  },
  {
    label: 'mini-batches processed',
    value: (run) => run.miniBatches.processed,
    how: "mini-batches with a result, or the run's own number where that is more",
    cli: 'postrun info PATH --json | jq .miniBatches.processed',
    sql: null,
    column: 'processed',
  },
  {
    label: 'mini-batches succeeded',
    value: (run) => run.miniBatches.succeeded,
    how: 'mini-batches with status succeeded: no item failed in the attempt that decided',
    cli: 'postrun batches PATH --json | jq "[.[] | select(.status == \\"succeeded\\")] | length"',
    sql: "SELECT count(*) FROM mini_batches WHERE status = 'succeeded'",
  },
  {
    label: 'mini-batches failed',
    value: (run) => run.miniBatches.failed,
    how: 'mini-batches with status failed or timed_out',
    cli: 'postrun batches PATH --json | jq "[.[] | select(.status == \\"failed\\" or .status == \\"timed_out\\")] | length"',
    sql: "SELECT count(*) FROM mini_batches WHERE status IN ('failed', 'timed_out')",
  },
  {
    label: 'mini-batches retried',
    value: (run) => run.miniBatches.retried,
    how: 'mini-batches with more than one attempt',
    cli: 'postrun batches PATH --json | jq "[.[] | select(.attempts > 1)] | length"',
    sql: 'SELECT count(*) FROM mini_batches WHERE attempts > 1',
  },
  {
    label: 'mini-batches unfinished',
    value: (run) => run.miniBatches.unfinished,
    how: 'total less those that succeeded, failed, timed out or lost some items',
    cli: 'postrun info PATH --json | jq .miniBatches.unfinished',
    sql: null,
  },
  {
    label: 'items',
    value: (run) => run.items.total,
    how: "the run's own number, else the sum over mini-batches with figures",
    cli: 'postrun info PATH --json | jq .items.total',
    sql: null,
    column: 'items',
  },
  {
    label: 'items failed',
    value: (run) => run.items.failed,
    how: "the run's own number, else the sum over mini-batches with figures",
    cli: 'postrun info PATH --json | jq .items.failed',
    sql: null,
    column: 'items_failed',
  },
  {
    label: 'files',
    value: (run) => run.files,
    how: 'files of the run',
    cli: 'postrun files PATH --json | jq length',
    sql: 'SELECT count(*) FROM files',
  },
  {
    label: 'lines',
    value: (run) => run.lines,
    how: 'lines of all files that are indexed',
    cli: 'postrun files PATH --json | jq "[.[].lines] | add"',
    sql: 'SELECT sum(lines) FROM files',
  },
  {
    label: 'problems',
    value: (run) => run.problems,
    how: 'what could not be read or understood',
    cli: 'postrun problems PATH --json | jq "[.[].count] | add // 0"',
    sql: 'SELECT problems FROM runs',
  },
];

/** Returns every number of the run's record with how it was counted. */
export function counted(db: ReadableDb, lineText: LineText): Counted[] {
  const run = storedRun(db);
  if (run === null) return [];
  const refs = new RefReader(db, lineText);
  const rows = SOURCES.map(({ label, value, how, cli, sql, column }) => {
    const number = value(run);
    const said =
      column === undefined
        ? []
        : selectRows(
            db,
            `SELECT file_id AS fileId, line FROM run_event WHERE ${column} = ? ORDER BY type = 'summary' DESC, at_us DESC, file_id, line LIMIT 1`,
            { fileId: 'number', line: 'number' },
          ).all(number);
    return { label, value: number, how, cli, sql, evidence: refs.readAll(said) };
  });
  return [verdictRow(run, refs), ...rows];
}

/** Tells how the status was judged: which statements decided it, and which were overridden. */
function verdictRow(run: StoredRun, refs: RefReader): Counted {
  const decided = run.testimony.filter((told) => told.decided);
  const overridden = run.testimony.filter((told) => told.overridden);
  const words = (told: StoredTestimony) => `${told.witness.replace('_', ' ')} (${told.claims}: ${told.message})`;
  const parts = [
    decided.length === 0 ? 'no statement about the end' : `decided by ${decided.map(words).join(', ')}`,
    ...(overridden.length === 0 ? [] : [`overridden: ${overridden.slice(0, 3).map(words).join('; ')}`]),
  ];
  return {
    label: `statements about the end: ${run.status}`,
    value: run.testimony.length,
    how: parts.join('; '),
    cli: 'postrun info PATH --json | jq ".testimony"',
    sql: null,
    evidence: refs.readAll([...decided, ...overridden].slice(0, 4).map((told) => told.ref)),
  };
}
