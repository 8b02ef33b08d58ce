import { randomUUID } from 'node:crypto';
import type { Explanation, Facets, Histogram, SearchState } from '../../contract/commands.ts';
import { PostrunError } from '../../contract/errors.ts';
import type { LineRow } from '../../contract/records.ts';
import type { BlockTable } from './block-table.ts';
import { type Candidate, facetsOf, histogramOf } from './candidates.ts';
import { HitOrder, type OrderedBlock } from './hit-order.ts';
import { HitReader } from './hit-reader.ts';
import type { BlockHits, BlockRef, WorkerQuery } from './jobs.ts';
import type { Planner, SearchPlan } from './planner.ts';
import type { SearchPool } from './pool.ts';
import { type ScanFile, scanCost } from './scan.ts';

/** Text verified by one job: small enough to be cancelled and overtaken within milliseconds. */
const JOB_BYTES = 2 * 1024 * 1024;
/** The first jobs are smaller, so that the first page is there at once. */
const FIRST_JOB_BYTES = 128 * 1024;
/** Hits whose lines and times are kept; of the others only counts are. 12 bytes a hit. */
const MAX_KEPT_HITS = 2_000_000;
const PROGRESS_MS = 60;

export interface SearchContext {
  table: BlockTable;
  planner: Planner;
  pool: SearchPool;
  /** Grows whenever the derived tables or the index did: workers then forget what they loaded. */
  epoch: () => number;
  /** Share of the case that is indexed. */
  indexed: () => number;
  /** Files that are not indexed to their end. */
  pendingFiles: () => ScanFile[];
}

/**
 * One search: candidate blocks from the index, verified in the background in the order of the result, rows on demand.
 * Files that are not indexed when it starts are scanned, so that it is exact over everything from the first second; a file that is
 * indexed before its turn to be scanned comes is taken from the index ({@link extend}).
 */
export class SearchSession {
  readonly searchId = randomUUID();
  readonly plan: SearchPlan;
  readonly order: 'time' | 'file';
  readonly #context: SearchContext;
  readonly #query: WorkerQuery;
  readonly #reader: HitReader;
  readonly #onProgress: (state: SearchState) => void;
  #candidates: Candidate[] = [];
  /** Verified in this order; `#next` is the first that is not handed out. */
  #queue: Candidate[] = [];
  #next = 0;
  #running = 0;
  #segments = 0;
  #ordered = new HitOrder();
  #orderedCount = -1;
  #matches = 0;
  #keptHits = 0;
  #blocksTotal = 0;
  #verified = 0;
  #bytes = 0;
  #inFlight = new Set<Candidate>();
  #toScan: ScanFile[] = [];
  #held: BlockRef[] = [];
  readonly #scanned = new Set<number>();
  #scanning = 0;
  #scanBytes = 0;
  readonly #stopScans = new SharedArrayBuffer(4);
  #isStopped = false;
  #error: PostrunError | null = null;
  #started = performance.now();
  #milliseconds = 0;
  #planMs = 0;
  #lastProgress = 0;
  #waiters: (() => void)[] = [];

