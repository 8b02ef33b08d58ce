import { describe, expect, it } from 'vitest';
import type { OverTime } from '../../../electron/contract/analysis.ts';
import type { ProgressPoint } from '../../../electron/contract/run-info.ts';
import { curveOf, endCurve, niceMost, valueAt } from './progress-points.ts';

const point = (timeUs: number, processed: number | null): ProgressPoint => ({
  timeUs,
  processed,
  scheduled: null,
  total: null,
  ref: { fileId: 1, line: 1 },
});

describe('progress', () => {
  it('never goes down and leaves out what is not said', () => {
    const points = [point(1, 0), point(2, null), point(3, 5), point(4, 4), point(5, 5), point(6, 9)];
    expect(curveOf(points, 'processed')).toEqual([
      { us: 1, value: 0 },
      { us: 3, value: 5 },
      { us: 6, value: 9 },
    ]);
    expect(curveOf(points, 'scheduled')).toEqual([]);
  });

  it('adds up mini-batches by the buckets of their ends', () => {
    const over: OverTime = {
      fromUs: 10,
      toUs: 40,
      bucketUs: 10,
      counts: [
        [1, 0, 0, 0, 5],
        [0, 0, 0, 0, 0],
        [1, 1, 1, 1, 0],
      ],
    };
    expect(endCurve(over, 0)).toEqual([
      { us: 20, value: 1 },
      { us: 40, value: 5 },
    ]);
    expect(endCurve(over, 7)[0]).toEqual({ us: 10, value: 7 });
    expect(endCurve(null, 7)).toEqual([]);
  });

  it('holds its value until the next point', () => {
    const curve = [
      { us: 10, value: 1 },
      { us: 20, value: 2 },
    ];
    expect([5, 10, 19, 20, 99].map((us) => valueAt(curve, us))).toEqual([null, 1, 1, 2, 2]);
    expect(valueAt([], 5)).toBeNull();
  });

  it('ends the axis at a round and even number', () => {
    expect([1, 7, 240, 3_994, 12_000, 101].map(niceMost)).toEqual([4, 8, 240, 4_000, 12_000, 120]);
  });
});
