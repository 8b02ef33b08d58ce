/**
 * The attempts of each process in time order, to draw lanes and to find the mini-batch of a line.
 */

import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import type { ClockChoice } from './clocks.ts';
import { columnsOf, type DerivedColumns, memoized } from './columns.ts';

export interface ProcessAttempts {
  /** Indexes of attempts, one process after another, each ordered by start. */
  rows: Int32Array;
  /** `rows[offsets[process] .. offsets[process + 1]]`. */
  offsets: Int32Array;
  /** Starts of the same attempts, so that a search stays within one array. */
  starts: Float64Array;
}

/**
 * Returns attempts by process index (`process.id` - 1), computed once per derivation. Omits
 * attempts without a process.
 */
export function processAttempts(db: ReadableDb, clock: ClockChoice = 'written'): ProcessAttempts {
  return memoized(db, `processAttempts ${clock}`, () => group(columnsOf(db, clock)));
}

function group({ attempts, processes }: DerivedColumns): ProcessAttempts {
  const offsets = new Int32Array(processes.pid.length + 1);
  for (let row = 0; row < attempts.process.length; row++) {
    const process = at(attempts.process, row);
    if (process >= 0) offsets[process + 1] = at(offsets, process + 1) + 1;
  }
  for (let i = 1; i < offsets.length; i++) offsets[i] = at(offsets, i) + at(offsets, i - 1);
  const rows = new Int32Array(at(offsets, processes.pid.length));
  const next = offsets.slice();
  for (let row = 0; row < attempts.process.length; row++) {
    const process = at(attempts.process, row);
    if (process < 0) continue;
    const place = at(next, process);
    rows[place] = row;
    next[process] = place + 1;
  }
  return { rows, offsets, starts: Float64Array.from(rows, (row) => at(attempts.startUs, row)) };
}

/**
 * Returns the index in `rows` of the last attempt of a process that began at or before a time; -1
 * if there is none.
 */
export function lastStarted(of: ProcessAttempts, process: number, timeUs: number): number {
  let low = at(of.offsets, process);
  const first = low;
  let high = at(of.offsets, process + 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(of.starts, middle) <= timeUs) low = middle + 1;
    else high = middle;
  }
  return low - 1 >= first ? low - 1 : -1;
}
