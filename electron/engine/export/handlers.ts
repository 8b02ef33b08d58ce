/** The handlers of the export commands, over what the engine gives. */
import { resolve } from 'node:path';
import type { CancelSignal, CommandParams, EmitEvent } from '../../contract/contract.ts';
import type { ExportResult } from '../../contract/export-records.ts';
import { sqlTableNames } from '../../contract/sql-schema.ts';
import type { CasePlace } from '../sql/tables/case-tables.ts';
import { exportDataSet } from './data-set.ts';

export interface ExportContext {
  /** Throws `no_case`, or `not_complete` while the case is not indexed to its end. */
  placeOf: (caseId: string) => CasePlace;
  threads: number;
  emit: EmitEvent;
}

export interface ExportHandlers {
  'export.save': (params: CommandParams<'export.save'>, signal: CancelSignal) => Promise<ExportResult>;
}

export function exportHandlers({ placeOf, threads, emit }: ExportContext): ExportHandlers {
  return {
    'export.save': async ({ caseId, path, tables, format, redact }, signal) => {
      const started = performance.now();
      const directory = resolve(path);
      const written = await exportDataSet(
        {
          place: placeOf(caseId),
          directory,
          tables: sqlTableNames.filter((name) => tables === null || tables.includes(name)),
          format,
          redact,
          threads,
          onProgress: (progress) => emit('export.progressed', { caseId, ...progress }),
        },
        signal,
      );
      return { directory, format, tables: written, seconds: (performance.now() - started) / 1_000 };
    },
  };
}
