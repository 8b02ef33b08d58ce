import type { Facets, Histogram } from '../../contract/commands.ts';
import { levels } from '../../contract/records.ts';
import type { SearchFile } from './block-table.ts';
import type { BlockHits, BlockRef } from './jobs.ts';

/** A candidate block and what verifying it gave. */
export interface Candidate {
  ref: BlockRef;
  /** Key by which blocks are verified: least effective time, or place in file order. */
  key: number;
  hits: BlockHits | null;
}

/** Counts of hits by file, node, pid, kind and level, most first. */
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
  for (const { ref, hits } of candidates) {
    if (hits === null || hits.count === 0) continue;
    files.set(ref.fileId, (files.get(ref.fileId) ?? 0) + hits.count);
    const file = known.get(ref.fileId);
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

/** Hits over time by level; the hits of a block are spread over the time between its first and last hit. */
export function histogramOf(
  candidates: readonly Candidate[],
  { fromUs, toUs, buckets }: { fromUs: number; toUs: number; buckets: number },
  complete: boolean,
): Histogram {
  const counts = Array.from({ length: 6 }, () => new Array<number>(buckets).fill(0));
  const width = Math.max(1, (toUs - fromUs) / buckets);
  for (const { hits } of candidates) {
    if (hits === null || hits.count === 0 || hits.minUs === Number.MAX_SAFE_INTEGER) continue;
    spread(counts, hits.levels, hits.minUs, Math.min(hits.maxUs, toUs), fromUs, width, buckets);
  }
  return { fromUs, toUs, bucketUs: width, counts, complete };
}

/** Add counts by level to the buckets between two times, evenly, whole lines only in sum. */
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
    for (let k = Math.max(0, first); k <= Math.min(buckets - 1, last); k++)
      column[k] = (column[k] as number) + count * share;
  }
}
