/** Handlers of the export commands. */
import { extname, resolve } from 'node:path';
import type { CancelSignal, CommandParams, EmitEvent } from '../../contract/contract.ts';
import { PostrunError } from '../../contract/errors.ts';
import type { ExportResult, LoadResult } from '../../contract/export-records.ts';
import { sqlTableNames } from '../../contract/sql-schema.ts';
import type { CasePlace } from '../sql/tables/case-tables.ts';
import { clickHouseAddress } from './clickhouse-address.ts';
import { type ExportOptions, exportDataSet } from './data-set.ts';
import { loadRun } from './load.ts';
import { exportZip } from './zip-data-set.ts';

export interface ExportContext {
  /** Throws `no_case`, or `not_complete` if the case is not fully indexed. */
  placeOf: (caseId: string) => CasePlace;
  threads: number;
  emit: EmitEvent;
}

export interface ExportHandlers {
  'export.save': (params: CommandParams<'export.save'>, signal: CancelSignal) => Promise<ExportResult>;
  'export.load': (params: CommandParams<'export.load'>, signal: CancelSignal) => Promise<LoadResult>;
}

export function exportHandlers({ placeOf, threads, emit }: ExportContext): ExportHandlers {
  return {
    'export.save': async ({ caseId, path, tables, format, redact, force }, signal) => {
      const started = performance.now();
      const directory = resolve(path);
      const options: ExportOptions = {
        place: placeOf(caseId),
        directory,
        tables: sqlTableNames.filter((name) => tables === null || tables.includes(name)),
        format,
        redact,
        threads,
        onProgress: (progress) => emit('export.progressed', { caseId, ...progress }),
      };
      const isZip = extname(path).toLowerCase() === '.zip';
      const written = await (isZip ? exportZip(options, force, signal) : exportDataSet(options, signal));
      return { directory, format, tables: written, seconds: (performance.now() - started) / 1_000 };
    },
    'export.load': async ({ caseId, to, tables, redact }, signal) => {
      const started = performance.now();
      // A page must not make the engine send a run anywhere.
      if (process.env.POSTRUN_SENDS_TO !== to) {
        throw new PostrunError(
          'user',
          'not_allowed',
          'Only the command line sends a run elsewhere: postrun export --to.',
        );
      }
      const address = clickHouseAddress(to, process.env);
      const bytesTotal = 0;
      const loaded = await loadRun(
        {
          place: placeOf(caseId),
          address,
          tables: sqlTableNames.filter((name) => tables === null || tables.includes(name)),
          redact,
          onProgress: (bytesDone) => emit('export.progressed', { caseId, bytesDone, bytesTotal }),
        },
        signal,
      );
      return { server: address.url.host, tables: loaded, seconds: (performance.now() - started) / 1_000 };
    },
  };
}
