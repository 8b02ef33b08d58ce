/** A raw database is a case opened without any check, for tests that damage one. */
import Database from 'better-sqlite3';

/**
 * A database as it is, whatever its version: for tests that damage one or make one of another
 * program.
 */
export function openRaw(path: string): Database.Database {
  return new Database(path);
}
