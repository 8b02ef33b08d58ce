/** Indexes sample runs for tests: one ingest worker, this thread as the writer, then `derive`. */
import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { type SampleOptions, type SampleTruth, writeSample } from '../../../sample/sample.ts';
import { ingestWorkerUrl } from '../../ingest/ingest-worker-url.ts';
import type { FromIngestWorker, Unit } from '../../ingest/messages.ts';
import { pendingUnits, readUnit } from '../../ingest/pending.ts';
import { planUnits } from '../../ingest/plan.ts';
import { listSource } from '../../source/source.ts';
import { openWritable, type WritableDb } from '../../store/open.ts';
import type { SegmentRows } from '../../store/rows.ts';
import { SegmentWriter } from '../../store/segment-writer.ts';
import { only, selectCells } from '../../store/select.ts';
import { derive } from '../derive.ts';
import type { LineText } from '../refs.ts';

export interface IndexedSample {
  db: WritableDb;
  truth: SampleTruth;
  lineText: LineText;
}

/** Indexes samples under one folder with one shared worker, because starting a worker is slow. */
export class SampleIndexer {
  readonly #dir: string;
  readonly #worker: Worker;
  readonly #rows: MessagePort;
  #isReady = false;
  #units: Unit[] = [];
  #current: {
    writer: SegmentWriter;
    left: number;
    resolve: () => void;
    reject: (error: unknown) => void;
  } | null = null;

  constructor(dir: string) {
    this.#dir = dir;
    const channel = new MessageChannel();
    this.#rows = channel.port1;
    this.#worker = new Worker(ingestWorkerUrl(), {
      workerData: { kind: 'folder', path: dir, prefix: '', year: 2020, formats: [], writer: channel.port2 },
      transferList: [channel.port2],
    });
    this.#rows.on('message', (rows: SegmentRows) => this.#onRows(rows));
    this.#worker.on('message', (message: FromIngestWorker) => {
      if (message.type !== 'ready') return;
      this.#isReady = true;
      this.#pump();
    });
    this.#worker.on('error', (error) => this.#current?.reject(error));
  }

  #onRows(rows: SegmentRows): void {
    const current = this.#current;
    if (current === null) return;
    try {
      current.writer.write(rows);
      this.#rows.postMessage('written');
      if (rows.last && --current.left === 0) current.resolve();
    } catch (error) {
      current.reject(error);
    }
  }

  #pump(): void {
    const unit = this.#isReady ? this.#units.shift() : undefined;
    if (unit === undefined) return;
    this.#isReady = false;
    this.#worker.postMessage({ type: 'unit', unit });
  }

  /**
   * Writes a sample as `name` under the folder, indexes it and derives. The caller closes the
   * database. `change` may remove or change files before they are read.
   */
  async index(
    name: string,
    options: SampleOptions,
    change: (folder: string) => void = () => undefined,
  ): Promise<IndexedSample> {
    const folder = join(this.#dir, name);
    const truth = await writeSample(folder, options);
    change(folder);
    // Set the times of the files to the end of the run. Otherwise times without a year would be
    // taken as this year's.
    const endedAt = new Date(truth.endedAt ?? truth.startedAt);
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      utimesSync(join(folder, path), endedAt, endedAt);
    const db = openWritable(join(this.#dir, `${name}.db`));
    if (db === null) throw new Error('a new case is of another version');
    planUnits(db, await listSource(folder), '');
    const planned = pendingUnits(db).map((unit) => readUnit(db, unit));
    // The worker reads relative to the folder of all samples.
    this.#units = planned.map((unit) => ({
      ...unit,
      parts: unit.parts.map((part) => ({ ...part, file: { ...part.file, path: `${name}/${part.file.path}` } })),
    }));
    await new Promise<void>((resolve, reject) => {
      this.#current = { writer: new SegmentWriter(db), left: planned.length, resolve, reject };
      this.#pump();
    });
    derive(db);
    return { db, truth, lineText: readLines(db, folder) };
  }

  async close(): Promise<void> {
    this.#rows.close();
    await this.#worker.terminate();
  }
}

function readLines(db: WritableDb, folder: string): LineText {
  const files = new Map<number, string[]>();
  const pathOf = selectCells(db, 'SELECT path FROM file WHERE id = ?', 'text');
  return (fileId, line) => {
    let lines = files.get(fileId);
    if (lines === undefined) {
      lines = readFileSync(join(folder, only(pathOf, fileId)), 'utf8').split('\n');
      files.set(fileId, lines);
    }
    return (lines[line - 1] ?? '').slice(0, 1_000);
  };
}
