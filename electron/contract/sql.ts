/**
 * SQL over the public tables of a run, as commands: start a query, follow it, fetch its rows by
 * range, stop it.
 */
import * as z from 'zod';
import { type Command, command } from './commands.ts';
import type { SqlCell, SqlHistoryEntry, SqlState } from './sql-records.ts';

const queryId = z.string().min(1);

export const sqlCommands = {
  /**
   * Starts a query over the open cases. Returns once the query is understood, or at its end if that
   * comes first. Errors: `bad_sql` (`where` is its line and column), `sql_refused` for anything but
   * reading, `no_case`.
   */
  'sql.start': command<SqlState>()(
    z.object({
      caseIds: z.array(z.string().min(1)).min(1).max(10_000),
      sql: z.string().max(1_000_000),
      maxSeconds: z.number().min(0.01).max(86_400).default(120),
      maxRows: z.number().int().min(1).max(1_000_000_000).default(5_000_000),
    }),
  ),
  'sql.state': command<SqlState>()(z.object({ queryId })),
  /**
   * Rows [start, start + count) of those available so far, each an array in the order of the
   * columns.
   */
  'sql.rows': command<{ rows: SqlCell[][]; state: SqlState }>()(
    z.object({
      queryId,
      start: z.number().int().min(0),
      count: z.number().int().min(0).max(10_000),
      /** Longer texts are cut. */
      maxChars: z.number().int().min(1).default(4_000),
    }),
  ),
  /** Stops a query, and drops its rows unless `keepRows` is set. */
  'sql.stop': command<null>()(z.object({ queryId, keepRows: z.boolean().default(false) })),
  /** Statements run on the case, the latest first. They stay with the case across rebuilds. */
  'sql.history': command<SqlHistoryEntry[]>()(z.object({ caseId: z.string().min(1) })),
  /** Keeps a statement in the case's history. */
  'sql.remember': command<null>()(
    z.object({ caseId: z.string().min(1), sql: z.string().max(100_000), rows: z.number().int().min(0) }),
  ),
} satisfies Record<string, Command>;
