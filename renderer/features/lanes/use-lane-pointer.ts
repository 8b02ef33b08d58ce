/**
 * The lane pointer tells which process and bar lie under the pointer, and chooses them by a click.
 */
import { type RefObject, useState } from 'react';
import type { Lane } from '../../../electron/contract/analysis.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import type { LaneBar } from './lane-bars.ts';
import { laneItemAt, processAt } from './lane-layout.ts';
import { useChooseBar } from './use-choose-bar.ts';
import type { LaneCursor } from './use-lane-cursor.ts';
import type { LaneReveal } from './use-lane-reveal.ts';
import type { LaneView } from './use-lane-view.ts';
import type { LaneList } from './use-lanes.ts';

interface LaneHover {
  x: number;
  y: number;
  us: number;
  lane: Lane;
  bar: LaneBar | null;
}

export interface LanePointer {
  pointer: ReturnType<typeof useTimePointer>;
  /** What lies under the pointer; null over heads and outside. */
  over: LaneHover | null;
}

export function useLanePointer(
  area: RefObject<HTMLElement | null>,
  lanes: LaneList['lanes'],
  { layout, scrollTop }: LaneView,
  { barNear }: LaneCursor,
  { settle }: LaneReveal,
): LanePointer {
  const [hover, setHover] = useState<{ x: number; y: number; us: number } | null>(null);
  const chooseBar = useChooseBar();
  /** Returns the lane at a height of the view. The result changes as the lanes scroll. */
  const laneAt = (viewY: number, us: number): number | null => {
    const item = laneItemAt(layout, viewY + scrollTop);
    return item === null ? null : processAt(lanes, item.lane, us);
  };
  const pointer = useTimePointer(area, {
    wheel: 'scroll',
    onMove: (us, event) => {
      const box = area.current?.getBoundingClientRect();
      if (box !== undefined) setHover({ us, x: event.clientX - box.left, y: event.clientY - box.top });
    },
    onLeave: () => setHover(null),
    onClick: (us, event) => {
      const index = laneAt(event.clientY - (area.current?.getBoundingClientRect().top ?? 0), us);
      const lane = index === null ? undefined : lanes[index];
      if (index === null || lane === undefined) return;
      settle(index);
      chooseBar(lane, barNear(index, us), us);
    },
  });
  const index = hover === null ? null : laneAt(hover.y, hover.us);
  const lane = index === null ? undefined : lanes[index];
  const isOver = hover !== null && index !== null && lane !== undefined;
  return { pointer, over: isOver ? { ...hover, lane, bar: barNear(index, hover.us) } : null };
}
