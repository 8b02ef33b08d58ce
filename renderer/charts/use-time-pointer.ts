/**
 * The time pointer is the pointer over a view with time on the x axis. It moves the cursor and the
 * axis alike in every such view; the view decides what else a click does.
 */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useSelection } from '../state/StoresContext.tsx';
import { useLatest } from '../state/use-latest.ts';
import { useTimeAxis } from './TimeAxisContext.tsx';
import { type TimeRange, visibleUsAt } from './time-scale.ts';
import { type TimeWheel, useTimeWheel } from './use-time-wheel.ts';

/** A shorter drag is a click. */
const DRAG_PX = 3;

export interface TimePointerOptions {
  wheel: TimeWheel;
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
  const giveUp = () => {
    drag.current = null;
    setBrush(null);
  };
  useTimeWheel(element, options.wheel);
  useEscape(brush !== null, giveUp);
  useEffect(() => () => setHover(null), [setHover]);

  const usOf = (event: PointerEvent<HTMLElement>) =>
    visibleUsAt(axis, event.clientX - (element.current ?? event.currentTarget).getBoundingClientRect().left);
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

/** Runs on Escape while something is on, before any other listener. */
function useEscape(isOn: boolean, run: () => void): void {
  const latest = useLatest(run);
  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [isOn, latest]);
}
