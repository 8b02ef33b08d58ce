/** Where lanes lie one below the other, under the heads of their nodes. Pure. */

export interface LaneItem {
  y: number;
  height: number;
  node: string;
  /** Index of the lane; of a head, that of the first lane below it. */
  lane: number;
  isHead: boolean;
  /** Of a head: its lanes, and the processes in them. */
  lanes: number;
  processes: number;
  /**
   * Whether the process begins its lane; a successor stands at the same height as the one before
   * it.
   */
  isFirst: boolean;
}

export interface LaneLayout {
  items: readonly LaneItem[];
  height: number;
}

/**
 * Processes come in the order of their nodes and slots; each node begins with a head, each slot is
 * one lane.
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

/** Index of the item at a height; the nearest one above or below the ends. */
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

/** Items that are at least partly between two heights, first and last. */
export function itemsBetween(layout: LaneLayout, top: number, bottom: number): [number, number] {
  if (layout.items.length === 0) return [0, -1];
  let first = itemAt(layout, top);
  // All processes of the lane at the top, not only its last.
  while (layout.items[first]?.isFirst === false) first--;
  return [first, itemAt(layout, Math.max(top, bottom - 1))];
}

/**
 * The process of a lane at a time, by its index: the last that had started, else the first. `index`
 * is any process of the lane.
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
