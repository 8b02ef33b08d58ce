/**
 * An export writes the public tables of a run as a data set: `table/run=<id>/part-N.parquet` (or
 * `.jsonl`, `.csv`) and a manifest. Threads write parts, and each part covers a fixed piece of the
 * case. So memory does not grow with the run, and an interrupted export resumes with the missing
 * parts.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CancelSignal } from '../../contract/contract.ts';
import { fromErrorInfo, PostrunError } from '../../contract/errors.ts';
import type { ExportedTable } from '../../contract/export-records.ts';
import type { RedactionKind } from '../../contract/report-choices.ts';
import { type SqlTableName, sqlTableNames } from '../../contract/sql-schema.ts';
import { workerUrl } from '../base/worker-url.ts';
import { BlockTable } from '../search/plan/block-table.ts';
import { runIdentity } from '../sql/tables/analysis-tables.ts';
import type { CasePlace } from '../sql/tables/case-tables.ts';
import { openReadable } from '../store/open.ts';
import { only, selectCells } from '../store/select.ts';
import { Hiding } from './hide.ts';
import { Journal, type ManifestRun, readManifest, writeManifest } from './manifest.ts';
import type { DataSetReply, DataSetRequest, DataSetWorkerData, PartJob, PartRecord } from './messages.ts';
import type { DataSetFormat } from './part-file.ts';

/** Number of segments (about 16 MB of the source each) per part of the lines. */
const SEGMENTS_A_PART = 8;
/** More threads would need more memory than an export may use. */
const MAX_THREADS = 2;

export interface ExportOptions {
  place: CasePlace;
  directory: string;
  tables: readonly SqlTableName[];
  format: DataSetFormat;
  redact: RedactionKind[] | null;
  threads: number;
  onProgress: (progress: { bytesDone: number; bytesTotal: number }) => void;
}

interface Plan {
  run: string;
  source: string;
  jobs: PartJob[];
  bytes: number;
}

function planOf({ place, tables, redact }: ExportOptions): Plan {
  const db = openReadable(place.database);
  try {
    const { runId, content } = runIdentity(db);
    const jobs: PartJob[] = [];
    if (tables.includes('lines')) {
      const blocks = new BlockTable();
      blocks.refresh(db);
      const segments = [...blocks.segments.keys()].filter((k) => (blocks.segments[k]?.blocks ?? 0) > 0);
      for (let at = 0; at === 0 || at < segments.length; at += SEGMENTS_A_PART) {
        jobs.push({ table: 'lines', part: at / SEGMENTS_A_PART, segments: segments.slice(at, at + SEGMENTS_A_PART) });
      }
    }
    for (const table of tables) if (table !== 'lines') jobs.push({ table, part: 0, segments: null });
    const bytes = only(selectCells(db, 'SELECT coalesce(sum(bytes), 0) FROM file', 'number'));
    return { run: redact === null ? runId : hiddenName(place, runId, redact), source: content, jobs, bytes };
  } finally {
    db.close();
  }
}

/** Returns a name for a run whose own name may contain hidden values. */
function hiddenName(place: CasePlace, runId: string, redact: readonly RedactionKind[]): string {
  const db = openReadable(place.database);
  try {
    return new Hiding(db, redact).text(runId);
  } finally {
    db.close();
  }
}

/**
 * Exports a run. Resolves with its tables in the data set. Throws {@link PostrunError}:
 * `bad_manifest`, `unwritable`, `file_changed`, `file_gone`, cancelled.
 */
export async function exportDataSet(options: ExportOptions, signal: CancelSignal): Promise<ExportedTable[]> {
  const { directory, format, redact } = options;
  prepareFolder(directory);
  readManifest(directory);
  const plan = planOf(options);
  const journal = new Journal(directory, { run: plan.run, source: plan.source, format, redacted: redact });
  const records = new Map<string, PartRecord[]>();
  const todo: PartJob[] = [];
  for (const job of plan.jobs) {
    const done = journal.done.get(nameOf(job));
    if (done?.every((record) => isThere(directory, record))) records.set(nameOf(job), done);
    else todo.push(job);
  }
  const run = new Threads(options, plan, (job, written) => {
    journal.add(nameOf(job), written);
    records.set(nameOf(job), written);
  });
  await run.all(todo, signal);
  const all = plan.jobs.flatMap((job) => records.get(nameOf(job)) ?? []);
  const tables = options.tables.map((table) => {
    const files = all.filter((record) => record.table === table);
    return { table, rows: files.reduce((sum, file) => sum + file.rows, 0), files };
  });
  removeOthers(directory, plan.run, tables);
  const entry: ManifestRun = {
    run: plan.run,
    source: plan.source,
    format,
    redacted: redact,
    exportedAt: new Date().toISOString(),
    tables: tables.map(({ table, rows, files }) => ({
      table,
      rows,
      files: files.map(({ path, rows: ofFile, bytes, sha256 }) => ({ path, rows: ofFile, bytes, sha256 })),
    })),
  };
  writeManifest(directory, entry);
  journal.remove();
  return tables.map(({ table, rows, files }) => ({
    table,
    rows,
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
  }));
}

