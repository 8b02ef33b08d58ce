/**
 * A hit scan reads all lines of a search again in the background and passes on what it extracts. It
 * starts over if the search finds different lines.
 */
import type { HitCount } from '../../contract/hits.ts';
import type { Candidate } from './candidates.ts';
import type { SearchSession } from './session.ts';
import type { Extract, ExtractWish } from './worker/extract.ts';

/** Text that one job reads. */
const JOB_BYTES = 2 * 1024 * 1024;

export class HitScan<Of extends Extract['of']> {
  readonly session: SearchSession;
  readonly #wish: ExtractWish;
  readonly #sink: HitSink<Of>;
  #version = -1;
  #isRunning = false;
  #isStopped = false;
  #done = 0;
  #all = 0;
  #error: string | null = null;

  constructor(session: SearchSession, wish: ExtractWish & { of: Of }, sink: HitSink<Of>) {
    this.session = session;
    this.#wish = wish;
    this.#sink = sink;
  }

  /** Returns the progress, and continues if there is more to read. */
  count(): HitCount {
    this.#start();
    const { matches, complete, progress, error } = this.session.state();
    const isCurrent = this.#version === this.session.version;
    const isAtEnd = this.#error !== null || this.#isStopped || (complete && isCurrent && this.#done === this.#all);
    return {
      complete: isAtEnd,
      progress: isAtEnd
        ? 1
        : !complete
          ? progress / 2
          : 0.5 + (isCurrent ? this.#done / Math.max(1, this.#all) / 2 : 0),
      lines: matches,
      error: this.#error ?? error,
    };
  }

  /** Resolves when the scan is complete. */
  async whenComplete(): Promise<HitCount> {
    for (let count = this.count(); ; count = this.count()) {
      if (count.complete) return count;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  stop(): void {
    this.#isStopped = true;
  }

  #start(): void {
    if (this.#isRunning || this.#isStopped || this.#error !== null) return;
    if (this.session.complete && this.#version === this.session.version) return;
    this.#isRunning = true;
    this.#run()
      .catch((error: unknown) => {
        this.#error = error instanceof Error ? error.message : String(error);
      })
      .finally(() => {
        this.#isRunning = false;
      });
  }

  async #run(): Promise<void> {
    const { session } = this;
    await session.whenComplete();
    const { version } = session;
    const candidates = [...session.found];
    this.#sink.clear();
    this.#done = 0;
    this.#all = candidates.length;
    this.#version = version;
    const batches = batchesOf(candidates);
    const isGoing = () => !this.#isStopped && session.version === version;
    const work = async () => {
      for (let batch = batches.next(); !batch.done && isGoing(); batch = batches.next()) {
        const found = await session.extract(batch.value, this.#wish);
        if (!isGoing()) return;
        this.#sink.take(found as Extract & { of: Of }, batch.value);
        this.#done += batch.value.length;
      }
    };
    await Promise.all(Array.from({ length: session.threads }, work));
  }
}

/** Receives the extracts of a scan. */
export interface HitSink<Of extends Extract['of']> {
  /** Discards everything, because the scan starts over. */
  clear(): void;
  take(found: Extract & { of: Of }, candidates: readonly Candidate[]): void;
}

function* batchesOf(candidates: readonly Candidate[]): Generator<Candidate[], undefined> {
  let batch: Candidate[] = [];
  let bytes = 0;
  for (const candidate of candidates) {
    batch.push(candidate);
    bytes += candidate.bytes;
    if (bytes < JOB_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
