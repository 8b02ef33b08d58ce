import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineRow } from '../../contract/line-records.ts';
import type { Candidate, CandidateList } from './candidates.ts';
import { HitOrder, type OrderedBlock } from './hit-order.ts';
import { HitPages } from './hit-pages.ts';
import { byPlace, type Hit, type HitReader } from './hit-reader.ts';
import { readRun } from './hit-run.ts';
import type { BlockTable } from './plan/block-table.ts';

/** Keys of hits by block, in the order of their lines. */
type Keys = readonly (readonly number[])[];

const hitsOf = (keys: Keys, index: number) =>
  (keys[index] ?? []).map((key, line): Hit => ({ key, nanos: 0, index, line }));

function blocksOf(keys: Keys): OrderedBlock[] {
  return keys.map((list, index) => ({ index, count: list.length, min: Math.min(...list), max: Math.max(...list) }));
}

/** Creates a reader of hits in memory that counts how many it was asked for. */
function readerOf(keys: Keys) {
  const asked = { hits: 0 };
  const hits: HitReader['hits'] = async (_candidates, blocks) => {
    const found = blocks.flatMap(({ index }) => hitsOf(keys, index));
    asked.hits += found.length;
    return found;
  };
  return { asked, hits };
}

const blocks = fc.array(fc.array(fc.integer({ min: -50, max: 100_000 }), { minLength: 1, maxLength: 15 }), {
  minLength: 1,
  maxLength: 15,
});

describe('a run of hits', () => {
  it('has the rows that sorting all hits gives, however few may be sorted', async () => {
    await fc.assert(
      fc.asyncProperty(
        blocks,
        fc.nat(),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        async (keys, any, rows, most) => {
          const order = new HitOrder();
          order.set(blocksOf(keys));
          const start = any % order.total;
          const sorted = keys.flatMap((_, index) => hitsOf(keys, index)).sort(byPlace);
          const run = await readRun(readerOf(keys), order, [], start, { rows, most });
          expect(run.hits).toEqual(sorted.slice(start, start + rows).map(({ index, line }) => ({ index, line })));
        },
      ),
    );
  });

  it('lets all pages of times that go back and forth be read in linear time', async () => {
    // The hits of every block span the whole time.
    const keys = Array.from({ length: 300 }, (_, block) =>
      Array.from({ length: 200 }, (_, k) => (k * 7_919 + block) % 100_003),
    );
    const { asked, hits } = readerOf(keys);
    const rows = async (_: unknown, page: { index: number; line: number }[]) => page as unknown as LineRow[];
    const found = blocksOf(keys).map(({ index, count, min, max }) => ({
      index,
      hits: { count, minUs: min, maxUs: max },
    }));
    const list = { version: 1, found, all: found as unknown as Candidate[] } as unknown as CandidateList;
    const reader = { hits, rows } as unknown as HitReader;
    const pages = new HitPages({ table: {} as BlockTable, list, reader, order: 'time' });
    const got: unknown[] = [];
    while (got.length < 60_000) got.push(...(await pages.rows(got.length, 500, 60_000, 100, false)));
    const sorted = keys.flatMap((_, index) => hitsOf(keys, index)).sort(byPlace);
    expect(got).toEqual(sorted.map(({ index, line }) => ({ index, line })));
    expect(asked.hits).toBeLessThan(3 * 60_000);
  });
});
