/** Where lanes lie one below the other, under the heads of their nodes. Pure. */

export interface LaneItem {
  y: number;
  height: number;
  node: string;
  /** Index of the lane; of a head, that of the first lane below it. */
  lane: number;
  isHead: boolean;
  /** Of a head: its lanes. */
  lanes: number;
}

export interface LaneLayout {
  items: readonly LaneItem[];
  height: number;
}

/** Lanes come in the order of their nodes; each node begins with a head. */
export function layoutLanes(lanes: readonly { node: string }[], laneHeight: number, headHeight: number): LaneLayout {
  const items: LaneItem[] = [];
  let y = 0;
  let head: LaneItem | null = null;
  for (const [lane, { node }] of lanes.entries()) {
    if (head === null || head.node !== node) {
      head = { y, height: headHeight, node, lane, isHead: true, lanes: 0 };
      items.push(head);
      y += headHeight;
    }
    head.lanes++;
    items.push({ y, height: laneHeight, node, lane, isHead: false, lanes: 0 });
    y += laneHeight;
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
  return [itemAt(layout, top), itemAt(layout, Math.max(top, bottom - 1))];
}
