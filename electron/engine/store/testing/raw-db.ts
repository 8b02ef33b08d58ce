/** Opens a case without any check, for tests. */
import Database from 'better-sqlite3';

/** Opens a database of any version, for tests that damage one or imitate another program's. */
export function openRaw(path: string): Database.Database {
  return new Database(path);
}
