/**
 * A hit run: a long stretch of a search's hits in order, without text. Pages are slices of it.
 * Without it, each page would sort the same hits again when times go back and forth, so that nearly
 * every block has hits of every page.
 */
import type { Candidate } from './candidates.ts';
import type { HitOrder, OrderedBlock } from './hit-order.ts';
import { byPlace, type Hit, type HitReader } from './hit-reader.ts';

/** Number of rows in a run. */
const RUN_ROWS = 500_000;
/** Limit on hits sorted for a run, except hits of equal time. */
const MOST_SORTED = 2_000_000;
/** Number of hits requested in one group of blocks. */
const GROUP_HITS = 200_000;
const BUCKETS = 4_096;

export interface HitRun {
  /** The list that a hit's `index` refers to. */
  candidates: readonly Candidate[];
  /** Row of the first hit. */
  start: number;
  hits: readonly Pick<Hit, 'index' | 'line'>[];
}

type Hits = Pick<HitReader, 'hits'>;

/**
 * Sorts rows from `start` on. Requires `start < order.total`. If the blocks have more than `most`
 * hits, counts their keys first, repeatedly, until few enough can be among these rows. O(hits)
 * time, O(`most`) memory.
 */
export async function readRun(
  reader: Hits,
  order: HitOrder,
  candidates: readonly Candidate[],
  start: number,
  { rows = RUN_ROWS, most = MOST_SORTED } = {},
): Promise<HitRun> {
  const end = Math.min(order.total, start + rows);
  const window = order.window(start, end - start);
  // The wanted hits have low <= key <= high; `before` hits have lower keys.
  let { before } = window;
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let left = window.active.reduce((sum, block) => sum + block.count, 0);
  while (left > most) {
    const from = window.active.reduce((least, { min }) => Math.min(least, min), Number.POSITIVE_INFINITY);
    const to = window.active.reduce((last, { max }) => Math.max(last, max), Number.NEGATIVE_INFINITY);
    const [least, greatest] = [Math.max(low, from), Math.min(high, to)];
    const counts = await countKeys(reader, candidates, window.active, least, greatest);
    const first = bucketOf(counts, start - before);
    const last = bucketOf(counts, end - 1 - before);
    const width = widthOf(least, greatest);
    before += sum(counts.slice(0, first));
    const isNarrower = first > 0 || last < counts.length - 1;
    left = sum(counts.slice(first, last + 1));
    [low, high] = [least + first * width, Math.min(greatest, least + (last + 1) * width - 1)];
    // Keys are whole microseconds.
    if (!isNarrower || width === 1) break;
  }
  const hits: Hit[] = [];
  for (const group of groupsOf(window.active)) {
    for (const hit of await reader.hits(candidates, group)) if (hit.key >= low && hit.key <= high) hits.push(hit);
  }
  hits.sort(byPlace);
  const rowsOf = hits.slice(start - before, end - before);
  return { candidates, start, hits: rowsOf.map(({ index, line }) => ({ index, line })) };
}

const widthOf = (from: number, to: number) => Math.max(1, Math.ceil((to - from + 1) / BUCKETS));
const sum = (counts: ArrayLike<number>) => Array.from(counts).reduce((total, count) => total + count, 0);

/** Counts hits by key in buckets of equal width between two keys, inclusive. */
async function countKeys(
  reader: Hits,
  candidates: readonly Candidate[],
  blocks: readonly OrderedBlock[],
  from: number,
  to: number,
): Promise<Float64Array> {
  const width = widthOf(from, to);
  const counts = new Float64Array(Math.floor((to - from) / width) + 1);
  for (const group of groupsOf(blocks)) {
    for (const { key } of await reader.hits(candidates, group)) {
      if (key < from || key > to) continue;
      const bucket = Math.floor((key - from) / width);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
  }
  return counts;
}

/** Returns the bucket that contains the hit of this rank. */
function bucketOf(counts: Float64Array, rank: number): number {
  let before = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    before += counts[bucket] ?? 0;
    if (before > rank) return bucket;
  }
  return counts.length - 1;
}

function groupsOf(blocks: readonly OrderedBlock[]): OrderedBlock[][] {
  const groups: OrderedBlock[][] = [];
  let hits = Number.POSITIVE_INFINITY;
  for (const block of blocks) {
    if (hits > GROUP_HITS) {
      groups.push([]);
      hits = 0;
    }
    groups.at(-1)?.push(block);
    hits += block.count;
  }
  return groups;
}