const nameOf = (job: PartJob) => `${job.table} ${job.part} ${job.segments?.join(',') ?? ''}`;

function isThere(directory: string, record: PartRecord): boolean {
  const stat = statSync(join(directory, record.path), { throwIfNoEntry: false });
  return stat?.size === record.bytes;
}

function prepareFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (cause) {
    throw new PostrunError('environment', 'unwritable', 'The folder cannot be made; choose another one.', {
      where: directory,
      cause,
    });
  }
}

/**
 * Removes parts of an earlier export of the run that this one does not have, and half-written
 * files.
 */
function removeOthers(directory: string, run: string, tables: readonly { table: string; files: PartRecord[] }[]): void {
  for (const { table, files } of tables) {
    const folder = join(directory, table, `run=${run}`);
    if (!existsSync(folder)) continue;
    const kept = new Set(files.map((file) => file.path.split('/').at(-1)));
    for (const name of readdirSync(folder)) {
      if (!kept.has(name) && /^\.?part-\d+\./.test(name)) rmSync(join(folder, name), { force: true });
    }
  }
  for (const table of sqlTableNames) {
    if (tables.some((each) => each.table === table)) continue;
    rmSync(join(directory, table, `run=${run}`), { recursive: true, force: true });
  }
}

/** The threads of an export and their jobs. */
class Threads {
  readonly #options: ExportOptions;
  readonly #plan: Plan;
  readonly #onWritten: (job: PartJob, records: PartRecord[]) => void;
  readonly #stop = new SharedArrayBuffer(4);
  #bytesDone = 0;

  constructor(options: ExportOptions, plan: Plan, onWritten: (job: PartJob, records: PartRecord[]) => void) {
    this.#options = options;
    this.#plan = plan;
    this.#onWritten = onWritten;
  }

  async all(jobs: readonly PartJob[], signal: CancelSignal): Promise<void> {
    if (jobs.length === 0) return;
    signal.throwIfAborted();
    const cancel = () => Atomics.store(new Int32Array(this.#stop), 0, 1);
    signal.addEventListener('abort', cancel);
    const waiting = [...jobs];
    // A hidden value has one pseudonym in all parts, so a single thread must know them all.
    const threads = this.#options.redact !== null ? 1 : Math.min(MAX_THREADS, this.#options.threads, jobs.length);
    try {
      const ends = await Promise.allSettled(Array.from({ length: threads }, () => this.#work(waiting, cancel)));
      const failed = ends.filter((end) => end.status === 'rejected').map((end) => end.reason as unknown);
      // The first failure stopped the others.
      const cause = failed.find((error) => !(error instanceof PostrunError && error.kind === 'cancelled'));
      if (failed.length > 0) throw cause ?? failed[0];
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  async #work(waiting: PartJob[], cancel: () => void): Promise<void> {
    const { place, directory, format, redact } = this.#options;
    const workerData: DataSetWorkerData = { place, directory, format, redact, stop: this.#stop };
    const worker = new Worker(workerUrl(import.meta.url, 'data-set-worker'), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
    try {
      if (redact !== null) await this.#ask(worker, { type: 'learn' });
      for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
        const reply = await this.#ask(worker, { type: 'part', job });
        if (reply.type === 'written') this.#onWritten(job, reply.records);
      }
    } catch (error) {
      cancel();
      throw error;
    } finally {
      await worker.terminate();
    }
  }

  #ask(worker: Worker, request: DataSetRequest): Promise<DataSetReply> {
    return new Promise((resolve, reject) => {
      const end = (finish: () => void) => {
        worker.off('message', onMessage);
        worker.off('error', onError);
        finish();
      };
      const onMessage = (reply: DataSetReply) => {
        if (reply.type === 'progress') {
          this.#bytesDone += reply.bytes;
          this.#options.onProgress({ bytesDone: this.#bytesDone, bytesTotal: this.#plan.bytes });
        } else if (reply.type === 'error') end(() => reject(fromErrorInfo(reply.error)));
        else end(() => resolve(reply));
      };
      const onError = (error: Error) => end(() => reject(error));
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.postMessage(request);
    });
  }
}
