/** The table `meta` of a case: facts about the whole of it, such as its source, by their names. */
import type { ReadableDb, WritableDb } from './open.ts';
import { selectCells } from './select.ts';

/** A value; null where the case has none of this name. */
export function getMeta(db: ReadableDb, key: string): string | null {
  return selectCells(db, 'SELECT value FROM meta WHERE key = ?', 'text').get(key) ?? null;
}

export function setMeta(db: WritableDb, key: string, value: string): void {
  db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, value);
}
