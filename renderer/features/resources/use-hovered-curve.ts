/** The curve under the pointer, among curves over each other, and the choice of one by a click. */
import { type RefObject, useState } from 'react';
import { type Curve, valueAt } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import type { CurvePlot } from './use-curve-plot.ts';

export interface HoveredCurve {
  index: number;
  /** Where the curve is at the time under the pointer. */
  x: number;
  y: number;
}

export function useHoveredCurve(
  area: RefObject<HTMLElement | null>,
  plot: CurvePlot,
  curves: readonly Curve[],
  choose: (index: number) => void,
) {
  const axis = useTimeAxis();
  const [hovered, setHovered] = useState<HoveredCurve | null>(null);
  const pointer = useTimePointer(area, {
    wheel: 'zoom',
    onMove: (us, event) => {
      const index = plot.nearest(us, event);
      const curve = curves[index ?? -1];
      const value = curve === undefined ? null : valueAt(curve, us);
      if (index === null || value === null) setHovered(null);
      else setHovered({ index, x: axis.xOf(us), y: plot.yOf(value) });
    },
    onLeave: () => setHovered(null),
    onClick: (us, event) => {
      const index = plot.nearest(us, event);
      if (index !== null) choose(index);
    },
  });
  return { hovered, pointer };
}
