/** Reads verified blocks again to show the text of their hits. */
import type { LineRow } from '../../contract/line-records.ts';
import type { Candidate } from './candidates.ts';
import type { OrderedBlock } from './hit-order.ts';
import type { BlockHits, BlockRef } from './plan/block-ref.ts';
import type { WorkerQuery } from './worker/jobs.ts';
import { packBlocks, unpackHits } from './worker/packed.ts';
import type { SearchPool } from './worker/pool.ts';

/** Text that one job reads again for a visible page. */
const JOB_BYTES = 1024 * 1024;

/**
 * A hit and its place in the order: by key (its time or its block), then nanoseconds, then place.
 */
export interface Hit {
  key: number;
  nanos: number;
  index: number;
  line: number;
}

/** Compares hits by their place in the order. */
export function byPlace(a: Hit, b: Hit): number {
  return a.key - b.key || a.nanos - b.nanos || a.index - b.index || a.line - b.line;
}

export class HitReader {
  readonly #pool: SearchPool;
  readonly #epoch: () => number;
  readonly #query: WorkerQuery;
  readonly #order: 'time' | 'file';
  readonly #refOf: (candidate: Candidate) => BlockRef;

  constructor(options: {
    pool: SearchPool;
    epoch: () => number;
    query: WorkerQuery;
    order: 'time' | 'file';
    refOf: (candidate: Candidate) => BlockRef;
  }) {
    this.#pool = options.pool;
    this.#epoch = options.epoch;
    this.#query = options.query;
    this.#order = options.order;
    this.#refOf = options.refOf;
  }

  /** Returns the hits of blocks, kept or read again. */
  async hits(candidates: readonly Candidate[], blocks: OrderedBlock[]): Promise<Hit[]> {
    const missing = blocks.filter((block) => candidates[block.index]?.hits?.lines === null);
    const reread = new Map<number, BlockHits>();
    await Promise.all(
      chunks(missing, (block) => candidates[block.index]?.bytes ?? 0).map(async (group) => {
        const refs = group.map((block) => this.#refOf(candidates[block.index] as Candidate));
        const bytes = refs.reduce((sum, ref) => sum + ref.bytes, 0);
        const reply = await this.#pool.run(
          { type: 'count', query: this.#query, blocks: packBlocks(refs), keep: true, epoch: this.#epoch() },
          bytes,
          true,
        );
        const hits = unpackHits(reply.hits);
        group.forEach((block, k) => {
          reread.set(block.index, hits[k] as BlockHits);
        });
      }),
    );
    const result: Hit[] = [];
    for (const block of blocks) {
      const hits = reread.get(block.index) ?? candidates[block.index]?.hits;
      hits?.lines?.forEach((line, k) => {
        const isByFile = this.#order === 'file';
        result.push({
          key: isByFile ? block.index : (hits.us?.[k] ?? 0),
          nanos: isByFile ? 0 : (hits.nanos?.[k] ?? 0),
          index: block.index,
          line,
        });
      });
    }
    return result;
  }

  /** Reads the rows of hits, in the given order. */
  async rows(
    candidates: readonly Candidate[],
    page: { index: number; line: number }[],
    maxChars: number,
    raw: boolean,
  ): Promise<LineRow[]> {
    const byBlock = new Map<number, number[]>();
    page.forEach((hit, k) => {
      const list = byBlock.get(hit.index);
      if (list === undefined) byBlock.set(hit.index, [k]);
      else list.push(k);
    });
    const rows: LineRow[] = new Array(page.length);
    await Promise.all(
      [...byBlock].map(async ([index, places]) => {
        const block = this.#refOf(candidates[index] as Candidate);
        places.sort((a, b) => (page[a]?.line ?? 0) - (page[b]?.line ?? 0));
        const lines = places.map((k) => page[k]?.line ?? 0);
        const reply = await this.#pool.run(
          { type: 'rows', query: this.#query, block, lines, maxChars, raw, epoch: this.#epoch() },
          block.bytes,
          true,
        );
        places.forEach((k, at) => {
          rows[k] = reply.rows[at] as LineRow;
        });
      }),
    );
    return rows;
  }
}

function chunks<T>(items: T[], bytesOf: (item: T) => number): T[][] {
  const groups: T[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of items) {
    if (bytes > JOB_BYTES) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(item);
    bytes += bytesOf(item);
  }
  return groups;
}
