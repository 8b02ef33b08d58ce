/** The id of a file of a case, by its path. */
import type { ReadableDb } from './open.ts';
import { selectCells } from './select.ts';

/** Returns the id of a file by its path; null if the case does not have it. */
export function fileIdOf(db: ReadableDb, path: string): number | null {
  return selectCells(db, 'SELECT id FROM file WHERE path = ?', 'number').get(path) ?? null;
}
