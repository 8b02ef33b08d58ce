/**
 * The authorizer decides what a statement may do: read tables and call functions. It refuses
 * everything else, and remembers what it refused first.
 */
import { code } from './sqlite-wasm.ts';

// Codes of SQLite's authorizer.
const PRAGMA = 19;
const READ = 20;
/** SQLite's tables about itself. */
const internals = new Set(['sqlite_dbpage', 'sqlite_stmt', 'dbstat', 'bytecode', 'tables_used']);
/** READ, SELECT, FUNCTION, RECURSIVE. */
const reading = new Set([20, 21, 31, 33]);
/** PRAGMAs that describe tables, columns and functions and change nothing. */
const informing = new Set(['table_info', 'table_xinfo', 'table_list', 'function_list', 'collation_list']);
const actions = new Map([
  [1, 'CREATE INDEX'],
  [2, 'CREATE TABLE'],
  [3, 'CREATE TEMP INDEX'],
  [4, 'CREATE TEMP TABLE'],
  [5, 'CREATE TEMP TRIGGER'],
  [6, 'CREATE TEMP VIEW'],
  [7, 'CREATE TRIGGER'],
  [8, 'CREATE VIEW'],
  [9, 'DELETE'],
  [10, 'DROP INDEX'],
  [11, 'DROP TABLE'],
  [16, 'DROP TRIGGER'],
  [17, 'DROP VIEW'],
  [18, 'INSERT'],
  [22, 'BEGIN, COMMIT or ROLLBACK'],
  [23, 'UPDATE'],
  [24, 'ATTACH'],
  [25, 'DETACH'],
  [26, 'ALTER TABLE'],
  [27, 'REINDEX'],
  [28, 'ANALYZE'],
  [29, 'CREATE VIRTUAL TABLE'],
  [30, 'DROP VIRTUAL TABLE'],
  [32, 'SAVEPOINT'],
]);

export class Authorizer {
  /** What the statement was refused first, or null. */
  denied: string | null = null;

  /** Returns the code that SQLite expects. `name` is what the action is about. */
  authorize(action: number, name: string): number {
    if (action === READ && internals.has(name)) {
      this.denied ??= `The table ${name}`;
      return code.denied;
    }
    if (reading.has(action)) return code.ok;
    if (action === PRAGMA && informing.has(name)) return code.ok;
    this.denied ??= actions.get(action) ?? (action === PRAGMA ? `PRAGMA ${name}` : 'This statement');
    return code.denied;
  }
}
