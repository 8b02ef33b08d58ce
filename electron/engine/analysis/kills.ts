/** Processes that ended by a signal, as candidates for the first cause; memory is named only as far as the logs show it. */
import type { Confidence } from '../../contract/records.ts';
import type { ReadableDb } from '../store/open.ts';
import type { Candidate } from './candidate.ts';
import { ClockAlign } from './clocks.ts';
import { memoryBefore } from './memory.ts';
import type { Ref } from './refs.ts';

/** A node is short of memory from this share on (percent); Ray's memory monitor uses 95, psutil's own guidance 90. */
export const MEMORY_HIGH_PERCENT = 90;
/** With less than this in use a kill for want of memory is not plausible. */
export const MEMORY_LOW_PERCENT = 60;

interface KillRow extends Ref {
  atUs: number | null;
  node: string | null;
  pid: number | null;
  exitCode: number;
}

/**
 * The first process that a signal ended while it had a mini-batch, if that mini-batch did not succeed later. With `mustHaveOpen` false
 * (logs that do not tell of pick-ups) the first that a signal ended at all.
 */
export function firstKills(db: ReadableDb, mustHaveOpen: boolean): Candidate[] {
  const rows = db
    .prepare(
      `SELECT file_id AS fileId, line, at_us AS atUs, node, pid, exit_code AS exitCode FROM process_event
       WHERE (exit_code < 0 OR exit_code IN (134, 137, 139)) ORDER BY at_us IS NULL, at_us, file_id, line LIMIT 500`,
    )
    .all() as KillRow[];
  const clock = new ClockAlign(db);
  const time = (row: KillRow) => (row.atUs === null ? Number.MAX_SAFE_INTEGER : clock.align(row.node, row.atUs));
  rows.sort((a, b) => time(a) - time(b));
  const resolve = db.prepare('SELECT node FROM process WHERE pid = ? AND exit_code = ?').pluck();
  for (const row of rows) {
    if (row.pid === null) continue;
    const node = row.node ?? (resolve.get(row.pid, row.exitCode) as string | undefined) ?? null;
    const open = db
      .prepare(
        `SELECT a.mini_batch_id AS id, a.picked_file_id AS fileId, a.picked_line AS line, b.status
         FROM attempt a JOIN mini_batch b ON b.id = a.mini_batch_id
         WHERE a.node IS ? AND a.pid = ? AND a.outcome = 'unfinished' ORDER BY a.start_us DESC LIMIT 1`,
      )
      .get(node, row.pid) as { id: string; fileId: number | null; line: number | null; status: string } | undefined;
    if (open === undefined && mustHaveOpen) continue;
    if (open?.status === 'succeeded' || open?.status === 'partial') continue;
    const judged = judgeKill(db, node, row, open === undefined ? '' : ' while it ran a mini-batch');
    // Several logs tell of one exit; the node's own supervisor's and the warnings' copy are both worth showing.
    const evidence: Ref[] = rows
      .filter((other) => other.pid === row.pid && other.exitCode === row.exitCode && isSameNode(other, row))
      .slice(0, 3)
      .map(({ fileId, line }) => ({ fileId, line }));
    if (open !== undefined && open.fileId !== null && open.line !== null)
      evidence.push({ fileId: open.fileId, line: open.line });
    evidence.push(...judged.evidence);
    return [
      {
        ...judged,
        atUs: row.atUs === null ? null : time(row),
        node,
        pid: row.pid,
        miniBatchId: open?.id ?? null,
        evidence,
      },
    ];
  }
  return [];
}

function isSameNode(a: KillRow, b: KillRow): boolean {
  return a.node === b.node || a.node === null || b.node === null;
}

interface Judged {
  kind: 'out_of_memory' | 'process_killed';
  confidence: Confidence;
  message: string;
  evidence: Ref[];
}

/** Signal 9 with the node's memory nearly full is likely want of memory; with no figures it is possible; any other signal is a crash. */
function judgeKill(db: ReadableDb, node: string | null, row: KillRow, when: string): Judged {
  const signal = row.exitCode < 0 ? -row.exitCode : row.exitCode - 128;
  const base = `The process ${row.pid} ended by signal ${signal} (exit code ${row.exitCode})${when}`;
  if (signal !== 9) return { kind: 'process_killed', confidence: 'certain', message: base, evidence: [] };
  const memory = row.atUs === null ? null : memoryBefore(db, node, row.pid, row.atUs);
  if (memory === null) {
    return {
      kind: 'out_of_memory',
      confidence: 'possible',
      message: `${base}; want of memory is the usual cause, there are no samples to show it`,
      evidence: [],
    };
  }
  const share = `${memory.what} was ${Math.round(memory.percent)} % before`;
  if (memory.percent >= MEMORY_HIGH_PERCENT || memory.hasGrown) {
    return { kind: 'out_of_memory', confidence: 'likely', message: `${base}; ${share}`, evidence: memory.evidence };
  }
  if (memory.percent < MEMORY_LOW_PERCENT) {
    return { kind: 'process_killed', confidence: 'certain', message: `${base}; ${share}`, evidence: memory.evidence };
  }
  return { kind: 'out_of_memory', confidence: 'possible', message: `${base}; ${share}`, evidence: memory.evidence };
}
