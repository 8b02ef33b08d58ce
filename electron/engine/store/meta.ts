/** The table `meta` holds facts about the whole case, such as its source, by name. */
import type { ReadableDb, WritableDb } from './open.ts';
import { selectCells } from './select.ts';

/** Returns a value, or null if the case has none of this name. */
export function getMeta(db: ReadableDb, key: string): string | null {
  return selectCells(db, 'SELECT value FROM meta WHERE key = ?', 'text').get(key) ?? null;
}

export function setMeta(db: WritableDb, key: string, value: string): void {
  db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
    key,
    value,
  );
}
