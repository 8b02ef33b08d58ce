/**
 * A search session is one search with its results. It verifies candidates as pages are requested
 * and counts the rest in the background.
 */
import type { Explanation, Facets, Histogram, SearchState } from '../../contract/commands.ts';
import { PostrunError } from '../../contract/errors.ts';
import { type Facet, facetRow, facets, isNarrowed } from '../../contract/facets.ts';
import type { LineRow } from '../../contract/line-records.ts';
import { type Candidate, CandidateList, facetsOf, histogramOf } from './candidates.ts';
import { FileScans, type Scan } from './file-scans.ts';
import { HitPages } from './hit-pages.ts';
import { HitReader } from './hit-reader.ts';
import { Intake } from './intake.ts';
import type { BlockHits, BlockRef } from './plan/block-ref.ts';
import type { BlockTable } from './plan/block-table.ts';
import type { Planner } from './plan/planner.ts';
import type { SearchPlan } from './plan/search-plan.ts';
import { SearchProgress } from './search-progress.ts';
import type { Extract, ExtractWish } from './worker/extract.ts';
import type { WorkerQuery } from './worker/jobs.ts';
import { packBlocks, unpackHits } from './worker/packed.ts';
import type { SearchPool } from './worker/pool.ts';
import type { ScanFile } from './worker/scan.ts';

/** Text that one job verifies: little enough to be cancelled or overtaken within milliseconds. */
const JOB_BYTES = 4 * 1024 * 1024;
/**
 * The first jobs are smaller, so that the first page appears quickly. Later ones grow with what has
 * been verified.
 */
const FIRST_JOB_BYTES = 128 * 1024;
const JOB_SHARE = 1 / 16;
/**
 * Maximum number of hits whose lines and times are kept, at 12 bytes per hit. The rest are only
 * counted.
 */
const MAX_KEPT_HITS = 2_000_000;
/** With up to this many matches, the user may have wanted matches within longer words. */
const FEW_MATCHES = 20;
/** Errors that no longer apply once the case matches its source again. */
const PASSING = new Set(['file_changed', 'file_gone']);

export interface SearchContext {
  table: BlockTable;
  planner: Planner;
  pool: SearchPool;
  /**
   * Increases whenever the derived tables or the index change. Workers then drop what they loaded.
   */
  epoch: () => number;
  /** Share of the case that is indexed. */
  indexed: () => number;
  /** Files that are not fully indexed. */
  pendingFiles: () => ScanFile[];
  /** Compiles the search's filter against the current case. */
  replan: () => SearchPlan;
}

export interface RowsAsked {
  start: number;
  count: number;
  maxChars: number;
  raw: boolean;
  atLeast?: number | null;
}

/**
 * One search: candidate blocks from the index, verified in the background in the order of the
 * result, and rows on demand. Files that are not indexed at the start are scanned, so the result
 * covers everything from the first second. A file that is indexed before its scan comes from the
 * index ({@link extend}).
 */
export class SearchSession {
  readonly searchId: string;
  plan: SearchPlan;
  readonly order: 'time' | 'file';
  readonly #context: SearchContext;
  readonly #query: WorkerQuery;
  readonly #pages: HitPages;
  readonly #onProgress: (state: SearchState) => void;
  readonly #list: CandidateList;
  readonly #intake: Intake;
  readonly #scans: FileScans;
  readonly #progress = new SearchProgress();
  /** Number of verifying jobs. */
  #running = 0;
  /** Bytes verified so far. */
  #bytes = 0;
  /** Removals of the table when blocks that are gone were last dropped. */
  #removals: number;
  #isStopped = false;
  #error: PostrunError | null = null;

  constructor(
    context: SearchContext,
    plan: SearchPlan,
    { searchId, order }: { searchId: string; order: 'time' | 'file' },
    onProgress: (state: SearchState) => void,
  ) {
    this.#context = context;
    this.searchId = searchId;
    this.plan = plan;
    this.order = order;
    this.#onProgress = onProgress;
    this.#list = new CandidateList(context.table, order, plan.clock);
    this.#query = { queryId: this.searchId, expr: plan.parsed.expr, lines: plan.lineFilter, clock: plan.clock };
    const { pool, epoch, table } = context;
    const refOf = (candidate: Candidate) => this.#refOf(candidate);
    const reader = new HitReader({ pool, epoch, query: this.#query, order, refOf });
    this.#pages = new HitPages({ table, list: this.#list, reader, order });
    this.#removals = table.removals;
    const onFailure = (error: unknown) => this.#fail(error);
    this.#intake = new Intake(context, { onSelected: () => this.#admit(), onFailure });
    this.#scans = new FileScans({
      pool,
      query: this.#query,
      epoch,
      onScanned: (scan) => this.#takeScanned(scan),
      onFailure,
      onSettled: () => this.#goOn(),
    });
    this.#scans.begin(this.#filesToScan());
    this.extend();
  }

