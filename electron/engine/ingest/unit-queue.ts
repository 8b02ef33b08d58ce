/**
 * The unit queue holds the units of a case that are not read yet, and gives the parts of one when
 * its turn comes.
 */
import type { ReadableDb } from '../store/open.ts';
import type { Unit } from './messages.ts';
import { type PendingUnit, readUnit, unitsOfFile } from './pending.ts';

/** Units in the order in which they are read. */
export class UnitQueue {
  readonly #db: ReadableDb;
  #units: PendingUnit[];

  /** `db` stays open as long as units are taken. */
  constructor(db: ReadableDb, units: readonly PendingUnit[]) {
    this.#db = db;
    this.#units = [...units];
  }

  get length(): number {
    return this.#units.length;
  }

  /** How many of them tell most, and are read first. */
  get urgent(): number {
    return this.#units.filter(({ priority }) => priority === 0).length;
  }

  /** The next unit; null where there is none. */
  take(): Unit | null {
    const next = this.#units.shift();
    return next === undefined ? null : readUnit(this.#db, next);
  }

  /** Have a unit of this file come next. */
  prioritise(fileId: number): void {
    const wanted = unitsOfFile(this.#db, fileId);
    const at = this.#units.findIndex(({ unitId }) => wanted.includes(unitId));
    if (at > 0) this.#units.unshift(...this.#units.splice(at, 1));
  }

  clear(): void {
    this.#units = [];
  }
}
