import { describe, expect, it } from 'vitest';
import {
  panned,
  type TimeScale,
  usAt,
  visibleUsAt,
  wholeRange,
  xOf,
  zoomed,
  zoomOf,
  zoomOption,
} from './time-scale.ts';

const scale: TimeScale = { fromUs: 1e9, toUs: 2e9, fullFromUs: 0, fullToUs: 10e9, left: 64, width: 1000 };

describe('the scale of time', () => {
  it('maps both ways', () => {
    expect([xOf(scale, 1e9), xOf(scale, 1.5e9), xOf(scale, 2e9)]).toEqual([64, 564, 1064]);
    expect(usAt(scale, xOf(scale, 1.234e9))).toBe(1.234e9);
  });
  it('has no time outside of the visible range under a pointer', () => {
    expect([0, 564, 2000].map((x) => visibleUsAt(scale, x))).toEqual([1e9, 1.5e9, 2e9]);
  });
  it('keeps the moment under the pointer in its place', () => {
    const range = zoomed(scale, 1.25e9, 0.5);
    expect(range).toEqual({ fromUs: 1.125e9, toUs: 1.625e9 });
    expect(xOf({ ...scale, ...range }, 1.25e9)).toBe(xOf(scale, 1.25e9));
  });
  it('stays within the run, and zooming all the way out is the whole run', () => {
    expect(zoomed(scale, 1e9, 4)).toEqual({ fromUs: 1e9, toUs: 5e9 });
    expect(panned(scale, -5)).toEqual({ fromUs: 0, toUs: 1e9 });
    expect(panned(scale, 50)).toEqual({ fromUs: 9e9, toUs: 10e9 });
    expect(zoomed(scale, 1.5e9, 20)).toBe(null);
  });
});

describe('zoom in the address', () => {
  it('reads what it wrote, and takes nothing else', () => {
    const range = { fromUs: 1_583_000_000_000_000, toUs: 1_583_000_000_500_000 };
    expect(zoomOf(zoomOption(range))).toEqual(range);
    expect(zoomOf(zoomOption(null))).toBe(null);
    expect(zoomOf(zoomOption({ fromUs: 5.4, toUs: 5.2 }))).toEqual({ fromUs: 5, toUs: 6 });
    for (const bad of [undefined, '', 'x', '5', '5-', '9-5', '5-5', '-5-9', '1e9-2e9'])
      expect(zoomOf(bad)).toBe(undefined);
  });
});

describe('wholeRange', () => {
  const run = { startUs: 1_000e6, endUs: 2_000e6 };
  it('is that of the lines, but not of those far away', () => {
    expect(wholeRange({ fromUs: 950e6, toUs: 2_010e6 }, run)).toEqual({ fromUs: 950e6, toUs: 2_010e6 });
    expect(wholeRange({ fromUs: 5e6, toUs: 9e15 }, run)).toEqual({ fromUs: 900e6, toUs: 2_100e6 });
    expect(wholeRange({ fromUs: 1_100e6, toUs: 1_200e6 }, run)).toEqual({ fromUs: 1_000e6, toUs: 2_000e6 });
    expect(wholeRange({ fromUs: 5, toUs: 9 }, { startUs: null, endUs: 7 })).toEqual({ fromUs: 5, toUs: 9 });
  });
});
