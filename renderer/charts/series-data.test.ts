import { describe, expect, it } from 'vitest';
import type { SeriesInfo } from '../../electron/contract/series-records.ts';
import { alignCurves, lineAt, mergeCurves, niceMax, summaryOf, valueAt, withGaps } from './series-data.ts';

const info = (points: number, fromUs: number, toUs: number): SeriesInfo => ({
  seriesId: 1,
  node: '10.0.0.4',
  process: null,
  pid: null,
  metric: 'cpu_percent',
  unit: '%',
  counter: false,
  points,
  fromUs,
  toUs,
  min: 0,
  max: 100,
  fileId: 1,
});

describe('gaps', () => {
  const timesUs = [0, 10, 20, 100, 110];
  const points = { seriesId: 1, timesUs, values: [1, 2, 3, 4, 5] };

  it('are where no sample is for more than some intervals', () => {
    const curve = withGaps(points, info(5, 0, 110), 1);
    expect(curve.values).toEqual([1, 2, 3, null, null, 4, 5]);
    expect(curve.timesUs[3]).toBeGreaterThan(20);
    expect(curve.timesUs[4]).toBeLessThan(100);
  });

  it('are not what decimation left out', () => {
    expect(withGaps(points, info(5, 0, 110), 80).values).toEqual([1, 2, 3, 4, 5]);
  });

  it('have no value, and near a sample that of the sample', () => {
    const curve = withGaps(points, info(5, 0, 110), 1);
    expect([valueAt(curve, 22), valueAt(curve, 60), valueAt(curve, 98)]).toEqual([3, null, 4]);
  });
});

describe('reading a curve', () => {
  const curve = { timesUs: [10, 20, 30], values: [1, 3, null] };

  it('takes the nearest sample, and none outside of what was measured', () => {
    expect([9, 10, 14, 16, 31].map((us) => valueAt(curve, us))).toEqual([null, 1, 1, 3, null]);
  });
  it('takes the line between samples', () => {
    expect([lineAt(curve, 15), lineAt(curve, 20), lineAt(curve, 25), lineAt(curve, 5)]).toEqual([2, 3, null, null]);
  });
  it('sums up what lies in a range', () => {
    expect(summaryOf(curve, 0, 100)).toEqual({ last: 3, min: 1, max: 3, mean: 2 });
    expect(summaryOf(curve, 15, 100)).toEqual({ last: 3, min: 3, max: 3, mean: 3 });
    expect(summaryOf(curve, 21, 100).last).toBe(null);
  });
});

describe('several curves', () => {
  const a = { timesUs: [0, 10], values: [1, 2] };
  const b = { timesUs: [5, 10], values: [7, null] };

  it('stand on one column of times: undefined for no sample of theirs, null for a gap', () => {
    expect(alignCurves([a, b])).toEqual({
      timesUs: [0, 5, 10],
      columns: [
        [1, undefined, 2],
        [undefined, 7, null],
      ],
    });
    expect(alignCurves([])).toEqual({ timesUs: [], columns: [] });
  });
  it('are one after the other with a gap between', () => {
    const merged = mergeCurves([{ timesUs: [20], values: [3] }, a]);
    expect(merged.values).toEqual([1, 2, null, 3, null]);
  });
});

it('ends a scale at a round number above all', () => {
  expect([0, 0.3, 1, 9, 99, 100, 1234, 7e9].map(niceMax)).toEqual([1, 0.4, 1.2, 10, 120, 120, 1500, 8e9]);
});
