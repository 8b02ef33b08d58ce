/** Pure functions that stack the lanes under the heads of their nodes. */

export interface LaneItem {
  y: number;
  height: number;
  node: string;
  /** The index of the lane. A head has the index of the first lane below it. */
  lane: number;
  isHead: boolean;
  /** For a head, the number of its lanes and of the processes in them. */
  lanes: number;
  processes: number;
  /** The process is the first of its lane. A successor has the same height as the one before. */
  isFirst: boolean;
}

export interface LaneLayout {
  items: readonly LaneItem[];
  height: number;
}

/**
 * Places lanes in the order of nodes and slots. Each node begins with a head, each slot is one
 * lane.
 */
export function layoutLanes(
  lanes: readonly { node: string; slot: number }[],
  laneHeight: number,
  headHeight: number,
): LaneLayout {
  const items: LaneItem[] = [];
  let y = 0;
  let head: LaneItem | null = null;
  for (const [lane, { node, slot }] of lanes.entries()) {
    const isFirst = lanes[lane - 1]?.slot !== slot || head?.node !== node;
    if (head === null || head.node !== node) {
      head = { y, height: headHeight, node, lane, isHead: true, lanes: 0, processes: 0, isFirst: true };
      items.push(head);
      y += headHeight;
    }
    head.processes++;
    if (isFirst) {
      head.lanes++;
      y += laneHeight;
    }
    items.push({ y: y - laneHeight, height: laneHeight, node, lane, isHead: false, lanes: 0, processes: 0, isFirst });
  }
  return { items, height: y };
}

/** Returns the index of the item at a height, or the nearest one. */
export function itemAt(layout: LaneLayout, y: number): number {
  let low = 0;
  let high = layout.items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((layout.items[middle]?.y ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Returns the lane at a height; null over a head and outside the lanes. */
export function laneItemAt(layout: LaneLayout, y: number): LaneItem | null {
  if (y < 0 || y >= layout.height) return null;
  const item = layout.items[itemAt(layout, y)];
  return item === undefined || item.isHead ? null : item;
}

/**
 * Returns how far the lanes must be scrolled to show an item, below `headPx` at the top. Null means
 * that it is in view.
 */
export function scrollTopFor(item: LaneItem, scrollTop: number, height: number, headPx: number): number | null {
  if (item.y < scrollTop + headPx) return item.y - headPx;
  return item.y + item.height > scrollTop + height ? item.y + item.height - height : null;
}

/** Returns the first and last items that lie at least partly between two heights. */
export function itemsBetween(layout: LaneLayout, top: number, bottom: number): [number, number] {
  if (layout.items.length === 0) return [0, -1];
  let first = itemAt(layout, top);
  // Includes all processes of the lane at the top, not only its last.
  while (layout.items[first]?.isFirst === false) first--;
  return [first, itemAt(layout, Math.max(top, bottom - 1))];
}

/**
 * Returns the index of the lane's process at a time: the last that had started, otherwise the
 * first. `index` is any process of the lane.
 */
export function processAt(
  lanes: readonly { slot: number; node: string; startUs: number | null }[],
  index: number,
  us: number,
): number {
  const slot = lanes[index]?.slot;
  let first = index;
  while (first > 0 && lanes[first - 1]?.slot === slot) first--;
  let found = first;
  for (let at = first; lanes[at]?.slot === slot && at < lanes.length; at++) {
    if ((lanes[at]?.startUs ?? Number.NEGATIVE_INFINITY) <= us) found = at;
  }
  return found;
}
