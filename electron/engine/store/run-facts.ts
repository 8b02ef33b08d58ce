/** Run facts: what analysis found out about the whole run, as JSON by name (table `run_info`). */
import type { ReadableDb, WritableDb } from './open.ts';
import { selectCells } from './select.ts';

/** Returns a fact, whose type its writer guarantees; null before the first derivation. */
export function getRunFact<T>(db: ReadableDb, key: string): T | null {
  const text = selectCells(db, 'SELECT value FROM run_info WHERE key = ?', 'text').get(key);
  if (text === undefined) return null;
  const fact: T = JSON.parse(text);
  return fact;
}

export function setRunFact(db: WritableDb, key: string, fact: unknown): void {
  db.prepare('INSERT OR REPLACE INTO run_info (key, value) VALUES (?, ?)').run(key, JSON.stringify(fact));
}
