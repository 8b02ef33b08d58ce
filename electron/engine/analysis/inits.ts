/** Summarizes init() of all processes: failures, slow starts, and nodes that never did any work. */
import type { InitSummary } from '../../contract/analysis.ts';
import { quantile, spreadOf } from '../base/statistics.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectRows } from '../store/select.ts';
import { columnsOf } from './columns.ts';

/**
 * A start is slow above this many times the median, if it is also well outside the usual spread.
 */
const SLOW_TIMES = 3;
/** Starts that differ by less than this count as equal. */
const MIN_SECONDS = 5;

const rowColumns = {
  node: 'text',
  process: 'text?',
  pid: 'number?',
  init: 'number?',
} as const;

const endedInitColumns = {
  node: 'text?',
  process: 'text?',
  pid: 'number?',
  type: 'text',
} as const;
type EndedInit = RowOf<typeof endedInitColumns>;

/**
 * Selects failed and timed-out inits. A table row gives only the alias; if a log of the same
 * process gives the pid, only the log counts.
 */
function endedInits(db: ReadableDb): EndedInit[] {
  const sql = `SELECT DISTINCT node, process, pid, type FROM process_event WHERE type IN ('init_failed', 'init_timed_out')`;
  const events = selectRows(db, sql, endedInitColumns).all();
  const key = ({ type, node, process }: EndedInit) => JSON.stringify([type, node, process]);
  const named = new Set(events.filter(({ pid }) => pid !== null).map(key));
  return events.filter((event) => event.pid !== null || event.process === null || !named.has(key(event)));
}

/**
 * Summarizes init failures and slow starts. A process's failure counts once, even if several logs
 * report it.
 */
export function inits(db: ReadableDb): InitSummary {
  const rows = selectRows(
    db,
    'SELECT node, process, pid, init_seconds AS init FROM process ORDER BY id',
    rowColumns,
  ).all();
  const ended = endedInits(db);
  const sorted = Float64Array.from(rows.map((row) => row.init).filter((init) => init !== null)).sort();
  const middle = quantile(sorted, 0.5);
  const limit = Math.max(SLOW_TIMES * middle, middle + 3.5 * spreadOf(sorted, middle), middle + MIN_SECONDS);
  const { attempts, nodes } = columnsOf(db);
  const firstWork = new Float64Array(nodes.length).fill(Number.NaN);
  const hasWorked = new Set<string>();
  for (let row = 0; row < attempts.node.length; row++) {
    const node = at(attempts.node, row);
    if (node >= 0) hasWorked.add(nodes[node] ?? '');
    if (node >= 0 && Number.isNaN(at(firstWork, node))) firstWork[node] = at(attempts.startUs, row);
  }
  const rowsOf = Map.groupBy(rows, ({ node }) => node);
  const endedOf = Map.groupBy(ended, ({ node }) => node);
  const perNode = nodes.map((node, index) => {
    const own = rowsOf.get(node) ?? [];
    const ownEnded = [...(endedOf.get(node) ?? []), ...(nodes.length === 1 ? (endedOf.get(null) ?? []) : [])];
    const values = Float64Array.from(own.map((row) => row.init).filter((init) => init !== null)).sort();
    const count = (type: string) =>
      new Set(ownEnded.filter((event) => event.type === type).map(({ pid, process }) => pid ?? process)).size;
    const first = at(firstWork, index);
    return {
      node,
      started: own.length,
      failed: count('init_failed'),
      timedOut: count('init_timed_out'),
      medianSeconds: values.length === 0 ? null : quantile(values, 0.5),
      firstWorkUs: Number.isNaN(first) ? null : first,
    };
  });
  const hasWork = attempts.node.length > 0;
  return {
    started: rows.length,
    failed: perNode.reduce((sum, node) => sum + node.failed, 0),
    timedOut: perNode.reduce((sum, node) => sum + node.timedOut, 0),
    medianSeconds: sorted.length === 0 ? null : middle,
    slow: rows
      .filter((row) => row.init !== null && row.init > limit)
      .map((row) => ({
        node: row.node,
        process: row.process,
        pid: row.pid,
        seconds: row.init ?? 0,
        times: Math.round(((row.init ?? 0) / middle) * 100) / 100,
      }))
      .sort((a, b) => b.seconds - a.seconds),
    perNode,
    idleNodes: hasWork
      ? perNode.filter((node) => node.started > 0 && !hasWorked.has(node.node)).map((node) => node.node)
      : [],
  };
}
