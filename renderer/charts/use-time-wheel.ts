/** The wheel over a view with time on the x axis zooms and pans the axis, or scrolls the view. */
import { type RefObject, useEffect } from 'react';
import { useLatest } from '../state/use-latest.ts';
import { useTimeAxis } from './TimeAxisContext.tsx';
import { visibleUsAt } from './time-scale.ts';

/**
 * `zoom`: the wheel zooms. `scroll`: the wheel scrolls what is under it, and zooms with Ctrl, which
 * a pinch also sends. In both, a wheel that turns sideways pans.
 */
export type TimeWheel = 'zoom' | 'scroll';

/** The pixels of a line, for a wheel that counts lines. */
const LINE_PX = 30;
/** How far a pixel of the wheel zooms, as an exponent. */
const ZOOM_A_PIXEL = 0.002;

export function useTimeWheel(element: RefObject<HTMLElement | null>, wheel: TimeWheel): void {
  const latest = useLatest({ axis: useTimeAxis(), wheel });
  // React's wheel listener is passive and cannot stop the browser from scrolling. Runs after each
  // render, since the element may appear later than the component: a strip waits for the first
  // time, a chart for its first point.
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const onWheel = (event: WheelEvent) => {
      const { axis, wheel: of } = latest.current;
      if (!axis.hasTime) return;
      const unit = event.deltaMode === 0 ? 1 : LINE_PX;
      const isZoom = event.ctrlKey || event.metaKey || of === 'zoom';
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (isSideways && !event.ctrlKey) {
        axis.pan(((event.deltaX || event.deltaY) * unit) / Math.max(1, axis.width));
      } else if (isZoom) {
        const us = visibleUsAt(axis, event.clientX - target.getBoundingClientRect().left);
        axis.zoom(us, Math.exp(event.deltaY * unit * ZOOM_A_PIXEL));
      } else return;
      event.preventDefault();
    };
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => target.removeEventListener('wheel', onWheel);
  });
}
