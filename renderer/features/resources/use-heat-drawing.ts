/** The drawing of the heat map as it is now, on the screen or in a saved picture. */
import { useCallback, useMemo } from 'react';
import type { Pen } from '../../charts/pen.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { drawHeat, heatStops } from './draw-heat.ts';
import type { Failures } from './use-events.ts';
import type { HeatRows } from './use-heat-rows.ts';
import type { ResourcesView } from './use-resources.ts';

export interface HeatDrawing {
  draw: (pen: Pen) => void;
  /** The colours from the lowest value to the highest. */
  stops: readonly string[];
}

/** `active` is the index of the active row, negative for none. */
export function useHeatDrawing(
  { level, pidsOf }: ResourcesView,
  failures: Failures,
  heat: HeatRows,
  active: number,
): HeatDrawing {
  const axis = useTimeAxis();
  const colour = useThemeColours();
  const stops = useMemo(() => heatStops(colour), [colour]);
  const { rows, rowPx, first, last, scrollTop, height, curveOf, max } = heat;
  const draw = useCallback(
    (pen: Pen) =>
      drawHeat(pen, {
        axis,
        rows: rows.slice(first, last + 1).map((group) => ({
          group,
          curve: curveOf(group),
          marks: failures.marksOf(group.node, level === 'node' ? null : pidsOf(group)),
        })),
        height,
        top: first * rowPx - scrollTop,
        row: rowPx,
        max,
        active: active - first,
        stops,
        colour,
      }),
    [axis, rows, first, last, curveOf, failures, level, pidsOf, rowPx, scrollTop, max, active, stops, colour, height],
  );
  return { draw, stops };
}
