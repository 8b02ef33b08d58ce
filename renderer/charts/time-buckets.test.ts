import { describe, expect, it } from 'vitest';
import { timeBuckets } from './time-buckets.ts';

const SECOND = 1e6;

describe('timeBuckets', () => {
  it('takes the smallest round size that fits', () => {
    expect(timeBuckets(0, 100 * SECOND, 50)).toEqual({
      fromUs: 0,
      toUs: 100 * SECOND,
      bucketUs: 2 * SECOND,
      buckets: 50,
    });
    expect(timeBuckets(0, 101 * SECOND, 50).bucketUs).toBe(5 * SECOND);
  });

  it('lies at the same moments whatever is shown', () => {
    const { fromUs, toUs, bucketUs } = timeBuckets(7.3 * SECOND, 93.1 * SECOND, 20);
    expect(fromUs % bucketUs).toBe(0);
    expect(toUs % bucketUs).toBe(0);
    expect(fromUs).toBeLessThanOrEqual(7.3 * SECOND);
    expect(toUs).toBeGreaterThanOrEqual(93.1 * SECOND);
  });

  it('covers years and nothing at all', () => {
    const years = timeBuckets(0, 20 * 365 * 86_400 * SECOND, 100);
    expect(years.buckets).toBeLessThanOrEqual(101);
    expect(timeBuckets(5, 5, 100).buckets).toBe(1);
  });
});
