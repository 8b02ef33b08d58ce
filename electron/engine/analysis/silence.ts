/** Nodes and processes that fell silent: their logs stop, without an exit, while others go on. */

import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { ClockAlign } from './clocks.ts';
import { columnsOf } from './columns.ts';
import { OUTCOME } from './join.ts';
import type { Ref } from './refs.ts';

/** A node is silent when the others went on at least this long after its last line; worker logs write several lines a minute. */
export const SILENT_AFTER_SECONDS = 25;

export interface SilentNode {
  node: string;
  /** Last sign of life, on the master's clock. */
  lastUs: number;
  /** Seconds for which other nodes still wrote. */
  silentSeconds: number;
  processes: number;
  /** Mini-batches that its processes had picked up and never finished there. */
  unfinished: number;
  /** Last lines of its processes' logs. */
  evidence: Ref[];
}

interface ProcessRow {
  node: string;
  pid: number | null;
  end_us: number | null;
  exit_code: number | null;
}

/** Nodes of which no process has an exit and all stopped writing well before the other nodes did. Needs more than one node. With `mustHaveUnfinished` only nodes that had mini-batches in hand. */
export function silentNodes(db: ReadableDb, mustHaveUnfinished: boolean): SilentNode[] {
  const clock = new ClockAlign(db);
  const last = new Map<string, number>();
  const seen = db
    .prepare(
      `SELECT node, max(last_us) AS lastUs FROM file
       WHERE node IS NOT NULL AND last_us IS NOT NULL AND kind IN ('worker', 'user', 'tasks') GROUP BY node`,
    )
    .all() as { node: string; lastUs: number }[];
  for (const row of seen) last.set(row.node, clock.align(row.node, row.lastUs));
  if (last.size < 2) return [];
  const processes = db.prepare('SELECT node, pid, end_us, exit_code FROM process').all() as ProcessRow[];
  const latest = Math.max(...last.values());
  const silent: SilentNode[] = [];
  for (const [node, lastUs] of last) {
    const own = processes.filter((process) => process.node === node);
    const open = own.filter((process) => process.end_us === null && process.exit_code === null);
    const silentSeconds = (latest - lastUs) / 1e6;
    if (open.length === 0 || silentSeconds < SILENT_AFTER_SECONDS) continue;
    const unfinished = openOn(db, node);
    if (unfinished === 0 && mustHaveUnfinished) continue;
    if (!mustHaveUnfinished && own.some((process) => process.exit_code !== null && process.exit_code !== 0)) continue;
    silent.push({ node, lastUs, silentSeconds, processes: open.length, unfinished, evidence: lastLines(db, node) });
  }
  return silent.sort((a, b) => a.lastUs - b.lastUs);
}

/** The last line of each log of a node, user logs first. */
function lastLines(db: ReadableDb, node: string): Ref[] {
  return db
    .prepare(
      `SELECT id AS fileId, lines AS line FROM file
       WHERE node = ? AND lines > 0 AND last_us IS NOT NULL AND process IS NOT NULL AND process NOT LIKE 'Main%'
         AND kind IN ('worker', 'user') AND shape = 'lines'
       ORDER BY kind <> 'user', path LIMIT 8`,
    )
    .all(node) as Ref[];
}

function openOn(db: ReadableDb, node: string): number {
  const { attempts, nodes } = columnsOf(db);
  const code = nodes.indexOf(node);
  let count = 0;
  for (let row = 0; row < attempts.outcome.length; row++) {
    if (at(attempts.outcome, row) === OUTCOME.unfinished && at(attempts.node, row) === code) count++;
  }
  return count;
}
