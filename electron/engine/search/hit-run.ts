/**
 * A hit run is a long piece of a search's hits in their order, without their text. Pages are cut
 * from it where looking for each page on its own would sort the same hits again and again: where
 * times go back and forth, so that nearly every block has hits of every page.
 */
import type { Candidate } from './candidates.ts';
import type { HitOrder, OrderedBlock } from './hit-order.ts';
import { byPlace, type Hit, type HitReader } from './hit-reader.ts';

/** Rows of a run. */
const RUN_ROWS = 500_000;
/** Hits that are sorted for a run at most, but for those of one time. */
const MOST_SORTED = 2_000_000;
/** Hits of blocks that are asked for together. */
const GROUP_HITS = 200_000;
const BUCKETS = 4_096;

export interface HitRun {
  /** The candidates that `index` of a hit counts in. */
  candidates: readonly Candidate[];
  /** Row of the first hit. */
  start: number;
  hits: readonly Pick<Hit, 'index' | 'line'>[];
}

type Hits = Pick<HitReader, 'hits'>;

/**
 * Put rows in order, from row `start` on, `start < order.total`. Where the blocks concerned have
 * more than `most` hits, their keys are counted first, as often as it takes to tell which of them
 * can be among these rows: time O(hits), memory O(`most`).
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
  // Wanted are the hits with low <= key <= high; `before` hits have lower keys.
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

/** How many hits there are by key, in buckets of equal width between two keys, both included. */
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

/** The bucket that holds the hit of this rank. */
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
