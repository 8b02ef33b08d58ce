/**
 * The search pool: threads that verify blocks. It shares them among searches and replaces a stuck
 * one.
 */
import { Worker } from 'node:worker_threads';
import { fromErrorInfo, PostrunError } from '../../../contract/errors.ts';
import { workerUrl } from '../../base/worker-url.ts';
import type { Expr } from '../query/query.ts';
import type { SearchJob, SearchReply, SearchWorkerData } from './jobs.ts';

/**
 * A job may take {@link PATIENCE_MS} plus the time to read its text at this rate. After that it is
 * stuck: its regular expression runs away.
 */
const SLOWEST_BYTES_PER_MS = 1_000;
const PATIENCE_MS = 5_000;
/** A job with a regular expression that has held a thread for this long may hold it much longer. */
const HELD_MS = 300;
/**
 * The processor time is read at most this often, because reading it costs as much as a small job.
 */
const USAGE_MS = 100;

interface Waiting {
  job: SearchJob;
  bytes: number;
  urgent: boolean;
  resolve: (reply: SearchReply) => void;
  reject: (error: Error) => void;
}

interface Slot {
  startedMs: number;
  worker: Worker | null;
  current: Waiting | null;
  timer: NodeJS.Timeout | null;
}

/**
 * Runs jobs on threads. Urgent jobs (visible rows) overtake the others. A job that runs away costs
 * its thread, not the engine.
 */
export class SearchPool {
  readonly #data: SearchWorkerData;
  readonly #slots: Slot[];
  /** An extra thread for jobs that cannot run away, while jobs that may hold all the others. */
  readonly #spare: Slot = { worker: null, current: null, timer: null, startedMs: 0 };
  readonly #queue: Waiting[] = [];
  #isClosed = false;
  #usage = { askedMs: Number.NEGATIVE_INFINITY, cpuMs: 0 };

  constructor(data: SearchWorkerData, threads: number) {
    this.#data = data;
    this.#slots = Array.from({ length: Math.max(1, threads) }, () => ({
      worker: null,
      current: null,
      timer: null,
      startedMs: 0,
    }));
  }

  get threads(): number {
    return this.#slots.length;
  }

  /**
   * Starts up to `count` missing threads, so that the first search need not wait for them. The
   * others start when a search has work for them.
   */
  start(count = this.threads): void {
    if (this.#isClosed) return;
    for (const slot of this.#slots.slice(0, count)) slot.worker ??= this.#start(slot);
  }

  /**
   * Runs a job. The type of reply follows the job's. Rejects with {@link PostrunError}:
   * `runaway_search`, or the job's own error.
   */
  run<Type extends SearchJob['type']>(
    job: Extract<SearchJob, { type: Type }>,
    bytes: number,
    urgent: boolean,
  ): Promise<Extract<SearchReply, { type: Type }>> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        job,
        bytes,
        urgent,
        resolve: (reply) => resolve(reply as Extract<SearchReply, { type: Type }>),
        reject,
      };
      if (this.#isClosed) return reject(new PostrunError('cancelled', 'cancelled', 'The case was closed.'));
      if (urgent) {
        const at = this.#queue.findIndex((other) => !other.urgent);
        this.#queue.splice(at === -1 ? this.#queue.length : at, 0, waiting);
      } else this.#queue.push(waiting);
      this.#pump();
    });
  }

  #pump(): void {
    for (const slot of this.#slots) {
      if (this.#queue.length === 0) return;
      if (slot.current !== null) continue;
      this.#give(slot, this.#queue.shift() as Waiting);
    }
    this.#pumpSpare();
  }

  /**
   * Keeps searches that run away, or might, from making the others wait until they are given up.
   */
  #pumpSpare(): void {
    if (this.#spare.current !== null) return;
    const at = this.#queue.findIndex(({ job }) => !mayRunAway(job));
    if (at === -1) return;
    const now = performance.now();
    const isHeld = this.#slots.every(
      ({ current, startedMs }) => current !== null && mayRunAway(current.job) && now - startedMs > HELD_MS,
    );
    if (isHeld) this.#give(this.#spare, this.#queue.splice(at, 1)[0] as Waiting);
    else setTimeout(() => this.#pumpSpare(), HELD_MS).unref();
  }

  #give(slot: Slot, next: Waiting): void {
    slot.current = next;
    slot.startedMs = performance.now();
    slot.worker ??= this.#start(slot);
    const patience = PATIENCE_MS + next.bytes / SLOWEST_BYTES_PER_MS;
    this.#watch(slot, patience);
    slot.worker.postMessage(next.job);
  }

  /**
   * Gives up a slot's job after its time. Counts the processor time of the process, because on a
   * busy machine, and while a thread starts, a harmless search takes as long as a wild one.
   */
  #watch(slot: Slot, patience: number): void {
    const started = this.#cpuMs();
    const look = () => {
      const left = patience - (this.#cpuMs() - started);
      if (left > 0) slot.timer = setTimeout(look, Math.max(250, left)).unref();
      else this.#giveUp(slot);
    };
    slot.timer = setTimeout(look, patience).unref();
  }

  /** Returns the processor time of the process, at most {@link USAGE_MS} old. */
  #cpuMs(): number {
    const now = performance.now();
    if (now - this.#usage.askedMs > USAGE_MS) {
      const { user, system } = process.cpuUsage();
      this.#usage = { askedMs: now, cpuMs: (user + system) / 1_000 };
    }
    return this.#usage.cpuMs;
  }

  #start(slot: Slot): Worker {
    const worker = new Worker(workerUrl(import.meta.url, 'search-worker'), { workerData: this.#data });
    worker.on('message', (reply: SearchReply) => {
      const current = this.#release(slot);
      if (current === null) return;
      if (reply.type === 'error') current.reject(fromErrorInfo(reply.error));
      else current.resolve(reply);
      this.#pump();
    });
    worker.on('error', (error: Error) => {
      const current = this.#release(slot);
      slot.worker = null;
      current?.reject(error);
      this.#pump();
    });
    return worker;
  }

  #release(slot: Slot): Waiting | null {
    const current = slot.current;
    slot.current = null;
    if (slot.timer !== null) clearTimeout(slot.timer);
    slot.timer = null;
    return current;
  }

  #giveUp(slot: Slot): void {
    const current = this.#release(slot);
    const worker = slot.worker;
    slot.worker = null;
    void worker?.terminate();
    current?.reject(
      new PostrunError(
        'user',
        'runaway_search',
        'The search was stopped: on some line this regular expression takes far too long. Nested repetitions such as (a+)+ do this; simplify it.',
      ),
    );
    this.#pump();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const waiting of this.#queue.splice(0))
      waiting.reject(new PostrunError('cancelled', 'cancelled', 'The case was closed.'));
    await Promise.all(
      [...this.#slots, this.#spare].map((slot) => {
        const worker = slot.worker;
        if (worker === null) return undefined;
        const exit = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
        worker.postMessage('stop');
        const limit = setTimeout(() => void worker.terminate(), 2_000);
        return exit.finally(() => clearTimeout(limit));
      }),
    );
  }
}

/** Only a user's regular expression takes more than linear time. */
function mayRunAway(job: SearchJob): boolean {
  return 'query' in job && hasRegex(job.query.expr);
}

function hasRegex(expr: Expr): boolean {
  switch (expr.type) {
    case 'regex':
      return true;
    case 'and':
    case 'or':
      return expr.items.some(hasRegex);
    case 'not':
      return hasRegex(expr.item);
    default:
      return false;
  }
}
