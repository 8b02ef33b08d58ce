/**
 * Reports what is missing from the logs. Shown first, because "no errors" means little without
 * logs.
 */
import type { Completeness, MissingEvidence } from '../../contract/analysis.ts';
import { formatCount } from '../../contract/format.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, selectCells, selectRows, selectTuples } from '../store/select.ts';
import { storedClocks } from './clocks.ts';
import { columnsOf, firstAttempts } from './columns.ts';
import { OUTCOME } from './join.ts';
import { workSpan } from './lanes.ts';
import { attemptRefs, type LineText, RefReader } from './refs.ts';
import { storedRun } from './run-info.ts';

/** Logs cannot tell clocks apart that differ by less than this. */
const CLOCK_SECONDS = 1;
/** If no log has a line for this long in the middle of the run, that is a gap. */
const GAP_SECONDS = 300;
const MAX_EVIDENCE = 8;

/**
 * Returns what the run's own records mention but the logs do not hold, and clocks that disagree.
 */
export function completeness(db: ReadableDb, lineText: LineText): Completeness {
  const refs = new RefReader(db, lineText);
  const run = storedRun(db);
  const clocks = storedClocks(db);
  const missing: MissingEvidence[] = [];
  const add = (kind: MissingEvidence['kind'], message: string, more: Partial<MissingEvidence> = {}) =>
    missing.push({ kind, message, have: null, expected: null, nodes: [], evidence: [], ...more });
  if (run?.status === 'running')
    add('no_end', 'The logs show no end of the run: it was still running, or they were taken before its end.');
  addNodeLogs(db, add);
  addProcessLogs(db, add);
  addBatches(db, run?.miniBatches.total ?? null, add, refs);
  addFiles(db, add);
  addGaps(db, add);
  addSamples(db, add);
  for (const clock of clocks) {
    if (Math.abs(clock.offsetSeconds) < CLOCK_SECONDS) continue;
    const way = clock.offsetSeconds > 0 ? 'ahead of' : 'behind';
    add(
      'clock',
      `The clock of node ${clock.node} is about ${Math.abs(clock.offsetSeconds).toFixed(1)} s ${way} the master's (from ${clock.pairs} pairs of lines).`,
      {
        nodes: [clock.node],
      },
    );
  }
  return { missing, clocks };
}

type Add = (kind: MissingEvidence['kind'], message: string, more?: Partial<MissingEvidence>) => void;

/** Adds the nodes that the run's records name but that have no logs of a kind. */
function addNodeLogs(db: ReadableDb, add: Add): void {
  const { nodes } = columnsOf(db);
  if (nodes.length === 0) return;
  for (const [fileKind, kind, name] of [
    ['worker', 'worker_logs', 'system logs of workers'],
    ['user', 'user_logs', 'user logs'],
  ] as const) {
    const with_ = new Set(
      selectCells(db, 'SELECT DISTINCT node FROM file WHERE kind = ? AND node IS NOT NULL AND bytes > 0', 'text').all(
        fileKind,
      ),
    );
    if (
      with_.size === 0 &&
      nodes.length === 1 &&
      db.prepare('SELECT EXISTS (SELECT 1 FROM file WHERE kind = ?)').pluck().get(fileKind) === 1
    )
      continue;
    const without = nodes.filter((node) => !with_.has(node));
    if (without.length > 0) {
      add(kind, `${nodes.length - without.length} of ${formatCount(nodes.length, 'node')} have ${name}.`, {
        have: nodes.length - without.length,
        expected: nodes.length,
        nodes: without,
      });
    }
  }
}

/** Adds processes that other logs mention but that have no log of their own. */
function addProcessLogs(db: ReadableDb, add: Add): void {
  const known = new Set<string>();
  const spans = selectTuples(db, 'SELECT DISTINCT node, pid FROM pid_span', ['text?', 'number']).all();
  for (const [node, pid] of spans) known.add(`${node ?? ''} pid ${pid}`);
  const files = selectTuples(db, 'SELECT DISTINCT node, process FROM file WHERE process IS NOT NULL', [
    'text?',
    'text',
  ]).all();
  for (const [node, process] of files) known.add(`${node ?? ''} ${process}`);
  const all = selectRows(db, 'SELECT node, pid, process FROM process WHERE pid IS NOT NULL', {
    node: 'text',
    pid: 'number',
    process: 'text?',
  }).all();
  const rows = all.filter(({ node, pid, process }) =>
    [node, ''].every((name) => !known.has(`${name} pid ${pid}`) && !known.has(`${name} ${process}`)),
  );
  if (rows.length === 0) return;
  const total = only(selectCells(db, 'SELECT count(*) FROM process', 'number'));
  add(
    'worker_logs',
    `${rows.length} of ${formatCount(total, 'process', 'processes')} are known only from other logs (pid ${rows
      .slice(0, 5)
      .map((row) => row.pid)
      .join(', ')}${rows.length > 5 ? ', …' : ''}).`,
    {
      have: total - rows.length,
      expected: total,
      nodes: [...new Set(rows.map((row) => row.node))],
    },
  );
}

