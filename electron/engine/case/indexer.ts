/**
 * The indexer runs the ingest workers and the writer of a case, and has the derived tables built
 * once enough has been read.
 */
import { MessageChannel, Worker } from 'node:worker_threads';
import { workerUrl as workerUrlHere } from '../base/worker-url.ts';
import { ingestWorkerUrl } from '../ingest/ingest-worker-url.ts';
import type { FromIngestWorker, FromWriter, IngestWorkerData, ToIngestWorker } from '../ingest/messages.ts';
import type { UnitQueue } from '../ingest/unit-queue.ts';

export interface IndexerOptions {
  /** Path of the case's database. */
  database: string;
  source: IngestWorkerData;
  /** The units to read. */
  queue: UnitQueue;
  workers: number;
  /** Reports bytes read since the last call, roughly ten times per second and worker at most. */
  onBytes: (bytes: number) => void;
  /** Reports files that are fully indexed. */
  onFiles: (fileIds: number[]) => void;
  /** The derived tables were rebuilt. */
  onDerived: () => void;
  onDeriving: () => void;
}

/**
 * Minimum interval between builds of the derived tables while indexing: the first when the most
 * informative files are read, later ones rarely.
 */
const DERIVE_EVERY_MS = 5_000;

/**
 * Keeps garbage small. These threads hold their data in buffers, and their young generations add up
 * (writer: 146 → 30 MB).
 */
const YOUNG = { maxYoungGenerationSizeMb: 8 };

export class Indexer {
  readonly #options: IndexerOptions;
  readonly #queue: UnitQueue;
  readonly #workers: Worker[] = [];
  readonly #idle: number[] = [];
  #writer: Worker | null = null;
  #unwritten = 0;
  #isStopping = false;
  #lastDerived = 0;
  #isDeriving = false;
  #isEnding = false;
  #early = 0;
  #settle: { resolve: () => void; reject: (error: Error) => void } | null = null;

  constructor(options: IndexerOptions) {
    this.#options = options;
    this.#queue = options.queue;
    this.#early = this.#queue.urgent;
  }

  /**
   * Indexes everything and derives. Resolves when done or stopped, after finishing the units in
   * progress. Rejects if it cannot continue.
   */
  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      const count = Math.max(1, Math.min(this.#options.workers, this.#queue.length));
      const channels = Array.from({ length: count }, () => new MessageChannel());
      const writer = new Worker(workerUrlHere(import.meta.url, 'writer-worker'), {
        workerData: { path: this.#options.database, workers: channels.map((channel) => channel.port1) },
        transferList: channels.map((channel) => channel.port1),
        resourceLimits: YOUNG,
      });
      this.#writer = writer;
      writer.on('message', (message: FromWriter) => this.#onWriter(message));
      writer.on('error', (error: Error) => this.#fail(error));
      writer.on('exit', () => this.#onExit());
      for (const [k, channel] of channels.entries()) {
        const worker = new Worker(ingestWorkerUrl(), {
          workerData: { ...this.#options.source, writer: channel.port2 },
          transferList: [channel.port2],
          resourceLimits: { ...YOUNG, maxOldGenerationSizeMb: 512 },
        });
        worker.on('message', (message: FromIngestWorker) => this.#onWorker(k, message));
        worker.on('error', (error: Error) => this.#fail(error));
        worker.on('exit', () => this.#onExit());
        this.#workers.push(worker);
      }
    });
  }

  /** Stops after the units in progress. What is done stays. */
  stop(): void {
    this.#isStopping = true;
    this.#queue.clear();
    this.#pump();
  }

  /** Reads the unit of this file next. */
  prioritise(fileId: number): void {
    this.#queue.prioritise(fileId);
  }

  #onWorker(k: number, message: FromIngestWorker): void {
    if (message.type === 'progress') this.#options.onBytes(message.bytes);
    else if (message.type === 'ready') {
      this.#idle.push(k);
      this.#pump();
    }
  }

  #pump(): void {
    while (this.#idle.length > 0) {
      const unit = this.#queue.take();
      if (unit === null) break;
      const k = this.#idle.pop() as number;
      this.#unwritten++;
      const message: ToIngestWorker = { type: 'unit', unit };
      this.#workers[k]?.postMessage(message);
    }
    const isDone = this.#queue.length === 0 && this.#unwritten === 0 && this.#idle.length === this.#workers.length;
    if (isDone && !this.#isDeriving) this.#derive();
  }

  #onWriter(message: FromWriter): void {
    if (message.type === 'failed') {
      this.#fail(new Error(message.message));
    } else if (message.type === 'written') {
      this.#options.onFiles(message.fileIds);
      if (message.last) {
        this.#unwritten--;
        this.#early--;
        const now = performance.now();
        const isDue = this.#early === 0 || (this.#early < 0 && now - this.#lastDerived > DERIVE_EVERY_MS);
        if (isDue && this.#queue.length > 0 && !this.#isDeriving) this.#derive();
      }
      this.#pump();
    } else {
      this.#isDeriving = false;
      // Deriving gets more expensive as the case grows, so spend at most a tenth of the time on it.
      this.#lastDerived = performance.now() + message.milliseconds * 9;
      this.#options.onDerived();
      const isDone = this.#queue.length === 0 && this.#unwritten === 0 && this.#idle.length === this.#workers.length;
      if (!isDone) return;
      if (this.#isFinalDerive || this.#isStopping) this.#finish();
      else this.#derive();
    }
  }

  #isFinalDerive = false;

  #derive(): void {
    this.#isDeriving = true;
    this.#isFinalDerive =
      this.#queue.length === 0 && this.#unwritten === 0 && this.#idle.length === this.#workers.length;
    if (this.#isFinalDerive) this.#options.onDeriving();
    this.#writer?.postMessage({ type: 'derive' });
  }

  /** Handles the end of a thread. If nobody asked it to end, nothing more will come from it. */
  #onExit(): void {
    if (!this.#isEnding) this.#fail(new Error('A thread that reads or writes ended before its work was done.'));
  }

  #finish(): void {
    this.#isEnding = true;
    const message: ToIngestWorker = { type: 'stop' };
    const exits = [...this.#workers, this.#writer].map(
      (worker) => new Promise<void>((resolve) => (worker === null ? resolve() : worker.once('exit', () => resolve()))),
    );
    for (const worker of this.#workers) worker.postMessage(message);
    this.#writer?.postMessage({ type: 'stop' });
    // Until all threads have ended, the writer can still fail: it now writes its last pages to
    // disk.
    void Promise.all(exits).then(() => {
      const settle = this.#settle;
      this.#settle = null;
      settle?.resolve();
    });
  }

  #fail(error: Error): void {
    this.#isEnding = true;
    const settle = this.#settle;
    this.#settle = null;
    void Promise.all([...this.#workers, this.#writer].map((worker) => worker?.terminate())).then(() =>
      settle?.reject(error),
    );
  }
}
