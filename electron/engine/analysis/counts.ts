/**
 * The run's plain numbers: counted from attempts, and from the run's own statements if those know
 * more.
 */
import type { ClockOffset, RunInfo } from '../../contract/run-info.ts';
import { at } from '../base/typed.ts';
import { getMeta } from '../store/meta.ts';
import { nodeAliases } from '../store/node-names.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, selectCells, selectRows } from '../store/select.ts';
import { storedClocks } from './clocks.ts';
import { columnsOf } from './columns.ts';
import { OUTCOME } from './join.ts';

export type RunCounts = Pick<
  RunInfo,
  | 'generation'
  | 'nodes'
  | 'clocks'
  | 'processes'
  | 'miniBatches'
  | 'items'
  | 'settings'
  | 'files'
  | 'lines'
  | 'bytes'
  | 'problems'
> & { loggedName: string | null };

interface Reported {
  processed: number | null;
  total: number | null;
  scheduled: number | null;
  items: number | null;
  itemsSucceeded: number | null;
  itemsFailed: number | null;
  errorThreshold: number | null;
}

/**
 * Counts the run. Of the mini-batches, `succeeded` counts those with that status, `failed` those
 * that failed or timed out, and `unfinished` all others of the total that did not end, including
 * those never picked up. Partial ones are processed but in none of the three. If the run counts
 * more mini-batches as processed than the logs have outcomes for, numbers that cannot be known are
 * null.
 */
export function countRun(db: ReadableDb, nodes: string[]): RunCounts {
  const reported = readReported(db);
  const settings = readSettings(db);
  const counted = countBatches(db, nodes);
  const known = counted.byStatus.reduce((sum, count) => sum + count, 0);
  const total = Math.max(reported.total ?? reported.scheduled ?? 0, known);
  const [succeeded = 0, partial = 0, failed = 0, timedOut = 0] = counted.byStatus;
  const ended = succeeded + partial + failed + timedOut;
  // Mini-batches that the run counts as processed but whose outcome is in no log.
  const untold = Math.max(0, Math.min(reported.processed ?? 0, total) - Math.max(ended, counted.processed));
  const isAllGood = reported.itemsFailed === 0 && reported.itemsSucceeded === reported.items;
  // There were mini-batches, but neither the run nor any log mentions a processed one.
  const hasNone = reported.total !== null && (reported.processed ?? 0) === 0 && counted.processed === 0;
  const files = only(
    selectRows(
      db,
      'SELECT count(*) AS files, coalesce(sum(lines), 0) AS lines, coalesce(sum(bytes), 0) AS bytes FROM file',
      { files: 'number', lines: 'number', bytes: 'number' },
    ),
  );
  const threshold = reported.errorThreshold ?? numberOf(settings.error_threshold ?? settings.errorThreshold);
  return {
    generation: inferredGeneration(db),
    loggedName: settings.run_id ?? settings.runId ?? null,
    nodes: counted.nodes,
    processes: only(selectCells(db, 'SELECT count(*) FROM process', 'number')),
    miniBatches: {
      total: total === 0 && reported.total === null && reported.scheduled === null ? null : total,
      processed: Math.max(reported.processed ?? 0, counted.processed),
      succeeded: untold === 0 ? succeeded : isAllGood ? succeeded + untold : null,
      failed: untold === 0 || isAllGood ? failed + timedOut : null,
      unfinished: Math.max(0, total - ended - untold),
      retried: counted.retried,
    },
    items: {
      total: reported.items ?? counted.items.total,
      succeeded: reported.itemsSucceeded ?? counted.items.succeeded ?? (hasNone ? 0 : null),
      failed: reported.itemsFailed ?? counted.items.failed ?? (hasNone ? 0 : null),
      errorThreshold: threshold,
    },
    settings,
    clocks: goodClocks(db),
    ...files,
    problems: only(selectCells(db, 'SELECT coalesce(sum(count), 0) FROM problem', 'number')),
  };
}

/** Returns the clocks that are known well to differ. */
function goodClocks(db: ReadableDb): ClockOffset[] {
  const all = storedClocks(db).filter(({ isGood }) => isGood);
  return all.map(({ node, offsetSeconds }) => ({ node, offsetSeconds }));
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  return Number.isFinite(value) && text.trim() !== '' ? value : null;
}

