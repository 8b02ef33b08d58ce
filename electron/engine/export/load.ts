/** Loads a run into ClickHouse in its own thread. */
import { Worker } from 'node:worker_threads';
import type { CancelSignal } from '../../contract/contract.ts';
import { fromErrorInfo } from '../../contract/errors.ts';
import type { ExportedTable } from '../../contract/export-records.ts';
import type { RedactionKind } from '../../contract/report-choices.ts';
import type { SqlTableName } from '../../contract/sql-schema.ts';
import { workerUrl } from '../base/worker-url.ts';
import type { CasePlace } from '../sql/tables/case-tables.ts';
import type { ClickHouseAddress } from './clickhouse-address.ts';
import type { LoadReply, LoadWorkerData } from './load-worker.ts';

export interface LoadOptions {
  place: CasePlace;
  address: ClickHouseAddress;
  tables: SqlTableName[];
  redact: RedactionKind[] | null;
  onProgress: (bytes: number) => void;
}

/**
 * Throws {@link PostrunError}: `unreachable`, `clickhouse`, `file_changed`, `file_gone`, cancelled.
 */
export function loadRun(options: LoadOptions, signal: CancelSignal): Promise<ExportedTable[]> {
  signal.throwIfAborted();
  const { place, address, tables, redact, onProgress } = options;
  const stop = new SharedArrayBuffer(4);
  const workerData: LoadWorkerData = { place, address: { ...address, url: address.url.href }, tables, redact, stop };
  const worker = new Worker(workerUrl(import.meta.url, 'load-worker'), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: 12 },
  });
  const cancel = () => Atomics.store(new Int32Array(stop), 0, 1);
  signal.addEventListener('abort', cancel);
  return new Promise<ExportedTable[]>((resolve, reject) => {
    worker.on('message', (reply: LoadReply) => {
      if (reply.type === 'progress') onProgress(reply.bytes);
      else if (reply.type === 'error') reject(fromErrorInfo(reply.error));
      else resolve(reply.tables);
    });
    worker.on('error', reject);
  }).finally(async () => {
    signal.removeEventListener('abort', cancel);
    await worker.terminate();
  });
}