function addBatches(db: ReadableDb, total: number | null, add: Add, refs: RefReader): void {
  const columns = columnsOf(db);
  const { attempts, batches } = columns;
  const known = batches.status.length;
  if (total !== null && known < total) {
    add(
      'pick_ups',
      `${known} of ${formatCount(total, 'mini-batch', 'mini-batches')} are named in the logs; the others were scheduled, and nothing more is known of them.`,
      { have: known, expected: total },
    );
  }
  let picks = 0;
  for (let ordinal = 0; ordinal < known; ordinal++) picks += at(batches.attempts, ordinal);
  if (picks > attempts.outcome.length) {
    add(
      'pick_ups',
      `${picks - attempts.outcome.length} of ${formatCount(picks, 'attempt')} are known only from the dequeue counts of later ones.`,
      {
        have: attempts.outcome.length,
        expected: picks,
      },
    );
  }
  let open = 0;
  for (let row = 0; row < attempts.outcome.length; row++) if (at(attempts.outcome, row) === OUTCOME.unfinished) open++;
  if (open === 0) return;
  const ids = firstAttempts(columns, MAX_EVIDENCE, (row) => at(attempts.outcome, row) === OUTCOME.unfinished);
  const evidence = attemptRefs(db, ids, 'picked');
  add('ends', `${formatCount(open, 'attempt has', 'attempts have')} no end in any log.`, {
    have: attempts.outcome.length - open,
    expected: attempts.outcome.length,
    evidence: refs.readAll(evidence),
  });
}

function addFiles(db: ReadableDb, add: Add): void {
  const unread = only(selectCells(db, "SELECT count(*) FROM file WHERE state = 'failed'", 'number'));
  if (unread > 0) add('unread', `${formatCount(unread, 'file')} could not be read; see Problems.`);
  const cut = only(
    selectCells(
      db,
      "SELECT count(DISTINCT file_id) FROM problem WHERE kind LIKE '%trunc%' OR kind LIKE '%cut%'",
      'number',
    ),
  );
  if (cut > 0) add('truncated', `${formatCount(cut, 'file is', 'files are')} cut short; see Problems.`);
  const empty = selectCells(
    db,
    "SELECT path FROM file WHERE bytes = 0 AND kind IN ('worker', 'master', 'progress', 'driver', 'tasks') ORDER BY path",
    'text',
  ).all();
  if (empty.length > 0)
    add(
      'empty',
      `${formatCount(empty.length, 'file', 'files')} of the run ${empty.length === 1 ? 'is' : 'are'} empty (${empty.slice(0, 3).join(', ')}${empty.length > 3 ? ', …' : ''}).`,
    );
  const kinds = new Set(selectCells(db, 'SELECT DISTINCT kind FROM file', 'text').all());
  const expected: [string, string][] = [
    ['progress', 'the overview (logs/overview.txt or logs/job_progress_overview*.txt)'],
    ['driver', 'the driver log (azureml-logs/70_driver_log.txt or user_logs/std_log*.txt)'],
    ['master', 'the log of the master'],
    ['worker', 'the system logs of workers'],
  ];
  const absent = expected.filter(([kind]) => !kinds.has(kind)).map(([, name]) => name);
  if (absent.length > 0 && kinds.size > 0)
    add('files', `Not there: ${absent.join(', ')}.`, {
      have: expected.length - absent.length,
      expected: expected.length,
    });
}

/** Adds stretches of time between the first and the last attempt in which no log has a line. */
function addGaps(db: ReadableDb, add: Add): void {
  const span = workSpan(columnsOf(db));
  if (Number.isNaN(span.fromUs)) return;
  const blocks = selectTuples(
    db,
    `SELECT min_us AS fromUs, max_us AS toUs FROM block WHERE min_us IS NOT NULL AND max_us >= ? AND min_us <= ? ORDER BY min_us`,
    ['number', 'number'],
  ).iterate(span.fromUs, span.toUs);
  let reached = span.fromUs;
  const gaps: [number, number][] = [];
  let count = 0;
  for (const [fromUs, toUs] of blocks) {
    count++;
    if (fromUs - reached > GAP_SECONDS * 1e6) gaps.push([reached, fromUs]);
    if (toUs > reached) reached = toUs;
  }
  if (count === 0) return;
  for (const [fromUs, toUs] of gaps.slice(0, 5)) {
    add(
      'gap',
      `No log has a line between ${new Date(fromUs / 1e3).toISOString()} and ${new Date(toUs / 1e3).toISOString()} (${Math.round((toUs - fromUs) / 1e6)} s).`,
    );
  }
}

/** Adds nodes without resource samples if other nodes of the run have them. */
function addSamples(db: ReadableDb, add: Add): void {
  const nodesWith = new Set(selectCells(db, 'SELECT DISTINCT node FROM series', 'text').all());
  if (nodesWith.size === 0) return;
  const { nodes } = columnsOf(db);
  const without = nodes.filter((node) => !nodesWith.has(node));
  if (without.length > 0 && nodes.length > 1) {
    add('samples', `${nodes.length - without.length} of ${formatCount(nodes.length, 'node')} have resource samples.`, {
      have: nodes.length - without.length,
      expected: nodes.length,
      nodes: without,
    });
  }
}
