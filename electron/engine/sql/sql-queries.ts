/**
 * The queries of an engine. A thread evaluates each over its cases. A query can be stopped at any
 * time and keeps its rows until newer queries replace it. A thread that does not stop on request is
 * terminated; the engine and its window continue.
 */
import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { CancelSignal } from '../../contract/contract.ts';
import { type ErrorInfo, fromErrorInfo, PostrunError } from '../../contract/errors.ts';
import type { SqlCell, SqlRead, SqlResultColumn, SqlState } from '../../contract/sql-records.ts';
import { workerUrl } from '../base/worker-url.ts';
import type { SqlJob, SqlReply, SqlWorkerData } from './messages.ts';
import { ResultFile } from './result-file.ts';
import { overTime, stopped } from './sql-errors.ts';
import type { CasePlace } from './tables/case-tables.ts';

/** Maximum number of queries whose rows are kept. */
const MAX_QUERIES = 8;
/** Time that a thread gets to end on request. */
const GRACE_MS = 1_500;
const PROGRESS_MS = 100;
/** Maximum number of threads that wait for the next query with their cases open. */
const MAX_IDLE = 2;

export interface SqlCase {
  caseId: string;
  place: CasePlace;
}

export interface SqlStart {
  sql: string;
  maxSeconds: number;
  maxRows: number;
}

interface Thread {
  key: string;
  worker: Worker;
  stop: Int32Array;
}

const NO_READS: SqlRead = { scans: 0, blocksTotal: 0, blocksRead: 0, bytesRead: 0, lines: 0 };

/** One query: its state, its rows, and its thread while it runs. */
class Query {
  readonly queryId = randomUUID();
  readonly caseIds: readonly string[];
  readonly file = new ResultFile();
  readonly started = performance.now();
  columns: SqlResultColumn[] | null = null;
  reads = NO_READS;
  error: ErrorInfo | null = null;
  thread: Thread | null = null;
  milliseconds = 0;
  isEnded = false;
  /** True if nobody will request its rows. */
  isForgotten = false;
  timers: NodeJS.Timeout[] = [];
  lastProgress = 0;
  /** Resolves when the thread has released the file. */
  released: Promise<unknown> = Promise.resolve();

  constructor(caseIds: readonly string[]) {
    this.caseIds = caseIds;
  }

  state(): SqlState {
    return {
      queryId: this.queryId,
      columns: this.columns ?? [],
      rows: this.file.rows,
      complete: this.isEnded,
      milliseconds: this.isEnded ? this.milliseconds : performance.now() - this.started,
      reads: this.reads,
      error:
        this.error === null ? null : { code: this.error.code, message: this.error.message, where: this.error.where },
    };
  }
}

export class SqlQueries {
  readonly #queries = new Map<string, Query>();
  readonly #idle: Thread[] = [];
  readonly #onProgress: (state: SqlState) => void;

  constructor(onProgress: (state: SqlState) => void) {
    this.#onProgress = onProgress;
  }

  /**
   * Starts a query. Resolves when its columns are known. Rejects if it is invalid or refused, or
   * fails without any rows.
   */
  async start(cases: readonly SqlCase[], request: SqlStart, signal: CancelSignal | null = null): Promise<SqlState> {
    const query = new Query(cases.map((each) => each.caseId));
    this.#queries.set(query.queryId, query);
    this.#makeRoom();
    await new Promise<void>((resolve) => this.#run(query, cases, request, resolve, signal));
    if (query.error !== null && query.file.rows === 0) {
      const { error } = query;
      this.stop(query.queryId, false);
      throw fromErrorInfo(error);
    }
    return query.state();
  }

  #run(
    query: Query,
    cases: readonly SqlCase[],
    request: SqlStart,
    onKnown: () => void,
    signal: CancelSignal | null,
  ): void {
    const thread = this.#threadFor(cases);
    query.thread = thread;
    const { worker } = thread;
    const end = (error: ErrorInfo | null, isGone: boolean) => {
      if (query.isEnded) return;
      this.#end(query, error, isGone);
      worker.off('message', onMessage);
      worker.off('error', onError);
      onKnown();
    };
    const onMessage = (reply: SqlReply) => {
      if (reply.type === 'columns') {
        query.columns = reply.columns;
        // An empty or short result is reported once, complete.
        query.timers.push(setTimeout(onKnown, 20));
      } else if (reply.type === 'chunk') {
        query.file.add(reply.chunk);
        query.reads = reply.reads;
        this.#tell(query, false);
      } else {
        query.reads = reply.reads;
        end(reply.error, false);
      }
    };
    const onError = (error: Error) =>
      end({ kind: 'bug', code: 'internal', message: error.message, where: null, detail: error.stack ?? null }, true);
    worker.on('message', onMessage);
    worker.on('error', onError);
    signal?.addEventListener('abort', () => this.stop(query.queryId, true), { once: true });
    const limit = request.maxSeconds * 1_000 + GRACE_MS;
    // The thread checks its own limit. If it cannot (a regular expression that runs away), it is
    // terminated.
    query.timers.push(setTimeout(() => end(infoOf(overTime(request.maxSeconds)), true), limit));
    const job: SqlJob = { ...request, fd: query.file.fd };
    worker.postMessage(job);
  }

