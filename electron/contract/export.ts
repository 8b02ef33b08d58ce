/** The public tables of a run as a data set for other engines. */
import * as z from 'zod';
import { type Command, command } from './commands.ts';
import type { ExportResult, LoadResult } from './export-records.ts';
import { redactionKinds } from './report-choices.ts';
import { sqlTableNames } from './sql-schema.ts';

const exportTableSchema = z.enum(sqlTableNames);

export const exportCommands = {
  /**
   * Write tables of a run into the folder `path`: `table/run=<id>/part-N.<format>` and
   * `manifest.json`. What an earlier export of the run left there is replaced; one that was cut off
   * is gone on with. A `path` that ends in `.zip` gets all of it as one file. Errors:
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
      /** Replace a zip that is there. */
      force: z.boolean().default(false),
    }),
  ),
  /**
   * Load tables of a run into the ClickHouse server at `to`, `clickhouse://host:port/database`.
   * Only the command line may: error `not_allowed` for an address that it was not given. Errors:
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
