/**
 * File scans are the part of a search that the index cannot give: files that are not indexed when
 * their turn comes, each read through once.
 */
import type { SearchReply, WorkerQuery } from './worker/jobs.ts';
import type { SearchPool } from './worker/pool.ts';
import { type ScanFile, scanCost } from './worker/scan.ts';

/** What a scan found. */
export type Scan = Extract<SearchReply, { type: 'scan' }>;

export interface FileScansOptions {
  pool: SearchPool;
  query: WorkerQuery;
  epoch: () => number;
  onScanned: (scan: Scan) => void;
  onFailure: (error: unknown) => void;
  /** A scan is over, however it ended. */
  onSettled: () => void;
}

/** The files that a search scans. */
export class FileScans {
  readonly #options: FileScansOptions;
  /** Files that wait for their scan, in its order. */
  #waiting = new Map<number, ScanFile>();
  readonly #scanned = new Set<number>();
  #running = 0;
  #bytes = 0;
  /** Tells the scans under way to stop; another when all is begun anew. */
  #stop = new SharedArrayBuffer(4);

  constructor(options: FileScansOptions) {
    this.#options = options;
  }

  /** Bytes that were read. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Files whose scan is not over. */
  get left(): number {
    return this.#waiting.size + this.#running;
  }

  /** Whether any file was scanned, or is being. */
  get hasBegun(): boolean {
    return this.#scanned.size > 0;
  }

  isWaiting(fileId: number): boolean {
    return this.#waiting.has(fileId);
  }

  isScanned(fileId: number): boolean {
    return this.#scanned.has(fileId);
  }

  /** Scan these files; what was found before does not count. */
  begin(files: readonly ScanFile[]): void {
    this.stop();
    this.#stop = new SharedArrayBuffer(4);
    this.#scanned.clear();
    this.#waiting = new Map(files.map((file) => [file.fileId, file]));
  }

  /** What is indexed by now need not be scanned. */
  leaveOut(isIndexed: (fileId: number) => boolean): void {
    for (const fileId of this.#waiting.keys()) if (isIndexed(fileId)) this.#waiting.delete(fileId);
  }

  /** Let each thread scan a file. `keep`: whether lines and times of hits are kept. */
  start(keep: boolean): void {
    for (const file of this.#waiting.values()) {
      if (this.#running >= this.#options.pool.threads) return;
      this.#waiting.delete(file.fileId);
      this.#scanned.add(file.fileId);
      this.#scan(file, keep);
    }
  }

  #scan(file: ScanFile, keep: boolean): void {
    const { pool, query, epoch, onScanned, onFailure, onSettled } = this.#options;
    const stop = this.#stop;
    this.#running++;
    pool
      .run({ type: 'scan', query, file, keep, stop, epoch: epoch() }, scanCost(file), false)
      .then(
        (scan) => {
          if (stop !== this.#stop) return;
          this.#bytes += scan.bytes;
          onScanned(scan);
        },
        (error: unknown) => {
          if (stop === this.#stop) onFailure(error);
        },
      )
      .finally(() => {
        this.#running--;
        onSettled();
      });
  }

  /** Stop the scans under way. */
  stop(): void {
    Atomics.store(new Int32Array(this.#stop), 0, 1);
  }
}
