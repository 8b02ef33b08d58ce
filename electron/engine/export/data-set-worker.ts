/** A thread of an export: reads rows of a case and writes them as parts. */
import { join } from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { emptyFilter } from '../../contract/empty-filter.ts';
import { PostrunError, toErrorInfo } from '../../contract/errors.ts';
import { ALL_LEVELS } from '../search/line-scan.ts';
import { CaseTables, tableOf } from '../sql/tables/case-tables.ts';
import { linesCursor } from '../sql/tables/lines-table.ts';
import type { RowCursor } from '../sql/tables/row-source.ts';
import { rowGroups } from './columns.ts';
import { Hiding } from './hide.ts';
import type { DataSetReply, DataSetRequest, DataSetWorkerData, PartJob, PartRecord } from './messages.ts';
import { createPart } from './part-file.ts';

/** A table of records starts a new part at this size. */
const PART_BYTES = 128 * 1024 * 1024;

const data = workerData as DataSetWorkerData;
const port = parentPort as MessagePort;
const stop = new Int32Array(data.stop);
let reported = 0;

function check(): void {
  if (Atomics.load(stop, 0) === 1) throw new PostrunError('cancelled', 'cancelled', 'The export was stopped.');
}

const tables = new CaseTables(data.place, {
  onScan: () => undefined,
  check,
});
const hiding = data.redact === null ? null : new Hiding(tables.db, data.redact);

function say(reply: DataSetReply): void {
  port.postMessage(reply);
}

/** Reports bytes of the logs read since the last report. */
function progress(bytes: number): void {
  reported += bytes;
  if (reported < 4 * 1024 * 1024) return;
  say({ type: 'progress', bytes: reported });
  reported = 0;
}

function cursorOf({ table, segments }: PartJob): { cursor: RowCursor; read: () => number } {
  if (table !== 'lines') {
    const isUsed = tableOf(table).columns.map(() => true);
    return { cursor: tables.sources[table].open({ conditions: [], isUsed }), read: () => 0 };
  }
  tables.scanned.setYear();
  const scan = tables.scanned.scan({
    filter: emptyFilter,
    expr: null,
    fromLine: 1,
    toLine: Number.POSITIVE_INFINITY,
    levels: ALL_LEVELS,
    fileIds: null,
    segments,
  });
  scan.onBlock = check;
  return { cursor: linesCursor(scan, tableOf('lines'), tables.runId), read: () => scan.cost.bytesRead };
}

/** Writes the parts of a job. Writes at least one, so that every table exists. */
function writeParts(job: PartJob): PartRecord[] {
  const table = tableOf(job.table);
  const records: PartRecord[] = [];
  const runName = hiding === null ? tables.runId : hiding.text(tables.runId);
  const pathOf = (part: number) => `${job.table}/run=${runName}/part-${part}.${data.format}`;
  const { cursor, read } = cursorOf(job);
  let path = pathOf(job.part);
  let part = createPart(data.format, join(data.directory, path), table);
  let seen = 0;
  const finish = () => records.push({ table: job.table, path, ...part.finish() });
  try {
    for (const group of rowGroups(table, cursor)) {
      check();
      if (job.segments === null && part.bytes > PART_BYTES) {
        finish();
        path = pathOf(job.part + records.length);
        part = createPart(data.format, join(data.directory, path), table);
      }
      part.write(hiding === null ? group : hiding.apply(table, group, check));
      progress(read() - seen);
      seen = read();
    }
    finish();
  } catch (error) {
    part.discard();
    throw error;
  }
  return records;
}

port.on('message', (request: DataSetRequest) => {
  try {
    if (request.type === 'learn') {
      hiding?.learn(tables, check);
      say({ type: 'learned' });
    } else say({ type: 'written', records: writeParts(request.job) });
  } catch (error) {
    say({ type: 'error', error: toErrorInfo(error) });
  }
});