function readReported(db: ReadableDb): Reported {
  // Concatenating counts files of results, not mini-batches.
  const latest = (column: string, order: string) =>
    selectCells(
      db,
      `SELECT ${column} FROM run_event WHERE ${column} IS NOT NULL AND type <> 'concatenating' ORDER BY ${order} LIMIT 1`,
      'number',
    ).get() ?? null;
  // A summary is the run's last word. The numbers of progress lines only grow.
  const last = "type = 'summary' DESC, at_us DESC, line DESC";
  return {
    processed: latest('processed', `type = 'summary' DESC, processed DESC`),
    total: latest('total', last),
    scheduled: latest('scheduled', 'scheduled DESC'),
    items: latest('items', last),
    itemsSucceeded: latest('items_succeeded', last),
    itemsFailed: latest('items_failed', last),
    errorThreshold: latest('error_threshold', last),
  };
}

function readSettings(db: ReadableDb): Record<string, string> {
  const rows = selectRows(
    db,
    `SELECT name, coalesce(message, CAST(value AS TEXT)) AS value FROM run_event
       WHERE type = 'setting' AND name IS NOT NULL ORDER BY at_us, file_id, line`,
    { name: 'text', value: 'text?' },
  ).all();
  const settings = new Map<string, string>();
  // The first line to give a value states the requested one; later lines repeat it.
  for (const row of rows) {
    if (row.value !== null && !settings.has(row.name)) settings.set(row.name, row.value.replace(/\.0$/, ''));
  }
  return Object.fromEntries(settings);
}

interface Counted {
  byStatus: number[];
  processed: number;
  retried: number;
  nodes: RunInfo['nodes'];
  items: { total: number | null; succeeded: number | null; failed: number | null };
}

function countBatches(db: ReadableDb, nodes: string[]): Counted {
  const { attempts, batches } = columnsOf(db);
  const byStatus = [0, 0, 0, 0, 0];
  const names = Map.groupBy(nodeAliases(db), ([, shown]) => shown);
  const perNode = nodes.map((node) => {
    const aliases = (names.get(node) ?? []).map(([alias]) => alias);
    return { node, aliases, processes: 0, miniBatches: 0, failed: 0 };
  });
  const byName = new Map(perNode.map((each) => [each.node, each]));
  const items = { total: 0, succeeded: 0, failed: 0 };
  let retried = 0;
  let hasItems = false;
  for (let ordinal = 0; ordinal < batches.status.length; ordinal++) {
    const status = at(batches.status, ordinal);
    byStatus[status] = (byStatus[status] ?? 0) + 1;
    if (at(batches.attempts, ordinal) > 1) retried++;
    const last = at(batches.last, ordinal);
    if (last < 0) continue;
    const node = perNode[at(attempts.node, last)];
    if (node !== undefined) {
      node.miniBatches++;
      if (status === OUTCOME.failed || status === OUTCOME.timed_out) node.failed++;
    }
    const total = at(attempts.total, last);
    if (total < 0) continue;
    hasItems = true;
    items.total += total;
    const succeeded = Math.max(0, at(attempts.succeeded, last));
    items.succeeded += succeeded;
    items.failed += total - succeeded;
  }
  const done = new Uint8Array(batches.status.length);
  let processed = 0;
  for (let row = 0; row < attempts.outcome.length; row++) {
    const hasResult = at(attempts.processed, row) === 1;
    const batch = at(attempts.batch, row);
    if (!hasResult || done[batch] === 1) continue;
    done[batch] = 1;
    processed++;
  }
  const processes = selectRows(db, 'SELECT node, count(*) AS count FROM process GROUP BY node', {
    node: 'text',
    count: 'number',
  }).all();
  for (const row of processes) {
    const node = byName.get(row.node);
    if (node !== undefined) node.processes = row.count;
  }
  const shown = hasItems ? items : { total: null, succeeded: null, failed: null };
  return { byStatus, processed, retried, nodes: perNode, items: shown };
}

/**
 * Returns the generation inferred from all paths when the case was opened (`meta.generation`, '' if
 * none); otherwise the one that most files have.
 */
function inferredGeneration(db: ReadableDb): string | null {
  const inferred = getMeta(db, 'generation');
  if (inferred !== null) return inferred === '' ? null : inferred;
  const most = selectCells(
    db,
    'SELECT generation FROM file WHERE generation IS NOT NULL GROUP BY generation ORDER BY count(*) DESC, generation LIMIT 1',
    'text',
  ).get();
  return most ?? null;
}
