/** The state of indexing a case: its phase, what is done and what is left. */
import type { IndexProgress } from '../../contract/case-records.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, selectRows } from '../store/select.ts';

const totals = { files: 'number', done: 'number', bytes: 'number' } as const;

export class IndexState {
  phase: IndexProgress['phase'] = 'indexing';
  /** Why indexing stopped; null if nothing is wrong. */
  message: string | null = null;
  /** True if nothing was left to index when the case was opened. */
  isReused = false;
  /** True if what is being indexed is little compared with what is there. */
  isRefresh = false;
  #bytesTotal = 0;
  #bytesBefore = 0;
  #bytesRead = 0;
  #filesDone = 0;
  #filesTotal = 0;
  #startedMs = performance.now();

  /** Starts indexing, with `bytesLeft` to read. */
  begin(db: ReadableDb, bytesLeft: number): void {
    const sums = "count(*) AS files, coalesce(sum(state <> 'pending'), 0) AS done, coalesce(sum(bytes), 0) AS bytes";
    const { files, done, bytes } = only(selectRows(db, `SELECT ${sums} FROM file`, totals));
    this.#filesTotal = files;
    this.#filesDone = done;
    this.#bytesTotal = bytes;
    this.#bytesBefore = bytes - bytesLeft;
    this.#bytesRead = 0;
    this.#startedMs = performance.now();
    this.message = null;
  }

  addBytes(bytes: number): void {
    this.#bytesRead += bytes;
  }

  addFiles(files: number): void {
    this.#filesDone += files;
  }

  get bytesTotal(): number {
    return this.#bytesTotal;
  }

  /** Bytes left to read when indexing started. */
  get bytesToRead(): number {
    return this.#bytesTotal - this.#bytesBefore;
  }

  /** Share of the bytes that is indexed, 0…1. */
  get share(): number {
    return this.#bytesTotal === 0 ? 1 : this.#bytesDone / this.#bytesTotal;
  }

  get #bytesDone(): number {
    if (this.phase === 'complete') return this.#bytesTotal;
    return Math.min(this.#bytesTotal, this.#bytesBefore + this.#bytesRead);
  }

  progress(caseId: string): IndexProgress {
    const seconds = (performance.now() - this.#startedMs) / 1000;
    const bytesDone = this.#bytesDone;
    const rate = this.phase === 'indexing' && seconds > 0.2 ? this.#bytesRead / seconds : 0;
    const isDone = this.phase === 'complete';
    return {
      caseId,
      phase: this.phase,
      bytesDone,
      bytesTotal: this.#bytesTotal,
      filesDone: isDone ? this.#filesTotal : Math.min(this.#filesDone, this.#filesTotal),
      filesTotal: this.#filesTotal,
      bytesPerSecond: rate,
      secondsLeft: rate > 0 ? (this.#bytesTotal - bytesDone) / rate : null,
      reused: this.isReused,
      isRefresh: this.isRefresh,
      message: this.message,
    };
  }
}
