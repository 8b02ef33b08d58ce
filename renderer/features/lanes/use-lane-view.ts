/** The lane view says where the lanes lie and which of them are in view. */
import { useMemo } from 'react';
import type { MetricLook } from '../../charts/metrics.ts';
import { itemsBetween, type LaneItem, type LaneLayout, layoutLanes } from './lane-layout.ts';
import { CURVES_PX, lanePx, useLanesState } from './lanes-state.ts';
import type { LaneList } from './use-lanes.ts';

export const HEAD_PX = 22;
const CURVE_HEAD_PX = 48;
const MOST_BAR_PX = 44;

export interface LaneView {
  layout: LaneLayout;
  barHeight: number;
  /** Each lane has the curves of its process below it. */
  hasProcessCurves: boolean;
  scrollTop: number;
  /** The height of the view, not of all lanes. */
  height: number;
  /** The heads and lanes at least partly in view. */
  items: readonly LaneItem[];
  /** The first and last lanes in view. */
  first: number;
  last: number;
}

export function useLaneView(
  lanes: LaneList['lanes'],
  look: MetricLook | null,
  scrollTop: number,
  height: number,
): LaneView {
  const { size, hasProcessCurves } = useLanesState();
  const barHeight = useBarHeight(lanes, lanePx[size], hasProcessCurves, height);
  const laneHeight = barHeight + (hasProcessCurves ? CURVES_PX : 0);
  const layout = useMemo(
    () => layoutLanes(lanes, laneHeight, look === null ? HEAD_PX : CURVE_HEAD_PX),
    [lanes, laneHeight, look],
  );
  const [firstItem, lastItem] = itemsBetween(layout, scrollTop, scrollTop + height);
  const items = useMemo(() => layout.items.slice(firstItem, lastItem + 1), [layout, firstItem, lastItem]);
  const [first, last] = [items[0]?.lane ?? 0, items.at(-1)?.lane ?? -1];
  return { layout, barHeight, hasProcessCurves, scrollTop, height, items, first, last };
}

/** Lets few lanes grow to fill the available height. */
function useBarHeight(lanes: LaneList['lanes'], px: number, hasCurves: boolean, height: number): number {
  return useMemo(() => {
    const heads = new Set(lanes.map((lane) => lane.node)).size;
    const slots = new Set(lanes.map((lane) => lane.slot)).size;
    const room = (height - heads * HEAD_PX) / Math.max(1, slots) - (hasCurves ? CURVES_PX : 0);
    return Math.max(px, Math.min(Math.max(px, MOST_BAR_PX), Math.floor(room)));
  }, [lanes, px, hasCurves, height]);
}
