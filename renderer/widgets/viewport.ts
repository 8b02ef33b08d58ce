/**
 * The viewport of a virtual list: the row at its upper edge and how many pixels of it are scrolled
 * past. Browsers cap an element at 17 to 33 million pixels, so in longer lists the scroll bar is a
 * scale model of the rows, while wheel and keys move by exact pixels. The functions are pure, so
 * tests need no browser.
 */

export interface Anchor {
  index: number;
  /** The pixels of row `index` above the upper edge, from 0 to its height. */
  offset: number;
}

export interface Extent {
  count: number;
  /** The height of a row or, if rows wrap, an estimate. */
  rowHeight: number;
  viewportHeight: number;
  /** The measured heights of rows that wrap; null if all rows have `rowHeight`. */
  measured: ReadonlyMap<number, number> | null;
}

/** Safe in every browser. Firefox gives up first, at 17.9 million. */
export const SCROLL_CAP_PX = 8_000_000;

export type Align = 'start' | 'center' | 'end' | 'nearest';

export const top: Anchor = { index: 0, offset: 0 };

function heightOf(extent: Extent, index: number): number {
  return extent.measured?.get(index) ?? extent.rowHeight;
}

/** Moves by pixels within the list. Positive is down. */
export function moveBy(extent: Extent, anchor: Anchor, px: number): Anchor {
  if (extent.measured === null) {
    const y = Math.min(Math.max(anchor.index * extent.rowHeight + anchor.offset + px, 0), maxTop(extent));
    return atPixel(extent, y);
  }
  let { index, offset } = anchor;
  offset += px;
  while (offset < 0 && index > 0) {
    index--;
    offset += heightOf(extent, index);
  }
  while (index < extent.count - 1 && offset >= heightOf(extent, index)) {
    offset -= heightOf(extent, index);
    index++;
  }
  return clamp(extent, { index, offset: Math.max(offset, 0) });
}

function atPixel(extent: Extent, y: number): Anchor {
  const index = Math.min(Math.floor(y / extent.rowHeight), Math.max(0, extent.count - 1));
  return { index, offset: y - index * extent.rowHeight };
}

function maxTop(extent: Extent): number {
  return Math.max(0, extent.count * extent.rowHeight - extent.viewportHeight);
}

/** Limits the position so that the last row does not rise above the lower edge. */
export function clamp(extent: Extent, anchor: Anchor): Anchor {
  if (extent.measured === null) {
    const y = anchor.index * extent.rowHeight + anchor.offset;
    return y <= maxTop(extent) && anchor.index < Math.max(extent.count, 1)
      ? anchor
      : atPixel(extent, Math.min(y, maxTop(extent)));
  }
  const index = Math.min(anchor.index, Math.max(0, extent.count - 1));
  let below = -(index === anchor.index ? anchor.offset : 0);
  for (let i = index; i < extent.count; i++) {
    below += heightOf(extent, i);
    if (below >= extent.viewportHeight) return index === anchor.index ? anchor : { index, offset: 0 };
  }
  return bottom(extent);
}

/** Returns the position that puts the last row at the lower edge. */
export function bottom(extent: Extent): Anchor {
  if (extent.measured === null) return atPixel(extent, maxTop(extent));
  let room = extent.viewportHeight;
  for (let i = extent.count - 1; i >= 0; i--) {
    const height = heightOf(extent, i);
    if (height >= room) return { index: i, offset: height - room };
    room -= height;
  }
  return top;
}

/**
 * Scrolls a row into view. `nearest` moves as little as possible, and not at all if the whole row
 * is in view.
 */
export function toRow(extent: Extent, anchor: Anchor, index: number, align: Align): Anchor {
  const row = Math.min(Math.max(index, 0), Math.max(0, extent.count - 1));
  const spare = extent.viewportHeight - heightOf(extent, row);
  const place = (y: number): Anchor =>
    extent.measured === null
      ? clampFixed(extent, row * extent.rowHeight - y)
      : moveBy(extent, { index: row, offset: 0 }, -y);
  if (align === 'start') return place(0);
  if (align === 'center') return place(Math.max(0, spare / 2));
  if (align === 'end') return place(Math.max(0, spare));
  if (row < anchor.index || (row === anchor.index && anchor.offset > 0)) return place(0);
  let y = -anchor.offset;
  if (extent.measured === null) y += (row - anchor.index) * extent.rowHeight;
  else for (let i = anchor.index; i < row && y <= extent.viewportHeight; i++) y += heightOf(extent, i);
  return y > spare ? place(Math.max(0, spare)) : anchor;
}

function clampFixed(extent: Extent, y: number): Anchor {
  return atPixel(extent, Math.min(Math.max(y, 0), maxTop(extent)));
}

/** Returns the height of the content that the scroll bar scrolls. */
export function scrollHeight(extent: Extent): number {
  return Math.min(extent.count * extent.rowHeight, Math.max(SCROLL_CAP_PX, extent.viewportHeight));
}

/** Decides whether a pixel of the scroll bar's model is a pixel of the rows. */
export function isExact(extent: Extent): boolean {
  return extent.measured === null && extent.count * extent.rowHeight <= SCROLL_CAP_PX;
}

export function toScrollTop(extent: Extent, anchor: Anchor): number {
  const most = Math.max(0, scrollHeight(extent) - extent.viewportHeight);
  const y = anchor.index * extent.rowHeight + (anchor.offset / heightOf(extent, anchor.index)) * extent.rowHeight;
  if (isExact(extent)) return Math.min(y, most);
  const end = maxTop(extent);
  return end === 0 ? 0 : Math.min(1, y / end) * most;
}

export function fromScrollTop(extent: Extent, scrollTop: number): Anchor {
  const most = Math.max(0, scrollHeight(extent) - extent.viewportHeight);
  if (isExact(extent)) return clampFixed(extent, scrollTop);
  if (most === 0 || scrollTop <= 0) return top;
  // The bar's last pixel is the last row, whatever the estimates say.
  if (scrollTop >= most - 1) return bottom(extent);
  const y = (scrollTop / most) * maxTop(extent);
  const at = atPixel(extent, y);
  return clamp(extent, { index: at.index, offset: (at.offset / extent.rowHeight) * heightOf(extent, at.index) });
}

/**
 * Returns the first and last rows that are at least partly in view. If there are none, the last is
 * before the first.
 */
export function visibleRange(extent: Extent, anchor: Anchor): [number, number] {
  if (extent.count === 0) return [0, -1];
  if (extent.measured === null) {
    const rows = Math.ceil((anchor.offset + extent.viewportHeight) / extent.rowHeight);
    return [anchor.index, Math.min(extent.count - 1, anchor.index + Math.max(rows, 1) - 1)];
  }
  let y = -anchor.offset;
  let last = anchor.index;
  for (let i = anchor.index; i < extent.count && y < extent.viewportHeight; i++) {
    y += heightOf(extent, i);
    last = i;
  }
  return [anchor.index, last];
}