  #threadFor(cases: readonly SqlCase[]): Thread {
    const key = JSON.stringify(cases.map(({ place }) => [place.database, place.folder]));
    const at = this.#idle.findIndex((thread) => thread.key === key);
    if (at !== -1) {
      const [thread] = this.#idle.splice(at, 1) as [Thread];
      Atomics.store(thread.stop, 0, 0);
      return thread;
    }
    const stop = new SharedArrayBuffer(4);
    const workerData: SqlWorkerData = { cases: cases.map(({ place }) => place), stop };
    const worker = new Worker(workerUrl(import.meta.url, 'sql-worker'), { workerData });
    worker.unref();
    return { key, worker, stop: new Int32Array(stop) };
  }

  #end(query: Query, error: ErrorInfo | null, isGone: boolean): void {
    query.isEnded = true;
    query.milliseconds = performance.now() - query.started;
    query.error = error;
    for (const timer of query.timers.splice(0)) clearTimeout(timer);
    const { thread } = query;
    query.thread = null;
    if (thread !== null) {
      if (isGone) query.released = thread.worker.terminate();
      else this.#rest(thread);
    }
    if (query.isForgotten) void this.#release(query);
    this.#tell(query, true);
  }

  /**
   * Closes the file only after the thread is done with it, because the system soon reuses the
   * number of a closed file.
   */
  #release(query: Query): Promise<void> {
    return query.released.then(() => query.file.close());
  }

  #rest(thread: Thread): void {
    this.#idle.push(thread);
    if (this.#idle.length > MAX_IDLE) void this.#idle.shift()?.worker.terminate();
  }

  #tell(query: Query, isForced: boolean): void {
    const now = performance.now();
    if (!isForced && now - query.lastProgress < PROGRESS_MS) return;
    query.lastProgress = now;
    this.#onProgress(query.state());
  }

  #makeRoom(): void {
    for (const queryId of this.#queries.keys()) {
      if (this.#queries.size <= MAX_QUERIES) return;
      this.stop(queryId, false);
    }
  }

  #of(queryId: string): Query {
    const query = this.#queries.get(queryId);
    if (query === undefined)
      throw new PostrunError('user', 'no_query', 'This query is no longer there; run it again.', { where: queryId });
    return query;
  }

  /** Throws `no_query`. */
  state(queryId: string): SqlState {
    return this.#of(queryId).state();
  }

  /** Throws `no_query`. */
  rows(queryId: string, start: number, count: number, maxChars: number): { rows: SqlCell[][]; state: SqlState } {
    const query = this.#of(queryId);
    return { rows: query.file.read(start, count, maxChars), state: query.state() };
  }

  /** Stops a query if it is running. With `keepRows`, its rows so far remain readable. */
  stop(queryId: string, keepRows: boolean): void {
    const query = this.#queries.get(queryId);
    if (query === undefined) return;
    if (!keepRows) {
      this.#queries.delete(queryId);
      query.isForgotten = true;
    }
    if (query.isEnded) {
      if (query.isForgotten) void this.#release(query);
      return;
    }
    if (query.thread !== null) Atomics.store(query.thread.stop, 0, 1);
    query.timers.push(setTimeout(() => this.#endNow(query), GRACE_MS));
  }

  #endNow(query: Query): void {
    if (!query.isEnded) this.#end(query, infoOf(stopped()), true);
  }

  /** Drops the queries over a case and the threads that have it open. */
  async closeCase(caseId: string): Promise<void> {
    const gone: Promise<unknown>[] = this.#idle.splice(0).map((thread) => thread.worker.terminate());
    for (const query of [...this.#queries.values()]) if (query.caseIds.includes(caseId)) gone.push(this.#drop(query));
    await Promise.all(gone);
  }

  #drop(query: Query): Promise<void> {
    this.#queries.delete(query.queryId);
    this.#endNow(query);
    return this.#release(query);
  }

  async close(): Promise<void> {
    await Promise.all([
      ...[...this.#queries.values()].map((query) => this.#drop(query)),
      ...this.#idle.splice(0).map((thread) => thread.worker.terminate()),
    ]);
  }
}

function infoOf(error: PostrunError): ErrorInfo {
  return { kind: error.kind, code: error.code, message: error.message, where: error.where, detail: null };
}
