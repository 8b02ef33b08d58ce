/**
 * The curve plot is the plot area of curves over each other: it tells which curve is near the
 * pointer, and how high a value stands.
 */
import type { PointerEvent, RefObject } from 'react';
import type { Curve } from '../../charts/series-data.ts';
import { FOOT_PX } from '../../charts/TimePlot.tsx';
import { nearestCurve } from './curve-looks.ts';

/** The room above the plot area. */
export const TOP_PX = 12;
/** A curve within this many pixels of the pointer counts as under it. */
const NEAR_PX = 24;

export interface CurvePlot {
  /** Returns the index of the curve under the pointer, or null for none. */
  nearest: (us: number, event: PointerEvent<HTMLElement>) => number | null;
  /** Returns the place of a value, in pixels from the top of the area. */
  yOf: (value: number) => number;
}

/** `height` is that of the whole area, `max` the value at the top of the plot area. */
export function useCurvePlot(
  area: RefObject<HTMLElement | null>,
  height: number,
  curves: readonly Curve[],
  max: number,
): CurvePlot {
  const plotPx = Math.max(1, height - TOP_PX - FOOT_PX);
  return {
    nearest(us, event) {
      const y = event.clientY - (area.current?.getBoundingClientRect().top ?? 0) - TOP_PX;
      return nearestCurve(curves, us, max * (1 - y / plotPx), (max * NEAR_PX) / plotPx);
    },
    yOf: (value) => TOP_PX + plotPx * (1 - value / max),
  };
}
