import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HitOrder } from './hit-order.ts';

interface Hit {
  key: number;
  index: number;
}

const blocks = fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 12,
});

describe('the order of hits', () => {
  it('gives every page as if all hits had been sorted', () => {
    fc.assert(
      fc.property(blocks, fc.nat(), fc.integer({ min: 1, max: 20 }), (keysByBlock, anyStart, count) => {
        const order = new HitOrder();
        order.set(
          keysByBlock.map((keys, index) => ({
            index,
            count: keys.length,
            min: Math.min(...keys),
            max: Math.max(...keys),
          })),
        );
        const compare = (a: Hit, b: Hit) => a.key - b.key || a.index - b.index;
        const sorted = keysByBlock.flatMap((keys, index) => keys.map((key): Hit => ({ key, index }))).sort(compare);
        expect(order.total).toBe(sorted.length);
        const start = anyStart % sorted.length;
        const end = Math.min(sorted.length, start + count);
        const window = order.window(start, end - start);
        const active = window.active
          .flatMap(({ index }) => (keysByBlock[index] ?? []).map((key): Hit => ({ key, index })))
          .sort(compare);
        expect(active.slice(start - window.before, end - window.before)).toEqual(sorted.slice(start, end));
      }),
      { numRuns: 500 },
    );
  });

  it('counts what certainly lies before a key', () => {
    const order = new HitOrder();
    order.set([
      { index: 0, count: 3, min: 1, max: 5 },
      { index: 1, count: 2, min: 4, max: 9 },
    ]);
    expect([1, 5, 6, 9, 10].map((key) => order.certainlyBefore(key))).toEqual([0, 0, 3, 3, 5]);
  });

  it('looks only into blocks near the page', () => {
    const order = new HitOrder();
    order.set(
      Array.from({ length: 1_000 }, (_, index) => ({ index, count: 10, min: index * 10, max: index * 10 + 9 })),
    );
    expect(order.window(5_000, 100).active.length).toBeLessThan(15);
  });
});
