/**
 * The model of virtual rows decides which rows are drawn and where the list goes when the wheel
 * turns, when it gets less room, or when its last row should stay in view. `viewport.ts` has the
 * arithmetic below it. The functions are pure, so tests need no browser.
 */
import { type Anchor, type Extent, isExact, moveBy, scrollHeight, toRow, visibleRange } from './viewport.ts';

/** The rows in the document: those in view and a few more at each end. */
export interface DrawnRows {
  first: number;
  last: number;
  /** The pixels of the drawn rows above the upper edge of the viewport. */
  above: number;
}

export function drawnRows(
  extent: Extent,
  place: Anchor,
  [firstInView, lastInView]: readonly [number, number],
  overscan: number,
): DrawnRows {
  const first = Math.max(0, firstInView - overscan);
  const last = Math.min(extent.count - 1, lastInView + overscan);
  let above = place.offset;
  for (let index = first; index < place.index; index++) above += extent.measured?.get(index) ?? extent.rowHeight;
  return { first, last, above };
}

/**
 * Returns where a list that gets less room goes to keep its active row in view, such as when the
 * drawer opens. Null means that it stays where it is.
 */
export function placeInLess(extent: Extent, place: Anchor, active: number | null, height: number): Anchor | null {
  const [first, last] = visibleRange(extent, place);
  const isInView = active !== null && active >= first && active <= last;
  if (!isInView || height <= 0 || height >= extent.viewportHeight) return null;
  return toRow({ ...extent, viewportHeight: height }, place, active, 'nearest');
}

interface Wheel {
  deltaX: number;
  deltaY: number;
  /** The unit of the deltas: pixels, lines or pages. */
  deltaMode: number;
  ctrlKey: boolean;
  shiftKey: boolean;
}

/**
 * Returns where the wheel leads in a list whose scroll bar is a scale model. Null leaves the wheel
 * to the browser: it scrolls exact lists, scrolls sideways and zooms by itself.
 */
export function placeAfterWheel(extent: Extent, place: Anchor, wheel: Wheel): Anchor | null {
  if (isExact(extent) || wheel.ctrlKey || wheel.shiftKey || Math.abs(wheel.deltaX) > Math.abs(wheel.deltaY))
    return null;
  const unit = wheel.deltaMode === 1 ? extent.rowHeight : wheel.deltaMode === 2 ? extent.viewportHeight : 1;
  const next = moveBy(extent, place, wheel.deltaY * unit);
  return next.index === place.index && next.offset === place.offset ? null : next;
}

/** Decides whether the scroll bar is at its lower end. */
export function isBarAtEnd(extent: Extent, scrollTop: number): boolean {
  return scrollTop >= scrollHeight(extent) - extent.viewportHeight - 1;
}

/** What the list showed when last drawn, and whether its last row was in view to be followed. */
export interface Tail {
  contentKey: string | number | undefined;
  count: number;
  viewportHeight: number;
  isAtEnd: boolean;
}

/** The list as it is drawn at present. */
export interface TailNow {
  contentKey: Tail['contentKey'];
  extent: Extent;
  place: Anchor;
  lastInView: number;
  /** The list follows its last row. */
  sticksToEnd: boolean;
}

/**
 * Returns the next tail, and whether the list has to go to its end: its last row was in view, and
 * rows were added or the list got less room.
 */
export function nextTail(before: Tail, now: TailNow): { tail: Tail; goesToEnd: boolean } {
  const { contentKey } = now;
  const { count, viewportHeight } = now.extent;
  const isMore = before.count > 0 && count > before.count;
  // Less room hides the end just as more rows do. If all rows were in view, the first ones stay.
  const isLessRoom = viewportHeight < before.viewportHeight && now.place.index > 0;
  const goesToEnd = before.contentKey === contentKey && before.isAtEnd && (isMore || isLessRoom);
  const isAtEnd = now.sticksToEnd && viewportHeight > 0 && (goesToEnd || now.lastInView >= count - 1);
  return { tail: { contentKey, count, viewportHeight, isAtEnd }, goesToEnd };
}
