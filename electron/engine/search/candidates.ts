/**
 * A candidate is a chain of blocks that may have hits. The list of candidates knows which are
 * verified, and counts hits.
 */
import type { Facets, Histogram } from '../../contract/commands.ts';
import type { ClockChoice } from '../../contract/filter.ts';
import { levels } from '../../contract/line-records.ts';
import { placeOf } from './plan/block-orders.ts';
import type { BlockHits, BlockRef } from './plan/block-ref.ts';
import type { BlockTable, SearchFile } from './plan/block-table.ts';

/**
 * A block that may have hits, or a chain of blocks that share a line, and the result of verifying
 * it.
 */
export interface Candidate {
  /** -1 for a block of a scanned file. */
  blockId: number;
  span: number;
  fileId: number;
  bytes: number;
  /**
   * Blocks are verified in the order of this key: least effective time, or place among the
   * candidates.
   */
  key: number;
  /** Place among the candidates of the search. */
  index: number;
  hits: BlockHits | null;
  /** Set for a scanned block; otherwise created when needed. */
  scanned: BlockRef | null;
}

/** From this number on, candidates are picked from the order of all blocks instead of sorted. */
const MANY = 4_000;

/** The candidates of a search: all, verified and next. */
export class CandidateList {
  /** In file order. New candidates replace the array; it is never changed. */
  all: readonly Candidate[] = [];
  /** Verified candidates with hits, in the order of verification. */
  found: Candidate[] = [];
  readonly inFlight = new Set<Candidate>();
  matches = 0;
  verified = 0;
  /** Number of hits whose lines and times are kept. */
  keptHits = 0;
  /** Increases whenever the order of hits changes. */
  version = 0;
  readonly #table: BlockTable;
  readonly #order: 'time' | 'file';
  readonly #clock: ClockChoice;
  readonly #files = new Set<number>();
  /** In the order of verification. `#next` is the first that was not handed out. */
  #queue: Candidate[] = [];
  #next = 0;

  constructor(table: BlockTable, order: 'time' | 'file', clock: ClockChoice) {
    this.#table = table;
    this.#clock = clock;
    this.#order = order;
  }

  /** Number of files with hits. */
  get files(): number {
    return this.#files.size;
  }

  get hasNext(): boolean {
    return this.#next < this.#queue.length;
  }

  /**
   * Adds candidates, verified or not. Those of indexed blocks come with their least time as key.
   */
  add(fresh: Candidate[]): void {
    if (fresh.length === 0) return;
    const all = this.#inFileOrder([...this.all, ...fresh]);
    const isByFile = this.#order === 'file';
    all.forEach((candidate, k) => {
      candidate.index = k;
      if (isByFile) candidate.key = k;
    });
    this.all = all;
    const queue = all.filter((candidate) => candidate.hits === null && !this.inFlight.has(candidate));
    this.#queue = isByFile ? queue : this.#inTimeOrder(queue);
    this.#next = 0;
    this.version++;
  }

  /** Removes candidates whose blocks are gone, with their hits. */
  leaveOut(isGone: (candidate: Candidate) => boolean): void {
    const left = this.all.filter((candidate) => !isGone(candidate));
    if (left.length === this.all.length) return;
    for (const candidate of this.inFlight) if (isGone(candidate)) this.inFlight.delete(candidate);
    const flying = [...this.inFlight];
    this.clear();
    for (const candidate of flying) this.inFlight.add(candidate);
    for (const candidate of left) if (candidate.hits !== null) this.#count(candidate, candidate.hits);
    this.add(left);
  }

  /** Takes back candidates that could not be verified, to hand them out again. */
  giveBack(batch: readonly Candidate[]): void {
    for (const candidate of batch) this.inFlight.delete(candidate);
    const { all } = this;
    this.all = [];
    this.add([...all]);
  }

  /** Removes all candidates. */
  clear(): void {
    this.all = [];
    this.found = [];
    this.#files.clear();
    this.matches = 0;
    this.verified = 0;
    this.keptHits = 0;
    this.#next = 0;
    this.version++;
    this.stop();
  }

  #inFileOrder(candidates: Candidate[]): Candidate[] {
    if (candidates.length >= MANY && candidates.every(({ scanned }) => scanned === null))
      return pick(candidates, this.#table.orders(this.#clock).byPlace);
    const { files } = this.#table;
    // Chains of a file begin at different lines. Places are equal only for the parts of a line
    // above 256 MB, which come in order.
    return candidates
      .map((candidate) => {
        const fileLine = candidate.scanned?.fileLine ?? this.#table.fileLine(candidate.blockId);
        return { candidate, place: placeOf(files.get(candidate.fileId)?.order ?? 0, fileLine) };
      })
      .sort((a, b) => a.place - b.place)
      .map(({ candidate }) => candidate);
  }

  #inTimeOrder(candidates: Candidate[]): Candidate[] {
    if (candidates.length >= MANY) return pick(candidates, this.#table.orders(this.#clock).byTime);
    return candidates.sort((a, b) => a.key - b.key);
  }

  /** Hands out the next candidates, with about this many bytes of text. */
  take(bytes: number): Candidate[] {
    const batch: Candidate[] = [];
    for (let sum = 0; this.#next < this.#queue.length && sum < bytes; this.#next++) {
      const candidate = this.#queue[this.#next] as Candidate;
      batch.push(candidate);
      this.inFlight.add(candidate);
      sum += candidate.bytes;
    }
    return batch;
  }