  #filesToScan(): ScanFile[] {
    return this.#context.pendingFiles().filter((pending) => {
      const file = this.#context.table.files.get(pending.fileId);
      return file !== undefined && this.plan.isFileWanted(file);
    });
  }

  /**
   * Updates the search after the case was read again completely. If the search depends on what
   * lines belong to, it starts over.
   */
  renew(): void {
    const { typed } = this.plan.parsed;
    const isOfAttempts = (facet: Facet) => facetRow(facet).attempt !== null && isNarrowed(typed[facet]);
    const isJoined = this.plan.clock === 'aligned' || facets.some(isOfAttempts);
    if (isJoined && !this.#isStopped) {
      this.plan = this.#context.replan();
      this.#beginAnew();
    }
    this.extend();
  }

  #beginAnew(): void {
    this.#list.clear();
    this.#intake.beginAnew();
    this.#scans.begin(this.#filesToScan());
    this.#isStopped = false;
    this.#error = null;
  }

  /** Drops hits in blocks that are gone. */
  #dropGone(): void {
    const { table } = this.#context;
    if (this.#removals === table.removals) return;
    this.#removals = table.removals;
    const isPast = this.#error !== null && PASSING.has(this.#error.code);
    // For scanned files, it is unknown whether the hits are still there.
    if (isPast || (this.#scans.hasBegun && !this.#isStopped)) this.#beginAnew();
    else this.#list.leaveOut(({ blockId, fileId }) => blockId !== -1 && !table.has(blockId, fileId));
  }

  /** Takes in the segments indexed since the last call, and drops hits in blocks that are gone. */
  extend(): void {
    this.#dropGone();
    if (this.#isStopped) return;
    this.#scans.leaveOut((fileId) => this.#context.table.files.get(fileId)?.lines != null);
    this.#intake.extend(this.plan);
  }

  /** Makes candidates of newly selected blocks. */
  #admit(): void {
    if (this.#isStopped) return;
    this.#list.add(this.#intake.admit(this.plan, this.#scans));
    this.#pump();
    this.#report(true);
  }

  #refOf(candidate: Candidate): BlockRef {
    // A block that is gone still has its file in the candidate. It is shown as it was until it is
    // replaced.
    const { blockId, span, fileId, scanned } = candidate;
    return scanned ?? { ...this.#context.planner.ref(blockId, span), fileId };
  }

  #pump(): void {
    const { pool } = this.#context;
    while (!this.#isStopped && this.#running < pool.threads + 1 && this.#list.hasNext) {
      const batch = this.#list.take(Math.min(JOB_BYTES, Math.max(FIRST_JOB_BYTES, this.#bytes * JOB_SHARE)));
      const bytes = batch.reduce((sum, candidate) => sum + candidate.bytes, 0);
      const blocks = packBlocks(batch.map((candidate) => this.#refOf(candidate)));
      this.#running++;
      const removals = this.#removals;
      pool
        .run(
          { type: 'count', query: this.#query, blocks, keep: this.#keeps, epoch: this.#context.epoch() },
          bytes,
          false,
        )
        .then(
          (reply) => {
            this.#bytes += reply.bytes;
            const hits = unpackHits(reply.hits);
            batch.forEach((candidate, k) => {
              // Skip candidates whose block has disappeared since.
              if (this.#list.inFlight.has(candidate)) this.#list.verify(candidate, hits[k] as BlockHits);
            });
          },
          (error: unknown) => {
            // A file changed in the meantime. Request the rest of the batch again.
            if (removals !== this.#removals) this.#list.giveBack(batch);
            else this.#fail(error);
          },
        )
        .finally(() => {
          this.#running--;
          this.#goOn();
        });
    }
    // When the index has nothing more to offer, scan the files that it does not cover.
    if (!this.#isStopped && this.#intake.running === 0 && !this.#list.hasNext) this.#scans.start(this.#keeps);
  }

  /** Continues with the next job, and reports progress. */
  #goOn(): void {
    this.#pump();
    this.#report(this.complete);
  }

  get #keeps(): boolean {
    return this.#list.keptHits < MAX_KEPT_HITS;
  }

  #takeScanned({ refs, hits, bytes }: Scan): void {
    this.#bytes += bytes;
    const fresh = refs.map((ref, k): Candidate => {
      const found = hits[k] as BlockHits;
      const candidate: Candidate = {
        blockId: -1,
        span: 1,
        fileId: ref.fileId,
        bytes: ref.bytes,
        key: found.minUs,
        index: 0,
        hits: null,
        scanned: ref,
      };
      this.#list.verify(candidate, found);
      return candidate;
    });
    this.#list.add(fresh);
  }

  #fail(error: unknown): void {
    if (this.#isStopped) return;
    this.#error =
      error instanceof PostrunError
        ? error
        : new PostrunError('bug', 'search_failed', error instanceof Error ? error.message : String(error));
    this.stop();
  }

  /** True if every line of the case is accounted for, or the search was stopped. */
  get complete(): boolean {
    if (this.#isStopped) return true;
    const isVerified = !this.#list.hasNext && this.#list.inFlight.size === 0;
    return isVerified && this.#intake.running === 0 && this.#scans.left === 0;
  }

  #report(isPressing: boolean): void {
    if (this.#progress.step(this.complete, isPressing)) this.#onProgress(this.state());
  }

  state(): SearchState {
    const { complete } = this;
    const { matches, files, verified, all } = this.#list;
    const left = this.#scans.left + this.#intake.running;
    return {
      searchId: this.searchId,
      matches,
      files,
      complete,
      progress: complete ? 1 : verified / Math.max(1, all.length) / (1 + left),
      indexed: this.#context.indexed(),
      milliseconds: this.#progress.milliseconds(complete),
      error: this.#error?.kind === 'cancelled' ? null : (this.#error?.message ?? null),
      suggestion: matches <= FEW_MATCHES && complete ? this.plan.parsed.suggestion : null,
    };
  }

  /** Returns the number of rows whose place in the order is final. */
  #knownRows(): number {
    // In file order a key is a place among the candidates, and more candidates may arrive.
    if (this.#intake.running > 0 && this.order === 'file') return 0;
    return this.#list.certainlyBefore(Math.min(this.#list.frontier, this.#intake.leastKey));
  }

  /**
   * Returns rows [start, start + count) of the result. Waits until they, or `atLeast` of them, are
   * known, or the search is complete. A known row keeps its place.
   */
  async rows(
    { start, count, maxChars, raw, atLeast = null }: RowsAsked,
    signal: { readonly aborted: boolean },
  ): Promise<LineRow[]> {
    const end = start + Math.min(count, atLeast ?? count);
    // With fewer hits than wanted, there is no need to check which are final.
    const isKnown = () => this.#list.matches >= end && this.#knownRows() >= end;
    while (!this.complete && !signal.aborted && !isKnown()) {
      await this.#progress.next();
    }
    if (this.#error !== null && this.#error.kind !== 'cancelled' && this.#list.matches === 0) throw this.#error;
    if (signal.aborted) return [];
    return this.#pages.rows(start, count, this.#knownRows(), maxChars, raw);
  }

  /** Returns the ordinal of the first hit at or after a line of a file, or a time. */
  locate(target: { fileId: number | null; line: number | null; timeUs: number | null }): Promise<number> {
    return this.#pages.locate(target);
  }

  /** Counts the hits so far by file, node, pid, kind and level. */
  facets(): Facets {
    return facetsOf(this.#list.all, this.#context.table.files, this.complete);
  }

  /**
   * Counts hits over time by level. Spreads the hits of a block over the time between its first and
   * last.
   */
  histogram(fromUs: number, toUs: number, buckets: number): Histogram {
    return histogramOf(this.#list.found, { fromUs, toUs, buckets }, this.complete);
  }

  /** Increases whenever the lines found change. */
  get version(): number {
    return this.#list.version;
  }

  /** Blocks with hits, in the order of the search. */
  get found(): readonly Candidate[] {
    return this.#list.found;
  }

  /** Number of threads that take jobs. */
  get threads(): number {
    return this.#context.pool.threads;
  }

  /** Resolves when every line is accounted for, or the search was stopped. */
  async whenComplete(): Promise<void> {
    while (!this.complete) await this.#progress.next();
    if (this.#error !== null && this.#error.kind !== 'cancelled') throw this.#error;
  }

  /** Extracts something from the lines found in some blocks. Throws as a search does. */
  async extract(candidates: readonly Candidate[], wish: ExtractWish): Promise<Extract> {
    const blocks = packBlocks(candidates.map((candidate) => this.#refOf(candidate)));
    const bytes = candidates.reduce((sum, candidate) => sum + candidate.bytes, 0);
    const job = { type: 'extract', query: this.#query, blocks, wish, epoch: this.#context.epoch() } as const;
    return (await this.#context.pool.run(job, bytes, false)).found;
  }

  /** Converts a line of a block into a line of its file, from 1. */
  fileLineOf(candidate: Candidate, line: number): number {
    return this.#refOf(candidate).fileLine + line + 1;
  }

  explain(): Explanation {
    return {
      plan: JSON.stringify(this.plan.requirement),
      blocksTotal: this.#context.planner.countBlocks(this.plan, this.#intake.segments),
      blocksSelected: this.#list.all.reduce((sum, candidate) => sum + candidate.span, 0),
      blocksVerified: this.#list.verified,
      bytesVerified: this.#bytes,
      bytesScanned: this.#scans.bytes,
      milliseconds: { plan: this.#intake.milliseconds, total: this.state().milliseconds },
    };
  }

  stop(): void {
    this.#isStopped = true;
    this.#intake.stop();
    this.#scans.stop();
    this.#list.stop();
    this.#report(true);
  }
}
