/**
 * The time pointer is the pointer over a view with time on the x axis. It moves the cursor and the
 * axis alike in every such view; the view decides what else a click does.
 */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useSelection } from '../state/StoresContext.tsx';
import { useLatest } from '../state/use-latest.ts';
import { type TimeAxis, useTimeAxis } from './TimeAxisContext.tsx';
import type { TimeRange } from './time-scale.ts';

/** A shorter drag is a click. */
const DRAG_PX = 3;

export interface TimePointerOptions {
  /**
   * `zoom`: the wheel zooms. `scroll`: the wheel scrolls what is under it, and zooms with Ctrl,
   * which a pinch also sends.
   */
  wheel: 'zoom' | 'scroll';
  onClick?: (us: number, event: PointerEvent<HTMLElement>) => void;
  onMove?: (us: number, event: PointerEvent<HTMLElement>) => void;
  onLeave?: () => void;
}

/**
 * Handles the pointer over a view with time on the x axis, as on the time strip. Hovering moves the
 * cursor in all views, dragging zooms to the range, Shift-dragging pans, a click sets the cursor, a
 * double click shows the whole run. The element spans the main column.
 */
export function useTimePointer(element: RefObject<HTMLElement | null>, options: TimePointerOptions) {
  const axis = useTimeAxis();
  const setHover = useSelection((state) => state.setHover);
  const select = useSelection((state) => state.select);
  const drag = useRef<{ startX: number; startUs: number; lastX: number; isPan: boolean } | null>(null);
  const [brush, setBrush] = useState<TimeRange | null>(null);
  const latest = useLatest({ axis, wheel: options.wheel });

  // React's wheel listener is passive and cannot stop the browser from scrolling. Runs after each
  // render, since the element may appear later than the component: a strip waits for the first
  // time, a chart for its first point.
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const onWheel = (event: WheelEvent) => {
      const { axis: now, wheel } = latest.current;
      if (!now.hasTime) return;
      const unit = event.deltaMode === 0 ? 1 : 30;
      const isZoom = event.ctrlKey || event.metaKey || wheel === 'zoom';
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (isSideways && !event.ctrlKey) {
        now.pan(((event.deltaX || event.deltaY) * unit) / Math.max(1, now.width));
      } else if (isZoom) now.zoom(timeAt(now, target, event.clientX), Math.exp(event.deltaY * unit * 0.002));
      else return;
      event.preventDefault();
    };
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => target.removeEventListener('wheel', onWheel);
  });

  useEffect(() => () => setHover(null), [setHover]);

  useEffect(() => {
    if (brush === null) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      drag.current = null;
      setBrush(null);
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [brush]);

  const usOf = (event: PointerEvent<HTMLElement>) =>
    timeAt(axis, element.current ?? event.currentTarget, event.clientX);
  const giveUp = () => {
    drag.current = null;
    setBrush(null);
  };
  return {
    brush,
    /** For ranges drawn in other ways, such as by keys. */
    setBrush,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0 || !axis.hasTime || isControl(event)) return;
        drag.current = { startX: event.clientX, startUs: usOf(event), lastX: event.clientX, isPan: event.shiftKey };
        setBrush(null);
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (!axis.hasTime) return;
        const us = usOf(event);
        setHover(us);
        options.onMove?.(us, event);
        const now = drag.current;
        if (now === null) return;
        if (now.isPan) {
          axis.pan((now.lastX - event.clientX) / Math.max(1, axis.width));
          now.lastX = event.clientX;
        } else if (brush !== null || Math.abs(event.clientX - now.startX) >= DRAG_PX) {
          // Only a drag captures the pointer, so that a click still reaches the row below.
          if (brush === null) event.currentTarget.setPointerCapture(event.pointerId);
          setBrush({ fromUs: Math.min(now.startUs, us), toUs: Math.max(now.startUs, us) });
        }
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        const now = drag.current;
        if (now !== null && !now.isPan) {
          if (brush === null) {
            select({ timeUs: usOf(event) });
            options.onClick?.(usOf(event), event);
          } else axis.zoomTo(brush);
        }
        giveUp();
      },
      onPointerCancel: giveUp,
      onPointerLeave() {
        setHover(null);
        options.onLeave?.();
      },
      onDoubleClick: () => axis.zoomTo(null),
    },
  };
}

function isControl(event: PointerEvent<HTMLElement>): boolean {
  return event.target instanceof Element && event.target.closest('a, button, input, [role="separator"]') !== null;
}

function timeAt(axis: TimeAxis, element: Element, clientX: number): number {
  const x = clientX - element.getBoundingClientRect().left;
  return Math.min(Math.max(axis.usAt(x), axis.fromUs), axis.toUs);
}