  constructor(
    context: SearchContext,
    plan: SearchPlan,
    order: 'time' | 'file',
    onProgress: (state: SearchState) => void,
  ) {
    this.#context = context;
    this.plan = plan;
    this.order = order;
    this.#onProgress = onProgress;
    this.#query = { queryId: this.searchId, expr: plan.parsed.expr, lines: plan.lineFilter };
    this.#reader = new HitReader({ pool: context.pool, epoch: context.epoch, query: this.#query, order });
    this.#toScan = context.pendingFiles().filter((pending) => {
      const file = context.table.files.get(pending.fileId);
      return file !== undefined && plan.isFileWanted(file);
    });
    this.extend();
  }

  /** Take in the segments that were indexed since the last call. */
  extend(): void {
    if (this.#isStopped) return;
    const start = performance.now();
    const fresh: Candidate[] = [];
    // What is indexed by now need not be scanned; of a file that waits to be scanned the index is not used.
    const isPending = (fileId: number) => this.#context.table.files.get(fileId)?.lines == null;
    const skipped = new Set(this.#scanned);
    this.#toScan = this.#toScan.filter((file) => isPending(file.fileId));
    for (const file of this.#toScan) skipped.add(file.fileId);
    for (; this.#segments < this.#context.table.segments.length; this.#segments++) {
      const { refs, total } = this.#context.planner.select(this.plan, this.#segments);
      this.#blocksTotal += total;
      this.#held.push(...refs);
    }
    // Of a file that waits for its scan blocks are held back until the whole of it is indexed; of one that was scanned they are not needed.
    for (const ref of this.#held.splice(0)) {
      if (!skipped.has(ref.fileId))
        fresh.push({ ref: this.#context.planner.ref(ref.blockId, ref.span), key: 0, hits: null });
      else if (!this.#scanned.has(ref.fileId)) this.#held.push(ref);
    }
    this.#planMs += performance.now() - start;
    this.#add(fresh);
    this.#pump();
    this.#report(true);
  }

  #add(fresh: Candidate[]): void {
    if (fresh.length > 0) {
      this.#candidates = [...this.#candidates, ...fresh].sort(
        (a, b) =>
          this.#fileOrder(a) - this.#fileOrder(b) || a.ref.fileLine - b.ref.fileLine || a.ref.start - b.ref.start,
      );
      this.#candidates.forEach((candidate, k) => {
        const us = candidate.hits?.minUs ?? (this.#context.table.minUs[candidate.ref.blockId] as number);
        candidate.key = this.order === 'file' ? k : Number.isNaN(us) ? Number.MAX_SAFE_INTEGER : us;
      });
      this.#queue = this.#candidates.filter((candidate) => candidate.hits === null && !this.#inFlight.has(candidate));
      if (this.order === 'time') this.#queue.sort((a, b) => a.key - b.key);
      this.#next = 0;
      this.#orderedCount = -1;
    }
  }

  #fileOrder(candidate: Candidate): number {
    return this.#context.table.files.get(candidate.ref.fileId)?.order ?? 0;
  }

  #pump(): void {
    while (!this.#isStopped && this.#running < this.#context.pool.threads + 1 && this.#next < this.#queue.length) {
      const batch: Candidate[] = [];
      const limit = this.#verified < 16 ? FIRST_JOB_BYTES : JOB_BYTES;
      let bytes = 0;
      while (this.#next < this.#queue.length && bytes < limit) {
        const candidate = this.#queue[this.#next++] as Candidate;
        batch.push(candidate);
        this.#inFlight.add(candidate);
        bytes += candidate.ref.bytes;
      }
      this.#running++;
      const keep = this.#keptHits < MAX_KEPT_HITS;
      this.#context.pool
        .run(
          {
            type: 'count',
            query: this.#query,
            blocks: batch.map((candidate) => candidate.ref),
            keep,
            epoch: this.#context.epoch(),
          },
          bytes,
          false,
        )
        .then(
          (reply) => {
            this.#bytes += reply.bytes;
            batch.forEach((candidate, k) => {
              this.#take(candidate, reply.hits[k] as BlockHits);
            });
          },
          (error: unknown) => this.#fail(error),
        )
        .finally(() => {
          this.#running--;
          this.#pump();
          this.#report(this.complete);
        });
    }
    this.#scan();
  }

  /** When the index has nothing more to give, the files that it does not cover. */
  #scan(): void {
    while (
      !this.#isStopped &&
      this.#scanning < this.#context.pool.threads &&
      this.#next >= this.#queue.length &&
      this.#toScan.length > 0
    ) {
      const file = this.#toScan.shift() as ScanFile;
      this.#scanned.add(file.fileId);
      this.#scanning++;
      const keep = this.#keptHits < MAX_KEPT_HITS;
      this.#context.pool
        .run(
          { type: 'scan', query: this.#query, file, keep, stop: this.#stopScans, epoch: this.#context.epoch() },
          scanCost(file),
          false,
        )
        .then(
          (reply) => {
            this.#bytes += reply.bytes;
            this.#scanBytes += reply.bytes;
            const found = reply.refs.map((ref): Candidate => ({ ref, key: 0, hits: null }));
            found.forEach((candidate, k) => {
              this.#take(candidate, reply.hits[k] as BlockHits);
            });
            this.#add(found);
          },
          (error: unknown) => this.#fail(error),
        )
        .finally(() => {
          this.#scanning--;
          this.#pump();
          this.#report(this.complete);
        });
    }
  }

  #take(candidate: Candidate, hits: BlockHits): void {
    candidate.hits = hits;
    this.#inFlight.delete(candidate);
    this.#verified++;
    this.#matches += hits.count;
    if (hits.lines !== null) this.#keptHits += hits.count;
  }

  #fail(error: unknown): void {
    if (this.#isStopped) return;
    this.#error =
      error instanceof PostrunError
        ? error
        : new PostrunError('bug', 'search_failed', error instanceof Error ? error.message : String(error));
    this.stop();
  }

  /** Is every line of the case accounted for (or the search stopped)? */
  get complete(): boolean {
    return (
      this.#isStopped ||
      (this.#next >= this.#queue.length &&
        this.#inFlight.size === 0 &&
        this.#toScan.length === 0 &&
        this.#scanning === 0)
    );
  }

  #report(force: boolean): void {
    for (const wake of this.#waiters.splice(0)) wake();
    const now = performance.now();
    if (this.complete && this.#milliseconds === 0) this.#milliseconds = now - this.#started;
    if (!force && now - this.#lastProgress < PROGRESS_MS) return;
    this.#lastProgress = now;
    this.#onProgress(this.state());
  }

  state(): SearchState {
    const left = this.#toScan.length + this.#scanning;
    const share = this.complete ? 1 : this.#verified / Math.max(1, this.#candidates.length) / (1 + left);
    let files = 0;
    let last = -1;
    for (const candidate of this.#candidates) {
      if (candidate.hits === null || candidate.hits.count === 0 || candidate.ref.fileId === last) continue;
      last = candidate.ref.fileId;
      files++;
    }
    return {
      searchId: this.searchId,
      matches: this.#matches,
      files,
      complete: this.complete,
      progress: share,
      indexed: this.#context.indexed(),
      milliseconds: this.complete ? this.#milliseconds : performance.now() - this.#started,
      error: this.#error?.kind === 'cancelled' ? null : (this.#error?.message ?? null),
      suggestion: this.#matches === 0 && this.complete ? this.plan.parsed.suggestion : null,
    };
  }

  /** Bring the order up to date with what is verified; rows below the returned key are final in it. */
  #refreshOrder(): number {
    if (this.#orderedCount !== this.#verified) {
      const blocks: OrderedBlock[] = [];
      this.#candidates.forEach((candidate, index) => {
        const hits = candidate.hits;
        if (hits === null || hits.count === 0) return;
        blocks.push(
          this.order === 'file'
            ? { index, count: hits.count, min: index, max: index }
            : { index, count: hits.count, min: hits.minUs, max: hits.maxUs },
        );
      });
      this.#ordered.set(blocks);
      this.#orderedCount = this.#verified;
    }
    let frontier =
      this.#next < this.#queue.length ? (this.#queue[this.#next] as Candidate).key : Number.POSITIVE_INFINITY;
    for (const candidate of this.#inFlight) frontier = Math.min(frontier, candidate.key);
    return frontier;
  }

  #knownRows(): number {
    const frontier = this.#refreshOrder();
    return frontier === Number.POSITIVE_INFINITY ? this.#ordered.total : this.#ordered.certainlyBefore(frontier);
  }

  /** Rows [start, start + count) of the result; waits until they are known or the search is complete. */
  async rows(
    start: number,
    count: number,
    maxChars: number,
    signal: { readonly aborted: boolean },
  ): Promise<LineRow[]> {
    let known = this.#knownRows();
    while (known < start + count && !this.complete && !signal.aborted) {
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
      known = this.#knownRows();
    }
    if (this.#error !== null && this.#error.kind !== 'cancelled' && this.#matches === 0) throw this.#error;
    const end = Math.min(start + count, known);
    if (signal.aborted || start >= end) return [];
    const window = this.#ordered.window(start, end - start);
    // More candidates may come while hits are read: the list that the window was made of stays as it is.
    const candidates = this.#candidates;
    const hits = await this.#reader.hits(candidates, window.active);
    hits.sort((a, b) => a.key - b.key || a.index - b.index || a.line - b.line);
    // `before` counts the blocks that lie wholly before the window; hits of active blocks before it are among `hits`.
    const offset = start - window.before;
    const page = hits.slice(offset, offset + (end - start));
    return this.#reader.rows(candidates, page, maxChars);
  }

  /** Ordinal of the first hit at or after a line of a file, or a time. */
  async locate(target: { fileId: number | null; line: number | null; timeUs: number | null }): Promise<number> {
    this.#refreshOrder();
    if (target.fileId !== null && target.line !== null) return this.#locateLine(target.fileId, target.line);
    if (this.order === 'file' || target.timeUs === null) return 0;
    return this.#rank(target.timeUs, -1, 0);
  }

  async #locateLine(fileId: number, line: number): Promise<number> {
    const candidates = this.#candidates;
    for (const [index, candidate] of candidates.entries()) {
      const { ref, hits } = candidate;
      if (ref.fileId !== fileId || hits === null || hits.count === 0 || ref.fileLine + this.#linesOf(candidate) < line)
        continue;
      const found = await this.#reader.hits(candidates, [
        { index, count: hits.count, min: hits.minUs, max: hits.maxUs },
      ]);
      const hit = found.find((item) => ref.fileLine + item.line + 1 >= line);
      if (hit !== undefined) return this.#rank(hit.key, hit.index, hit.line);
    }
    return this.#ordered.total;
  }

  /** Number of lines of a candidate, at least up to its last hit. */
  #linesOf({ ref, hits }: Candidate): number {
    if (ref.blockId === -1) return (hits?.lines?.at(-1) ?? Number.POSITIVE_INFINITY) + 1;
    let lines = 0;
    for (let k = 0; k < ref.span; k++) lines += this.#context.table.lines[ref.blockId + k] as number;
    return lines;
  }

  /** Number of hits before (key, index, line). */
  async #rank(key: number, index: number, line: number): Promise<number> {
    const { straddling, before } = this.#ordered.around(key);
    const equal = this.#ordered
      .window(Math.min(before, Math.max(0, this.#ordered.total - 1)), 1)
      .active.filter((block) => block.min === key);
    const blocks = new Map([...straddling, ...equal].map((block) => [block.index, block]));
    const hits = await this.#reader.hits(this.#candidates, [...blocks.values()]);
    return (
      before +
      hits.filter(
        (hit) => hit.key < key || (hit.key === key && (hit.index < index || (hit.index === index && hit.line < line))),
      ).length
    );
  }

  /** Counts of the hits found so far by file, node, pid, kind and level. */
  facets(): Facets {
    return facetsOf(this.#candidates, this.#context.table.files, this.complete);
  }

  /** Hits over time by level; the hits of a block are spread over the time between its first and last hit. */
  histogram(fromUs: number, toUs: number, buckets: number): Histogram {
    return histogramOf(this.#candidates, { fromUs, toUs, buckets }, this.complete);
  }

  explain(): Explanation {
    return {
      plan: JSON.stringify(this.plan.requirement),
      blocksTotal: this.#blocksTotal,
      blocksSelected: this.#candidates.reduce((sum, candidate) => sum + candidate.ref.span, 0),
      blocksVerified: this.#verified,
      bytesVerified: this.#bytes,
      bytesScanned: this.#scanBytes,
      milliseconds: { plan: this.#planMs, total: this.state().milliseconds },
    };
  }

  stop(): void {
    this.#isStopped = true;
    Atomics.store(new Int32Array(this.#stopScans), 0, 1);
    this.#inFlight.clear();
    this.#queue.length = 0;
    this.#report(true);
  }
}
