/** Finds nodes that fell silent: their logs stop without an exit while others continue. */
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectRows } from '../store/select.ts';
import { ClockAlign } from './clocks.ts';
import { columnsOf } from './columns.ts';
import { OUTCOME } from './join.ts';
import type { Ref } from './refs.ts';

/**
 * A node is silent if others continued for at least this long after its last line. Worker logs get
 * several lines a minute.
 */
const SILENT_AFTER_SECONDS = 25;

export interface SilentNode {
  node: string;
  /** Last sign of life, on the master's clock. */
  lastUs: number;
  /** Seconds for which other nodes continued to write. */
  silentSeconds: number;
  processes: number;
  /** Mini-batches that its processes picked up but never finished there. */
  unfinished: number;
  /** Last lines of its processes' logs. */
  evidence: Ref[];
}

const processColumns = {
  node: 'text',
  pid: 'number?',
  end_us: 'number?',
  exit_code: 'number?',
} as const;
type ProcessRow = RowOf<typeof processColumns>;

/**
 * Returns nodes with a process that has no exit, whose logs stopped well before those of other
 * nodes. Needs more than one node. `mustHaveUnfinished` keeps only nodes with unfinished
 * mini-batches.
 */
export function silentNodes(db: ReadableDb, mustHaveUnfinished: boolean): SilentNode[] {
  const clock = new ClockAlign(db);
  const last = new Map<string, number>();
  const seen = selectRows(
    db,
    `SELECT node, max(last_us) AS lastUs FROM file
       WHERE node IS NOT NULL AND last_us IS NOT NULL AND kind IN ('worker', 'user', 'tasks') GROUP BY node`,
    { node: 'text', lastUs: 'number' },
  ).all();
  for (const row of seen) last.set(row.node, clock.align(row.node, row.lastUs));
  if (last.size < 2) return [];
  const processes = processesByNode(db);
  const latest = [...last.values()].reduce((most, us) => Math.max(most, us), Number.NEGATIVE_INFINITY);
  const unfinishedOn = unfinishedByNode(db);
  const silent: Omit<SilentNode, 'evidence'>[] = [];
  for (const [node, lastUs] of last) {
    const own = processes.get(node) ?? [];
    const open = own.filter((process) => process.end_us === null && process.exit_code === null);
    const silentSeconds = (latest - lastUs) / 1e6;
    if (open.length === 0 || silentSeconds < SILENT_AFTER_SECONDS) continue;
    const unfinished = unfinishedOn.get(node) ?? 0;
    if (unfinished === 0 && mustHaveUnfinished) continue;
    if (!mustHaveUnfinished && own.some((process) => process.exit_code !== null && process.exit_code !== 0)) continue;
    silent.push({ node, lastUs, silentSeconds, processes: open.length, unfinished });
  }
  silent.sort((a, b) => a.lastUs - b.lastUs);
  const lines = lastLines(db, new Set(silent.map(({ node }) => node)));
  return silent.map((each) => ({ ...each, evidence: lines.get(each.node) ?? [] }));
}

function processesByNode(db: ReadableDb): Map<string, ProcessRow[]> {
  const rows = selectRows(db, 'SELECT node, pid, end_us, exit_code FROM process', processColumns).all();
  return Map.groupBy(rows, ({ node }) => node);
}

/** Maximum number of logs of a node whose last line is shown. */
const MOST_LINES = 8;

/**
 * Returns the last line of each log of these nodes, user logs first. Scans all files once, because
 * a run can have as many nodes as files.
 */
function lastLines(db: ReadableDb, nodes: ReadonlySet<string>): Map<string, Ref[]> {
  const found = new Map<string, Ref[]>();
  if (nodes.size === 0) return found;
  const rows = selectRows(
    db,
    `SELECT node, id AS fileId, lines AS line FROM file
       WHERE node IS NOT NULL AND lines > 0 AND last_us IS NOT NULL AND process IS NOT NULL AND process NOT LIKE 'Main%'
         AND kind IN ('worker', 'user') AND shape = 'lines'
       ORDER BY kind <> 'user', path`,
    { fileId: 'number', line: 'number', node: 'text' },
  ).iterate();
  for (const { node, fileId, line } of rows) {
    if (!nodes.has(node)) continue;
    const refs = found.get(node) ?? [];
    if (refs.length < MOST_LINES) refs.push({ fileId, line });
    found.set(node, refs);
  }
  return found;
}

function unfinishedByNode(db: ReadableDb): Map<string, number> {
  const { attempts, nodes } = columnsOf(db);
  const counts = new Map<string, number>();
  for (let row = 0; row < attempts.outcome.length; row++) {
    const node = nodes[at(attempts.node, row)];
    if (node === undefined || at(attempts.outcome, row) !== OUTCOME.unfinished) continue;
    counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return counts;
}
