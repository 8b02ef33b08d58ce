/**
 * Ids of mini-batches by ordinal and back. The service counts them from 0, so mostly an id is the
 * ordinal and no table has to be asked.
 */
import type { ReadableDb } from '../store/open.ts';

const KEY = 'idsAreOrdinals';

export interface BatchIds {
  /** Null where there is no such mini-batch. */
  idOf(ordinal: number): string | null;
  ordinalOf(id: string): number | null;
}

/** Part of `derive`: note whether every id is its mini-batch's ordinal. */
export function storeBatchIds(db: ReadableDb, areOrdinals: boolean): void {
  db.prepare('INSERT OR REPLACE INTO run_info (key, value) VALUES (?, ?)').run(KEY, JSON.stringify(areOrdinals));
}

export function batchIds(db: ReadableDb): BatchIds {
  const areOrdinals = db.prepare('SELECT value FROM run_info WHERE key = ?').pluck().get(KEY) === 'true';
  if (areOrdinals) {
    const last = (db.prepare('SELECT max(ordinal) FROM batch').pluck().get() as number | null) ?? -1;
    return {
      idOf: (ordinal) => (ordinal >= 0 && ordinal <= last ? String(ordinal) : null),
      ordinalOf(id) {
        const ordinal = Number(id);
        return ordinal <= last && String(ordinal) === id && ordinal >= 0 ? ordinal : null;
      },
    };
  }
  const id = db.prepare('SELECT id FROM batch WHERE ordinal = ?').pluck();
  const ordinal = db.prepare('SELECT ordinal FROM batch WHERE id = ?').pluck();
  return {
    idOf: (of) => (id.get(of) as string | undefined) ?? null,
    ordinalOf: (of) => (ordinal.get(of) as number | undefined) ?? null,
  };
}
