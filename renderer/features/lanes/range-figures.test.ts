import { expect, it } from 'vitest';
import { quantilesOf } from './range-figures.ts';

it('sums up the samples of several series within a range', () => {
  const points = [
    { seriesId: 1, timesUs: [0, 10, 20, 30], values: [99, 1, 2, null] },
    { seriesId: 2, timesUs: [15, 40], values: [3, 99] },
  ];
  expect(quantilesOf(points, 10, 30)).toEqual({ min: 1, median: 2, p95: 3, max: 3 });
  expect(quantilesOf(points, 31, 39)).toBeNull();
});
