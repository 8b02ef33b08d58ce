/**
 * The indexing of an open case: has what is not indexed yet read, under the case's lock, and knows
 * how far that is.
 */
import { availableParallelism } from 'node:os';
import type { IndexProgress } from '../../contract/case-records.ts';
import type { EmitEvent } from '../../contract/contract.ts';
import { systemErrorWords } from '../../contract/errors.ts';
import type { IngestWorkerData } from '../ingest/messages.ts';
import { isPending, type PendingUnit, pendingUnits } from '../ingest/pending.ts';
import { UnitQueue } from '../ingest/unit-queue.ts';
import type { BlockTable } from '../search/plan/block-table.ts';
import type { RunDate } from '../source/run-date.ts';
import { getMeta, setMeta } from '../store/meta.ts';
import { openWritable, type ReadableDb } from '../store/open.ts';
import { type CaseFolder, lockCase } from './case-folder.ts';
import { IndexState } from './index-state.ts';
import { Indexer } from './indexer.ts';

/** The window hears of progress at most this often. */
const PROGRESS_MS = 500;

/** Starting a thread takes as much processor time as indexing this much. */
const BYTES_WORTH_A_THREAD = 4 * 1024 * 1024;

/** Returns how many threads pay off for this many bytes: at least one, at most one per core. */
export function threadsWorth(bytes: number): number {
  return Math.max(1, Math.min(availableParallelism(), Math.ceil(bytes / BYTES_WORTH_A_THREAD)));
}

/** Returns how many bytes units or entries have together. */
export const bytesOf = (all: readonly { bytes: number }[]): number => all.reduce((sum, { bytes }) => sum + bytes, 0);

export interface CaseIndexingOptions {
  caseId: string;
  db: ReadableDb;
  /** Refreshed when everything is read. */
  table: BlockTable;
  folder: CaseFolder;
  source: Omit<IngestWorkerData, 'year' | 'runUs'>;
  /** For lines whose time has no date. */
  date: RunDate;
  /** Number of ingest workers; null: by the number of bytes. */
  workers: number | null;
  emit: EmitEvent;
  /** Called with files that are fully indexed. */
  onFiles: (fileIds: number[]) => void;
  /** Called when the derived tables were rebuilt. */
  onDerived: () => void;
  /** Called when indexing has ended, in whatever way, or had nothing to do. */
  onEnd: () => void;
}

export class CaseIndexing {
  readonly state = new IndexState();
  date: RunDate;
  readonly #options: CaseIndexingOptions;
  #indexer: Indexer | null = null;
  #running: Promise<void> = Promise.resolve();
  #unlock: () => void = () => undefined;
  #lastProgress = 0;

  constructor(options: CaseIndexingOptions) {
    this.#options = options;
    this.date = options.date;
  }

  get isRunning(): boolean {
    return this.#indexer !== null;
  }

  /** Indexes what is not indexed yet. Does nothing if that is already running. */
  start(): void {
    if (this.#indexer !== null) return;
    const { db, folder } = this.#options;
    const units = pendingUnits(db);
    this.state.begin(db, bytesOf(units));
    this.state.isReused = units.length === 0 && getMeta(db, 'derived') === 'complete';
    if (this.state.isReused) {
      this.#end('complete', null);
      return;
    }
    this.state.phase = 'indexing';
    this.#unlock = lockCase(folder);
    this.#indexer = this.#indexerOf(units);
    this.#running = this.#run(this.#indexer);
    this.report();
  }

  #indexerOf(units: PendingUnit[]): Indexer {
    const { db, folder, source, workers, onFiles, onDerived } = this.#options;
    return new Indexer({
      database: folder.database,
      source: { ...source, year: this.date.year, runUs: this.date.us },
      queue: new UnitQueue(db, units),
      workers: workers ?? threadsWorth(this.state.bytesToRead),
      onBytes: (bytes) => {
        this.state.addBytes(bytes);
        if (performance.now() - this.#lastProgress >= PROGRESS_MS) this.report();
      },
      onFiles: (fileIds) => {
        this.state.addFiles(fileIds.length);
        onFiles(fileIds);
      },
      onDerived,
      onDeriving: () => {
        this.state.phase = 'deriving';
        this.report();
      },
    });
  }

  async #run(indexer: Indexer): Promise<void> {
    const { db, table } = this.#options;
    try {
      await indexer.run();
      this.#indexer = null;
      table.refresh(db);
      const isLeft = isPending(db);
      if (!isLeft) this.#noteComplete();
      this.#end(isLeft ? 'cancelled' : 'complete', null);
    } catch (error) {
      // This includes failures after the last unit, such as a disk that has become full. Other
      // cases share this engine.
      this.#indexer = null;
      const reason = systemErrorWords(error)?.words ?? (error instanceof Error ? error.message : String(error));
      const sentence = /[.!?]$/.test(reason) ? reason : `${reason}.`;
      this.#end('failed', `Indexing stopped. ${sentence} What is indexed can be used; resume to go on.`);
    }
  }

  #noteComplete(): void {
    const db = openWritable(this.#options.folder.database);
    if (db === null) return;
    setMeta(db, 'derived', 'complete');
    db.close();
  }

  #end(phase: IndexProgress['phase'], message: string | null): void {
    this.#unlock();
    this.state.phase = phase;
    this.state.message = message;
    this.#options.onEnd();
  }

  /** Stops after the units in progress. What is done stays. */
  stop(): void {
    this.#indexer?.stop();
  }

  /** Reads a file next. */
  prioritise(fileId: number): void {
    this.#indexer?.prioritise(fileId);
  }

  /** Resolves when indexing has ended. */
  whenDone(): Promise<void> {
    return this.#running;
  }

  progress(): IndexProgress {
    return this.state.progress(this.#options.caseId);
  }

  /** Tells the window how far indexing is. */
  report(): void {
    this.#lastProgress = performance.now();
    this.#options.emit('case.progressed', this.progress());
  }
}
