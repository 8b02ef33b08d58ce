/**
 * The unit queue holds the pending units of a case in reading order, and loads the parts of a unit
 * when its turn comes.
 */
import type { ReadableDb } from '../store/open.ts';
import type { Unit } from './messages.ts';
import { type PendingUnit, readUnit, unitsOfFile } from './pending.ts';

export class UnitQueue {
  readonly #db: ReadableDb;
  #units: PendingUnit[];

  /** Needs `db` open while units are taken. */
  constructor(db: ReadableDb, units: readonly PendingUnit[]) {
    this.#db = db;
    this.#units = [...units];
  }

  get length(): number {
    return this.#units.length;
  }

  /** Number of units with the highest priority, which are read first. */
  get urgent(): number {
    return this.#units.filter(({ priority }) => priority === 0).length;
  }

  /** Takes the next unit; null if none is left. */
  take(): Unit | null {
    const next = this.#units.shift();
    return next === undefined ? null : readUnit(this.#db, next);
  }

  /** Moves a unit of this file to the front. */
  prioritise(fileId: number): void {
    const wanted = unitsOfFile(this.#db, fileId);
    const at = this.#units.findIndex(({ unitId }) => wanted.includes(unitId));
    if (at > 0) this.#units.unshift(...this.#units.splice(at, 1));
  }

  clear(): void {
    this.#units = [];
  }
}
