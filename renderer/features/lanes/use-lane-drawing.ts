/**
 * The lane drawing draws the lanes in view. It gathers the curves, the attempts of the selected
 * mini-batch and the details that the drawing needs besides the bars.
 */
import { useCallback, useMemo } from 'react';
import type { MetricLook } from '../../charts/metrics.ts';
import type { Pen } from '../../charts/pen.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { drawLanes } from './draw-lanes.ts';
import type { LaneBar } from './lane-bars.ts';
import type { LaneCursor } from './use-lane-cursor.ts';
import type { LaneView } from './use-lane-view.ts';
import { type LaneList, useChosenAttempts, useNodeCurves, useProcessCurves } from './use-lanes.ts';
import { useProcessDetail } from './use-process.ts';

export interface LaneDrawingOf {
  lanes: LaneList['lanes'];
  look: MetricLook | null;
  view: LaneView;
  bars: ReadonlyMap<number, readonly LaneBar[]>;
  cursor: LaneCursor;
}

/** Returns a function that draws, which is new only when the drawing differs. */
export function useLaneDrawing(of: LaneDrawingOf): (pen: Pen, width: number, height: number) => void {
  const { lanes, look, bars } = of;
  const { items, scrollTop, barHeight, first, last, hasProcessCurves } = of.view;
  const { active, lane, bar: activeBar } = of.cursor;
  const axis = useTimeAxis();
  const colour = useThemeColours();
  const { curves, max } = useNodeCurves(look?.metric ?? null);
  const own = useProcessCurves(lanes, first, last, hasProcessCurves);
  const chosen = useChosenAttempts(lanes);
  const initSeconds = useInitSeconds(lane?.processId ?? null);
  const curveMax = look === null ? 0 : look.scaleTo(max);
  const drawing = useMemo(
    () => ({
      axis,
      items,
      scrollTop,
      lanes,
      bars,
      curves,
      curveMax,
      active,
      activeBar,
      chosen,
      initSeconds,
      colour,
      barHeight,
      processCurves: own.byLane,
      memoryMax: own.memoryMax,
      cpuMax: own.cpuMax,
    }),
    [
      axis,
      items,
      scrollTop,
      lanes,
      bars,
      curves,
      curveMax,
      active,
      activeBar,
      chosen,
      initSeconds,
      colour,
      barHeight,
      own,
    ],
  );
  return useCallback((pen: Pen, _width: number, height: number) => drawLanes(pen, drawing, height), [drawing]);
}

/** Returns how long the selected process took to start, by its id. */
function useInitSeconds(processId: number | null): ReadonlyMap<number, number> {
  const detail = useProcessDetail(processId);
  return useMemo(
    () =>
      new Map(
        detail === null || detail.initSeconds === null ? [] : [[detail.lane.processId, detail.initSeconds] as const],
      ),
    [detail],
  );
}
