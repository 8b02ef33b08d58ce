/** Exports the public tables of a run as a data set for other engines. */
import * as z from 'zod';
import { type Command, command } from './commands.ts';
import type { ExportResult, LoadResult } from './export-records.ts';
import { redactionKinds } from './report-choices.ts';
import { sqlTableNames } from './sql-schema.ts';

const exportTableSchema = z.enum(sqlTableNames);

export const exportCommands = {
  /**
   * Writes tables of a run into the folder `path`: `table/run=<id>/part-N.<format>` and
   * `manifest.json`. Replaces what an earlier export of the run left there, and continues one that
   * was interrupted. If `path` ends in `.zip`, everything goes into that one file. Errors:
   * `not_complete`, `bad_manifest`, `unwritable`, `file_changed`, `file_gone`, `redaction_failed`,
   * and for a zip `exists`.
   */
  'export.save': command<ExportResult>()(
    z.object({
      caseId: z.string().min(1),
      path: z.string().min(1).max(32_768),
      /** Null for all. */
      tables: z.array(exportTableSchema).min(1).nullable().default(null),
      format: z.enum(['parquet', 'jsonl', 'csv']).default('parquet'),
      /** Kinds of values to hide; null hides nothing. */
      redact: z.array(z.enum(redactionKinds)).nullable().default(null),
      /** Replace an existing zip. */
      force: z.boolean().default(false),
    }),
  ),
  /**
   * Loads tables of a run into the ClickHouse server at `to`, `clickhouse://host:port/database`.
   * Only the command line may do this; any other address yields error `not_allowed`. Errors:
   * `not_complete`, `bad_address`, `unreachable`, `clickhouse`, `file_changed`, `file_gone`.
   */
  'export.load': command<LoadResult>()(
    z.object({
      caseId: z.string().min(1),
      to: z.string().min(1).max(4_096),
      tables: z.array(exportTableSchema).min(1).nullable().default(null),
      redact: z.array(z.enum(redactionKinds)).nullable().default(null),
    }),
  ),
} satisfies Record<string, Command>;
