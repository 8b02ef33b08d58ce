import { describe, expect, it } from 'vitest';
import type { OverTime } from '../../../electron/contract/analysis.ts';
import {
  bucketAt,
  bucketWord,
  countsIn,
  errorLines,
  failuresIn,
  peakOf,
  totalAt,
  wholeLines,
  withErrorsOf,
} from './strip-counts.ts';

const histogram = {
  fromUs: 100,
  toUs: 140,
  bucketUs: 10,
  counts: [
    [0, 1, 2, 3],
    [0, 0, 5, 0],
  ],
  complete: true,
};

describe('counts of the strip', () => {
  it('sums levels and finds the peak of what is shown', () => {
    expect(totalAt(histogram, 2)).toBe(7);
    expect(peakOf(histogram, 100, 140)).toBe(7);
    expect(peakOf(histogram, 100, 120)).toBe(1);
  });

  it('counts a range, of its first and last bucket a share', () => {
    expect(countsIn(histogram, 110, 130)).toEqual([3, 5]);
    expect(countsIn(histogram, 115, 125)).toEqual([1.5, 2.5]);
  });

  it('finds the bucket of a moment', () => {
    expect(bucketAt(histogram, 100)).toBe(0);
    expect(bucketAt(histogram, 139)).toBe(3);
    expect(bucketAt(histogram, 140)).toBeNull();
    expect(bucketAt(histogram, 99)).toBeNull();
  });

  it('counts failures by the buckets of their ends', () => {
    const over = {
      fromUs: 100,
      toUs: 120,
      bucketUs: 5,
      counts: [
        [0, 0, 1, 0, 0],
        [9, 0, 0, 1, 0],
        [0, 0, 2, 0, 0],
        [0, 0, 0, 0, 9],
      ],
    };
    expect(failuresIn(over as OverTime, 100, 110)).toEqual({ failed: 1, timedOut: 1 });
    expect(failuresIn(over as OverTime, 100, 120)).toEqual({ failed: 3, timedOut: 1 });
    expect(failuresIn(null, 0, 200)).toEqual({ failed: 0, timedOut: 0 });
  });

  it('writes the length of a bucket without idle digits', () => {
    expect([100_000, 30e6, 300e6, 3600e6].map(bucketWord)).toEqual(['100 ms', '30 s', '5 m', '1 h']);
  });
});

it('a line that is spread over many bars shows once; whole lines show where they are', () => {
  const spread = new Array<number>(250).fill(1 / 250);
  expect(wholeLines(spread).filter(Boolean)).toHaveLength(1);
  expect(wholeLines([0, 3, 0, 1, 0])).toEqual([false, true, false, true, false]);
  expect(wholeLines([0.5, 0.25, 0, 0.25, 0.5, 0.5])).toEqual([false, false, false, true, false, true]);
});

it('errors are taken from where they were found, all else stays', () => {
  const counts = (errors: number[]) => [[1, 1], [0, 0], [5, 0], [0, 2], errors, [0, 0]];
  const spread = { fromUs: 0, toUs: 20, bucketUs: 10, counts: counts([0.5, 0.5]), complete: true };
  const found = {
    ...spread,
    counts: [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 1],
      [0, 0],
    ],
  };
  expect(errorLines(spread)).toBe(1);
  expect(withErrorsOf(spread, found).counts).toEqual(counts([0, 1]));
});