  /** Records the result of verifying a candidate. */
  verify(candidate: Candidate, hits: BlockHits): void {
    candidate.hits = hits;
    this.inFlight.delete(candidate);
    this.#count(candidate, hits);
  }

  #count(candidate: Candidate, hits: BlockHits): void {
    this.verified++;
    if (hits.count === 0) return;
    this.found.push(candidate);
    this.#files.add(candidate.fileId);
    this.matches += hits.count;
    if (hits.lines !== null) this.keptHits += hits.count;
    this.version++;
  }

  /** Least key of all candidates still to be verified. None of their hits has a lower one. */
  get frontier(): number {
    let least = Number.POSITIVE_INFINITY;
    if (this.#next < this.#queue.length) least = (this.#queue[this.#next] as Candidate).key;
    for (const candidate of this.inFlight) least = Math.min(least, candidate.key);
    return least;
  }

  /** Returns the number of known hits that certainly come before a key. */
  certainlyBefore(key: number): number {
    if (key === Number.POSITIVE_INFINITY) return this.matches;
    const isByFile = this.#order === 'file';
    let sum = 0;
    for (const { hits, index } of this.found) {
      if ((isByFile ? index : (hits?.maxUs ?? key)) < key) sum += hits?.count ?? 0;
    }
    return sum;
  }

  /** Stops handing out candidates. */
  stop(): void {
    this.inFlight.clear();
    this.#queue = [];
  }
}

/** Returns candidates of indexed blocks in the order of these ids. */
function pick(candidates: readonly Candidate[], order: Uint32Array): Candidate[] {
  const places = new Int32Array(candidates.reduce((most, { blockId }) => Math.max(most, blockId), 0) + 1);
  candidates.forEach(({ blockId }, k) => {
    places[blockId] = k + 1;
  });
  const picked: Candidate[] = [];
  for (const id of order) {
    const place = places[id] ?? 0;
    if (place > 0) picked.push(candidates[place - 1] as Candidate);
  }
  return picked;
}

/** Counts hits by file, node, pid, kind and level, most first. */
export function facetsOf(
  candidates: readonly Candidate[],
  known: ReadonlyMap<number, SearchFile>,
  complete: boolean,
): Facets {
  const files = new Map<number, number>();
  const nodes = new Map<string, number>();
  const kinds = new Map<string, number>();
  const pids = new Map<string, { node: string; pid: number; count: number }>();
  const byLevel = [0, 0, 0, 0, 0, 0];
  for (const { fileId, hits } of candidates) {
    if (hits === null || hits.count === 0) continue;
    files.set(fileId, (files.get(fileId) ?? 0) + hits.count);
    const file = known.get(fileId);
    if (file?.node != null) nodes.set(file.node, (nodes.get(file.node) ?? 0) + hits.count);
    if (file !== undefined) kinds.set(file.kind, (kinds.get(file.kind) ?? 0) + hits.count);
    hits.levels.forEach((count, level) => {
      byLevel[level] = (byLevel[level] as number) + count;
    });
    for (const [pid, count] of hits.pids) {
      const node = file?.node ?? '';
      const known = pids.get(`${node}\0${pid}`);
      if (known !== undefined) known.count += count;
      else pids.set(`${node}\0${pid}`, { node, pid, count });
    }
  }
  const descending = <T extends { count: number }>(list: T[]) => list.sort((a, b) => b.count - a.count);
  return {
    file: descending([...files].map(([fileId, count]) => ({ fileId, count }))),
    node: descending([...nodes].map(([node, count]) => ({ node, count }))),
    pid: descending([...pids.values()]),
    kind: descending([...kinds].map(([kind, count]) => ({ kind, count }))),
    level: byLevel
      .map((count, level) => ({ level: level === 0 ? null : (levels[level - 1] ?? null), count }))
      .filter((item) => item.count > 0),
    complete,
  };
}

/**
 * Counts hits over time by level. Spreads the hits of a block over the time between its first and
 * last.
 */
export function histogramOf(
  found: readonly Candidate[],
  { fromUs, toUs, buckets }: { fromUs: number; toUs: number; buckets: number },
  complete: boolean,
): Histogram {
  const counts = Array.from({ length: 6 }, () => new Array<number>(buckets).fill(0));
  const width = Math.max(1, (toUs - fromUs) / buckets);
  for (const { hits } of found) {
    if (hits === null || hits.minUs === Number.MAX_SAFE_INTEGER) continue;
    spread(counts, hits.levels, hits.minUs, Math.min(hits.maxUs, toUs), fromUs, width, buckets);
  }
  return { fromUs, toUs, bucketUs: width, counts, complete };
}

/**
 * Shares of a line are multiples of this power of two, so their sums are exact. They do not depend
 * on the order of blocks, which depends on threads.
 */
const SHARES = 2 ** 20;

/** Adds counts by level evenly to the buckets between two times. Only the sums are whole lines. */
export function spread(
  counts: number[][],
  byLevel: ArrayLike<number>,
  minUs: number,
  maxUs: number,
  fromUs: number,
  width: number,
  buckets: number,
): void {
  const first = Math.floor((minUs - fromUs) / width);
  const last = Math.floor((maxUs - fromUs) / width);
  if (last < 0 || first >= buckets) return;
  const share = 1 / (last - first + 1);
  for (let level = 0; level < 6; level++) {
    const count = byLevel[level] as number;
    if (count === 0) continue;
    const column = counts[level] as number[];
    const part = Math.round(count * share * SHARES) / SHARES;
    for (let k = Math.max(0, first); k <= Math.min(buckets - 1, last); k++) column[k] = (column[k] as number) + part;
  }
}
