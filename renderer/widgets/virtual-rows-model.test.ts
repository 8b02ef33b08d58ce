import { describe, expect, it } from 'vitest';
import { type Anchor, bottom, type Extent, top, visibleRange } from './viewport.ts';
import { drawnRows, isBarAtEnd, nextTail, placeAfterWheel, placeInLess, type Tail } from './virtual-rows-model.ts';

const fixed = (count: number, viewportHeight = 100): Extent => ({
  count,
  rowHeight: 20,
  viewportHeight,
  measured: null,
});
const long = fixed(400_000_000);

describe('the rows in the document', () => {
  const drawn = (extent: Extent, place: Anchor) => drawnRows(extent, place, visibleRange(extent, place), 8);
  it('are those in view and a few at each end, as far as there are any', () => {
    expect(drawn(fixed(1000), { index: 500, offset: 5 })).toEqual({ first: 492, last: 513, above: 165 });
    expect(drawn(fixed(1000), top)).toEqual({ first: 0, last: 12, above: 0 });
    expect(drawn(fixed(1000), bottom(fixed(1000)))).toEqual({ first: 987, last: 999, above: 160 });
  });
  it('are none in an empty list', () => {
    const { first, last } = drawn(fixed(0), top);
    expect(last).toBeLessThan(first);
  });
  it('lie above by their measured heights', () => {
    const extent: Extent = { ...fixed(100), measured: new Map([[2, 60]]) };
    expect(drawn(extent, { index: 3, offset: 7 })).toMatchObject({ first: 0, above: 20 + 20 + 60 + 7 });
  });
});

describe('a list that gets less room', () => {
  const extent = fixed(1000);
  const place = { index: 10, offset: 0 };
  it('keeps its active row in view', () => {
    const next = placeInLess(extent, place, 14, 60);
    expect(next).toEqual({ index: 12, offset: 0 });
    expect(visibleRange(fixed(1000, 60), next ?? top)).toEqual([12, 14]);
  });
  it('stays where it is if the active row was not in view, or there is none', () => {
    expect(placeInLess(extent, place, 15, 60)).toBeNull();
    expect(placeInLess(extent, place, 9, 60)).toBeNull();
    expect(placeInLess(extent, place, null, 60)).toBeNull();
  });
  it('stays where it is if it gets more room, or is hidden', () => {
    expect(placeInLess(extent, place, 14, 200)).toBeNull();
    expect(placeInLess(extent, place, 14, 100)).toBeNull();
    expect(placeInLess(extent, place, 14, 0)).toBeNull();
  });
});

describe('the wheel', () => {
  const turn = (part: Partial<WheelEvent>) => ({
    deltaX: 0,
    deltaY: 0,
    deltaMode: 0,
    ctrlKey: false,
    shiftKey: false,
    ...part,
  });
  const place = { index: 1_000_000, offset: 0 };
  it('moves a long list by pixels, lines or pages', () => {
    expect(placeAfterWheel(long, place, turn({ deltaY: 53 }))).toEqual({ index: 1_000_002, offset: 13 });
    expect(placeAfterWheel(long, place, turn({ deltaY: -3, deltaMode: 1 }))).toEqual({ index: 999_997, offset: 0 });
    expect(placeAfterWheel(long, place, turn({ deltaY: 2, deltaMode: 2 }))).toEqual({ index: 1_000_010, offset: 0 });
  });
  it('is left to the browser in a short list, sideways, and to zoom', () => {
    expect(placeAfterWheel(fixed(1000), top, turn({ deltaY: 53 }))).toBeNull();
    expect(placeAfterWheel(long, place, turn({ deltaX: 9, deltaY: 5 }))).toBeNull();
    expect(placeAfterWheel(long, place, turn({ deltaY: 5, shiftKey: true }))).toBeNull();
    expect(placeAfterWheel(long, place, turn({ deltaY: 5, ctrlKey: true }))).toBeNull();
  });
  it('is left to the page at the ends of the list', () => {
    expect(placeAfterWheel(long, top, turn({ deltaY: -5 }))).toBeNull();
    expect(placeAfterWheel(long, bottom(long), turn({ deltaY: 5 }))).toBeNull();
  });
});

describe('the scroll bar', () => {
  it('is at its end within a pixel', () => {
    expect(isBarAtEnd(fixed(1000), 19_899)).toBe(true);
    expect(isBarAtEnd(fixed(1000), 19_898)).toBe(false);
    expect(isBarAtEnd(fixed(3), 0)).toBe(true);
  });
});

describe('a list that follows its end', () => {
  /** Draws a list at a place, its top or its end, after `before`. */
  const draw = (
    before: Tail,
    extent: Extent,
    place: Anchor,
    more: { sticksToEnd?: boolean; contentKey?: string } = {},
  ) =>
    nextTail(before, {
      contentKey: 'a',
      extent,
      place,
      lastInView: visibleRange(extent, place)[1],
      sticksToEnd: true,
      ...more,
    });
  const fresh: Tail = { contentKey: 'a', count: 0, viewportHeight: 0, isAtEnd: false };
  const atEnd = draw(fresh, fixed(1000), bottom(fixed(1000)));

  it('goes there when rows are added while the last is in view, again and again', () => {
    expect(atEnd).toMatchObject({ goesToEnd: false, tail: { isAtEnd: true } });
    const more = draw(atEnd.tail, fixed(1010), bottom(fixed(1000)));
    expect(more).toMatchObject({ goesToEnd: true, tail: { isAtEnd: true } });
    expect(draw(more.tail, fixed(1020), bottom(fixed(1000))).goesToEnd).toBe(true);
  });
  it('goes there when it gets less room, unless all rows were in view', () => {
    expect(draw(atEnd.tail, fixed(1000, 60), bottom(fixed(1000))).goesToEnd).toBe(true);
    expect(draw(atEnd.tail, fixed(1000, 140), bottom(fixed(1000, 140))).goesToEnd).toBe(false);
    const short = draw(fresh, fixed(3), top);
    expect(short.tail.isAtEnd).toBe(true);
    expect(draw(short.tail, fixed(3, 40), top).goesToEnd).toBe(false);
  });
  it('stays where a person has scrolled to', () => {
    const above = draw(atEnd.tail, fixed(1000), { index: 900, offset: 0 });
    expect(above.tail.isAtEnd).toBe(false);
    expect(draw(above.tail, fixed(1010), { index: 900, offset: 0 }).goesToEnd).toBe(false);
  });
  it('stays at the top of other rows, and when its first rows arrive', () => {
    expect(draw(atEnd.tail, fixed(2000), top, { contentKey: 'b' }).goesToEnd).toBe(false);
    const empty = draw(fresh, fixed(0), top);
    expect(draw(empty.tail, fixed(1000), top)).toMatchObject({ goesToEnd: false, tail: { isAtEnd: false } });
  });
  it('follows nothing before it has a height, or if it does not stick to its end', () => {
    expect(draw(fresh, fixed(3, 0), top).tail.isAtEnd).toBe(false);
    expect(draw(fresh, fixed(3), top, { sticksToEnd: false }).tail.isAtEnd).toBe(false);
  });
});
