import { describe, expect, it } from 'vitest';
import { bandOf, outliersOf } from './aggregate.ts';

const flat = (value: number) => ({ timesUs: [0, 100], values: [value, value] });

describe('a band', () => {
  it('holds least, middle half and greatest, and says of whom', () => {
    const band = bandOf([1, 2, 3, 4, 9].map(flat), 0, 100, 2);
    expect(band.timesUs).toEqual([0, 50, 100]);
    expect([band.min[1], band.low[1], band.median[1], band.high[1], band.max[1]]).toEqual([1, 2, 3, 4, 9]);
    expect([band.minOf[1], band.maxOf[1], band.count[1]]).toEqual([0, 4, 5]);
  });
  it('is open where nobody has a sample', () => {
    const band = bandOf([flat(1)], 0, 400, 2);
    expect(band.median).toEqual([1, null, null]);
    expect(band.count).toEqual([1, 0, 0]);
  });
});

describe('outliers', () => {
  it('are those far from the median against what is usual', () => {
    const curves = [50, 51, 49, 50, 52, 95].map(flat);
    const found = outliersOf(curves, bandOf(curves, 0, 100, 10), 3);
    expect(found.map((each) => each.index)).toEqual([5]);
    expect(found[0]?.distance).toBeCloseTo(44, 0);
  });
  it('are none among few, and none where all agree', () => {
    const few = [1, 1, 100].map(flat);
    expect(outliersOf(few, bandOf(few, 0, 100, 10), 3)).toEqual([]);
    const equal = [5, 5, 5, 5, 5].map(flat);
    expect(outliersOf(equal, bandOf(equal, 0, 100, 10), 3)).toEqual([]);
  });
});
