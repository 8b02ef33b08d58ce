/**
 * The time pointer is the pointer over a view with time on x. It moves the cursor and the axis in
 * the same way in every such view; what a click means beyond that is the view's.
 */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useSelection } from '../state/StoresContext.tsx';
import { useLatest } from '../state/use-latest.ts';
import { type TimeAxis, type TimeRange, useTimeAxis } from './TimeAxisContext.tsx';

/** Less than this is a click. */
const DRAG_PX = 3;

export interface TimePointerOptions {
  /**
   * `zoom`: the wheel zooms. `scroll`: it scrolls what is under it, and zooms with Ctrl (a pinch is
   * that too).
   */
  wheel: 'zoom' | 'scroll';
  onClick?: (us: number, event: PointerEvent<HTMLElement>) => void;
  onMove?: (us: number, event: PointerEvent<HTMLElement>) => void;
  onLeave?: () => void;
}

/**
 * What the pointer does over a view with time on x, the same as on the time strip: hover = cursor
 * everywhere, drag = zoom to the range, Shift-drag = pan, click = put the cursor down, double click
 * = the whole run. The element spans the main column.
 */
export function useTimePointer(element: RefObject<HTMLElement | null>, options: TimePointerOptions) {
  const axis = useTimeAxis();
  const setHover = useSelection((state) => state.setHover);
  const select = useSelection((state) => state.select);
  const drag = useRef<{ startX: number; startUs: number; lastX: number; isPan: boolean } | null>(null);
  const [brush, setBrush] = useState<TimeRange | null>(null);
  const latest = useLatest({ axis, wheel: options.wheel });

  // React listens to the wheel passively, so that it could not be taken from the browser. After
  // each render, since the element may come later than the component: a strip that waits for the
  // first time, a chart for its first point.
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
    /** For ranges that are drawn by other means, such as keys. */
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
          // Only a drag takes the pointer, so that a click still reaches the row below.
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
