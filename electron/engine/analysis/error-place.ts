/**
 * Places an error: in the mini-batch that it names, otherwise in the one that its process was
 * running at the time.
 */
import { outcomes } from '../../contract/batch-records.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import { batchIds } from './batch-ids.ts';
import { columnsOf } from './columns.ts';
import { lastStarted, processAttempts } from './process-attempts.ts';

/** Copies of one error in several logs are written within this time. */
export const COPY_US = 100_000;

export interface Placed {
  /** Ordinal of the mini-batch, or its id if no event mentions it; null if unknown. */
  batch: number | string | null;
  /**
   * Outcome of the attempt in which it was written; null outside attempts and for an error that
   * names another mini-batch.
   */
  outcome: string | null;
}

/** `named` is the mini-batch id in the error's line. */
export type ErrorPlacer = (
  atUs: number | null,
  node: string | null,
  pid: number | null,
  named: string | null,
) => Placed;

/** Returns a function that places errors as the search places lines. */
export function errorPlacer(db: ReadableDb): ErrorPlacer {
  const { attempts } = columnsOf(db);
  const ids = batchIds(db);
  const attemptOf = attemptFinder(db);
  return (atUs, node, pid, named) => {
    const attempt = attemptOf(atUs, node, pid);
    const open = attempt < 0 ? null : at(attempts.batch, attempt);
    const batch = named === null ? open : (ids.ordinalOf(named) ?? named);
    const isOpen = attempt >= 0 && batch === open;
    return { batch, outcome: isOpen ? (outcomes[at(attempts.outcome, attempt)] ?? null) : null };
  };
}

/**
 * Returns a function that finds the row of the attempt a process was running; -1 if there was none.
 */
function attemptFinder(db: ReadableDb): (atUs: number | null, node: string | null, pid: number | null) => number {
  const of = processAttempts(db);
  const { attempts } = columnsOf(db);
  const processes = new Map<string, Map<number, number>>();
  const rows = selectRows(db, 'SELECT id, node, pid FROM process WHERE pid IS NOT NULL', {
    id: 'number',
    node: 'text',
    pid: 'number',
  }).all();
  for (const row of rows) {
    const own = processes.get(row.node) ?? new Map<number, number>();
    processes.set(row.node, own.set(row.pid, row.id - 1));
  }
  const only = processes.size === 1 ? (rows[0]?.node ?? '') : '';
  return (atUs, node, pid) => {
    if (pid === null || atUs === null) return -1;
    const process = processes.get(node ?? only)?.get(pid);
    const index = process === undefined ? -1 : lastStarted(of, process, atUs);
    if (index < 0) return -1;
    const attempt = at(of.rows, index);
    const duration = at(attempts.duration, attempt);
    // The error is written a moment after its attempt ends.
    const isOver = !Number.isNaN(duration) && atUs > at(attempts.startUs, attempt) + duration * 1e6 + COPY_US;
    return isOver ? -1 : attempt;
  };
}
