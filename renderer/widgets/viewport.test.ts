import { describe, expect, it } from 'vitest';
import {
  type Anchor,
  bottom,
  clamp,
  type Extent,
  fromScrollTop,
  isExact,
  moveBy,
  SCROLL_CAP_PX,
  top,
  toRow,
  toScrollTop,
  visibleRange,
} from './viewport.ts';

const fixed = (count: number): Extent => ({ count, rowHeight: 20, viewportHeight: 100, measured: null });
const pixel = (extent: Extent, anchor: Anchor) => anchor.index * extent.rowHeight + anchor.offset;

describe('a short list', () => {
  it('scrolls pixel by pixel with the bar', () => {
    const extent = fixed(1000);
    expect(isExact(extent)).toBe(true);
    for (const y of [0, 1, 19.5, 20, 12345, 19900]) expect(toScrollTop(extent, fromScrollTop(extent, y))).toBe(y);
    expect(fromScrollTop(extent, 99_999)).toEqual({ index: 995, offset: 0 });
  });
  it('stays at the top when all rows fit', () => {
    expect(moveBy(fixed(3), top, 50)).toEqual(top);
    expect(moveBy(fixed(0), top, 50)).toEqual(top);
    expect(visibleRange(fixed(0), top)).toEqual([0, -1]);
  });
});

describe('four hundred million rows', () => {
  const extent = fixed(400_000_000);
  it('reaches every row with the wheel, to the pixel', () => {
    let anchor = toRow(extent, top, 399_999_000, 'start');
    const from = pixel(extent, anchor);
    for (let i = 0; i < 100; i++) anchor = moveBy(extent, anchor, 37);
    expect(pixel(extent, anchor)).toBe(from + 3700);
    expect(moveBy(extent, anchor, 1e12)).toEqual({ index: 399_999_995, offset: 0 });
    expect(moveBy(extent, anchor, -1e12)).toEqual(top);
  });
  it('maps the bar in proportion, with its ends at the ends', () => {
    expect(fromScrollTop(extent, 0)).toEqual(top);
    expect(fromScrollTop(extent, SCROLL_CAP_PX - 100)).toEqual(bottom(extent));
    expect(fromScrollTop(extent, (SCROLL_CAP_PX - 100) / 2).index).toBeCloseTo(200_000_000, -2);
    const anchor = { index: 123_456_789, offset: 7 };
    expect(Math.abs(fromScrollTop(extent, toScrollTop(extent, anchor)).index - anchor.index)).toBeLessThanOrEqual(1);
  });
});

describe('a row in view', () => {
  const extent = fixed(1000);
  it('is where it was asked for', () => {
    expect(toRow(extent, top, 500, 'start')).toEqual({ index: 500, offset: 0 });
    expect(toRow(extent, top, 500, 'center')).toEqual({ index: 498, offset: 0 });
    expect(toRow(extent, top, 500, 'end')).toEqual({ index: 496, offset: 0 });
    expect(toRow(extent, top, 999, 'start')).toEqual(bottom(extent));
  });
  it('does not move what is in view already', () => {
    const anchor = { index: 10, offset: 5 };
    expect(toRow(extent, anchor, 12, 'nearest')).toBe(anchor);
    expect(toRow(extent, anchor, 10, 'nearest')).toEqual({ index: 10, offset: 0 });
    expect(toRow(extent, anchor, 15, 'nearest')).toEqual({ index: 11, offset: 0 });
    expect(toRow(extent, anchor, 3, 'nearest')).toEqual({ index: 3, offset: 0 });
  });
});

describe('rows that wrap', () => {
  const measured = new Map([
    [0, 60],
    [1, 20],
    [2, 40],
    [98, 80],
    [99, 60],
  ]);
  const extent: Extent = { count: 100, rowHeight: 20, viewportHeight: 100, measured };
  it('moves over measured heights and back to the same place', () => {
    expect(moveBy(extent, top, 70)).toEqual({ index: 1, offset: 10 });
    expect(moveBy(extent, { index: 1, offset: 10 }, -70)).toEqual(top);
  });
  it('ends with the last row at the lower edge', () => {
    expect(bottom(extent)).toEqual({ index: 98, offset: 40 });
    expect(clamp(extent, { index: 99, offset: 0 })).toEqual({ index: 98, offset: 40 });
    expect(moveBy(extent, { index: 97, offset: 0 }, 1000)).toEqual({ index: 98, offset: 40 });
    expect(fromScrollTop(extent, 1e9)).toEqual(bottom(extent));
  });
  it('shows as many rows as fit', () => {
    expect(visibleRange(extent, top)).toEqual([0, 2]);
    expect(visibleRange(extent, { index: 3, offset: 0 })).toEqual([3, 7]);
  });
});
