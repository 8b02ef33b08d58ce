/**
 * File scans: the part of a search that the index cannot answer. Files that are not indexed when
 * their turn comes are each read once.
 */
import type { SearchReply, WorkerQuery } from './worker/jobs.ts';
import type { SearchPool } from './worker/pool.ts';
import { type ScanFile, scanCost } from './worker/scan.ts';

/** The result of a scan. */
export type Scan = Extract<SearchReply, { type: 'scan' }>;

export interface FileScansOptions {
  pool: SearchPool;
  query: WorkerQuery;
  epoch: () => number;
  onScanned: (scan: Scan) => void;
  onFailure: (error: unknown) => void;
  /** Called when a scan is over, however it ended. */
  onSettled: () => void;
}

export class FileScans {
  readonly #options: FileScansOptions;
  /** Files that wait for their scan, in order. */
  #waiting = new Map<number, ScanFile>();
  readonly #scanned = new Set<number>();
  #running = 0;
  #bytes = 0;
  /** Stops running scans. Replaced when scanning starts over. */
  #stop = new SharedArrayBuffer(4);

  constructor(options: FileScansOptions) {
    this.#options = options;
  }

  /** Bytes read so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Number of files whose scan is not over. */
  get left(): number {
    return this.#waiting.size + this.#running;
  }

  /** True if any scan has started. */
  get hasBegun(): boolean {
    return this.#scanned.size > 0;
  }

  isWaiting(fileId: number): boolean {
    return this.#waiting.has(fileId);
  }

  isScanned(fileId: number): boolean {
    return this.#scanned.has(fileId);
  }

  /** Scans these files and discards earlier results. */
  begin(files: readonly ScanFile[]): void {
    this.stop();
    this.#stop = new SharedArrayBuffer(4);
    this.#scanned.clear();
    this.#waiting = new Map(files.map((file) => [file.fileId, file]));
  }

  /** Skips waiting files that have been indexed since. */
  leaveOut(isIndexed: (fileId: number) => boolean): void {
    for (const fileId of this.#waiting.keys()) if (isIndexed(fileId)) this.#waiting.delete(fileId);
  }

  /** Gives each thread a file to scan. `keep`: whether to keep lines and times of hits. */
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

  /** Stops the running scans. */
  stop(): void {
    Atomics.store(new Int32Array(this.#stop), 0, 1);
  }
}
