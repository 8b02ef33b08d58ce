/**
 * Maps ids of mini-batches to ordinals and back. The service counts ids from 0, so an id usually
 * equals its ordinal and needs no table lookup.
 */
import type { ReadableDb, WritableDb } from '../store/open.ts';
import { getRunFact, setRunFact } from '../store/run-facts.ts';
import { only, selectCells } from '../store/select.ts';

const KEY = 'idsAreOrdinals';

export interface BatchIds {
  /** Null if there is no such mini-batch. */
  idOf(ordinal: number): string | null;
  ordinalOf(id: string): number | null;
}

/** Stores whether every id equals its mini-batch's ordinal. Part of `derive`. */
export function storeBatchIds(db: WritableDb, areOrdinals: boolean): void {
  setRunFact(db, KEY, areOrdinals);
}

export function batchIds(db: ReadableDb): BatchIds {
  const areOrdinals = getRunFact<boolean>(db, KEY) === true;
  if (areOrdinals) {
    const last = only(selectCells(db, 'SELECT max(ordinal) FROM batch', 'number?')) ?? -1;
    return {
      idOf: (ordinal) => (ordinal >= 0 && ordinal <= last ? String(ordinal) : null),
      ordinalOf(id) {
        const ordinal = Number(id);
        return ordinal <= last && String(ordinal) === id && ordinal >= 0 ? ordinal : null;
      },
    };
  }
  const id = selectCells(db, 'SELECT id FROM batch WHERE ordinal = ?', 'text');
  const ordinal = selectCells(db, 'SELECT ordinal FROM batch WHERE id = ?', 'number');
  return {
    idOf: (of) => id.get(of) ?? null,
    ordinalOf: (of) => ordinal.get(of) ?? null,
  };
}
