/**
 * A hit run is a long piece of a search's hits in their order, without their text. Pages are cut from it where looking for each on its own
 * would mean to sort the same hits again and again: where times in files go back and forth, so that nearly every block has hits of every page.
 */
import type { Candidate } from './candidates.ts';
import type { HitOrder, OrderedBlock } from './hit-order.ts';
import { byPlace, type Hit, type HitReader } from './hit-reader.ts';

/** Rows of a run. */
export const RUN_ROWS = 500_000;
/** Hits that are sorted for a run at most, but for those at the same time. 40 bytes each. */
const MOST_SORTED = 2_000_000;
/** Hits that are looked at together. */
const GROUP_HITS = 200_000;
const BUCKETS = 65_536;

export interface HitRun {
  /** The candidates that `index` of a hit counts in. */
  candidates: readonly Candidate[];
  /** Row of the first hit. */
  start: number;
  hits: readonly Pick<Hit, 'index' | 'line'>[];
}

/** Keys between which hits are looked for, and how many hits come before them. */
interface KeyRange {
  from: number;
  to: number;
  before: number;
}

/** Put the rows [start, start + count) in order, `start < order.total`. Reads the hits of their blocks once for each narrowing of the keys. */
export async function readRun(
  reader: HitReader,
  order: HitOrder,
  candidates: readonly Candidate[],
  start: number,
  count: number,
  mostSorted = MOST_SORTED,
): Promise<HitRun> {
  const { active, before, from, to } = order.window(start, count);
  let range: KeyRange = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, before };
  let left = active.reduce((sum, block) => sum + block.count, 0);
  let [low, high] = [from, to];
  while (left > mostSorted && high > low) {
    const counted = await countByKey(reader, candidates, active, low, high);
    // Keys are whole microseconds: hits below `low` were counted before, those above `high` come after all rows that are wanted.
    const first = counted.bucketOf(start - range.before - (range.from === low ? 0 : counted.below));
    const last = counted.bucketOf(start + count - 1 - range.before - (range.from === low ? 0 : counted.below));
    const isBegun = range.from === low;
    range = {
      from: counted.keyOf(first),
      to: counted.keyOf(last + 1),
      before: range.before + (isBegun ? 0 : counted.below) + counted.sumBefore(first),
    };
    const next = counted.sumBefore(last + 1) - counted.sumBefore(first);
    const isNarrowed = next < left;
    left = next;
    [low, high] = [range.from, range.to - 1];
    if (!isNarrowed) break;
  }
  const hits: Hit[] = [];
  for (const group of groupsOf(active)) {
    for (const hit of await reader.hits(candidates, group)) if (hit.key >= range.from && hit.key < range.to) hits.push(hit);
  }
  hits.sort(byPlace);
  const offset = start - range.before;
  return { candidates, start, hits: hits.slice(offset, offset + count).map(({ index, line }) => ({ index, line })) };
}
