/** Lane keys walk through the lanes and the bars of a lane, and choose a bar. */
import type { KeyboardEvent } from 'react';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useSelection } from '../../state/StoresContext.tsx';
import { type LaneBar, stepBar } from './lane-bars.ts';
import { useChooseBar } from './use-choose-bar.ts';
import type { LaneCursor } from './use-lane-cursor.ts';
import type { LaneReveal } from './use-lane-reveal.ts';
import type { LaneList } from './use-lanes.ts';

/** Returns the listener of key presses. */
export function useLaneKeys(
  lanes: LaneList['lanes'],
  bars: ReadonlyMap<number, readonly LaneBar[]>,
  cursor: LaneCursor,
  { reveal, settle }: LaneReveal,
): (event: KeyboardEvent) => void {
  const axis = useTimeAxis();
  const select = useSelection((state) => state.select);
  const chooseBar = useChooseBar();
  const { active, timeUs } = cursor;
  const stepLane = (step: 1 | -1): boolean => {
    const next = Math.min(lanes.length - 1, Math.max(0, active + step));
    const lane = lanes[next];
    if (lane === undefined) return false;
    const { node, process, pid } = lane;
    settle(next);
    select({ process: { node, process, pid }, node, detail: 'process' });
    reveal(next);
    return true;
  };
  const stepInLane = (step: 1 | -1) => {
    const bar = stepBar(bars.get(active) ?? [], cursor.bar?.fromUs ?? timeUs ?? 0, step);
    if (bar !== null) select({ timeUs: Math.round((bar.fromUs + bar.toUs) / 2) });
  };
  /** Returns whether the lanes have a use for the key. */
  const take = ({ key }: KeyboardEvent): boolean => {
    if (key === 'ArrowUp' || key === 'ArrowDown') return stepLane(key === 'ArrowDown' ? 1 : -1);
    if (cursor.lane === undefined) return false;
    if (key === 'ArrowLeft' || key === 'ArrowRight') stepInLane(key === 'ArrowRight' ? 1 : -1);
    else if (key === 'Enter') chooseBar(cursor.lane, cursor.bar, timeUs ?? axis.fromUs);
    else return false;
    return true;
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !take(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
