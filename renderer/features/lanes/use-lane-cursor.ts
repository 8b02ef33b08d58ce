/** The lane cursor is the lane of the selected process, and its bar at the selected time. */
import type { Lane } from '../../../electron/contract/analysis.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useSelection } from '../../state/StoresContext.tsx';
import { barAt, type LaneBar } from './lane-bars.ts';
import { type LaneList, laneOf } from './use-lanes.ts';

/** A click this close to a bar counts as on it. */
const NEAR_PX = 3;

export interface LaneCursor {
  /** The index of the lane; -1 for none. */
  active: number;
  lane: Lane | undefined;
  bar: LaneBar | null;
  /** The selected time, which may have no bar. */
  timeUs: number | null;
  /** Returns the bar of a lane at a time or a few pixels beside it. */
  barNear: (lane: number, us: number) => LaneBar | null;
}

export function useLaneCursor(lanes: LaneList['lanes'], bars: ReadonlyMap<number, readonly LaneBar[]>): LaneCursor {
  const axis = useTimeAxis();
  const process = useSelection((state) => state.process);
  const timeUs = useSelection((state) => state.timeUs);
  const active = process === null ? -1 : laneOf(lanes, process.node, process.pid, process.process, timeUs);
  const nearUs = (NEAR_PX / Math.max(1, axis.width)) * (axis.toUs - axis.fromUs);
  const barNear = (lane: number, us: number) => barAt(bars.get(lane) ?? [], us, nearUs);
  return { active, lane: lanes[active], bar: timeUs === null ? null : barNear(active, timeUs), timeUs, barNear };
}
