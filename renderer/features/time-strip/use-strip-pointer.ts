import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type TimeAxis, type TimeRange, useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useNavigation, useSelection } from '../../state/StoresContext.tsx';

/** Less than this is a click. */
const DRAG_PX = 3;

type Drag = { kind: 'brush'; startX: number; startUs: number } | { kind: 'pan'; lastX: number } | null;

/**
 * What the pointer does on the strip: drag = range, shift-drag = pan, click = put the cursor down, wheel = zoom about the
 * pointer, sideways wheel = pan. `brush` is the range that is being drawn; Esc gives it up.
 */
export function useStripPointer(element: RefObject<HTMLElement | null>) {
  const axis = useTimeAxis();
  const navigation = useNavigation();
  const setHover = useSelection((state) => state.setHover);
  const select = useSelection((state) => state.select);
  const drag = useRef<Drag>(null);
  const [brush, setBrush] = useState<TimeRange | null>(null);
  const latest = useRef(axis);
  latest.current = axis;

  // React listens to the wheel passively, so that it could not be taken from the browser.
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const onWheel = (event: WheelEvent) => {
      const now = latest.current;
      if (!now.hasTime || event.ctrlKey) return;
      event.preventDefault();
      const unit = event.deltaMode === 0 ? 1 : 30;
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (isSideways) now.pan(((event.deltaX || event.deltaY) * unit) / Math.max(1, now.width));
      else now.zoom(timeAt(now, target, event.clientX), Math.exp(event.deltaY * unit * 0.002));
    };
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => target.removeEventListener('wheel', onWheel);
  }, [element]);

  const usOf = (event: PointerEvent) => timeAt(axis, event.currentTarget, event.clientX);
  const giveUp = () => {
    drag.current = null;
    setBrush(null);
  };
  return {
    brush,
    setBrush,
    giveUp,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0 || !axis.hasTime) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setBrush(null);
        drag.current = event.shiftKey
          ? { kind: 'pan', lastX: event.clientX }
          : { kind: 'brush', startX: event.clientX, startUs: usOf(event) };
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (!axis.hasTime) return;
        const us = usOf(event);
        setHover(us);
        const now = drag.current;
        if (now?.kind === 'pan') {
          axis.pan((now.lastX - event.clientX) / Math.max(1, axis.width));
          now.lastX = event.clientX;
        } else if (now?.kind === 'brush' && Math.abs(event.clientX - now.startX) >= DRAG_PX) {
          setBrush({ fromUs: Math.min(now.startUs, us), toUs: Math.max(now.startUs, us) });
        }
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        const now = drag.current;
        if (now?.kind === 'brush') {
          if (brush === null) select({ timeUs: usOf(event) });
          else navigation.navigate({ filter: { fromUs: brush.fromUs, toUs: Math.max(brush.toUs, brush.fromUs + 1) } });
        }
        giveUp();
      },
      onPointerCancel: giveUp,
      onPointerLeave: () => setHover(null),
      onDoubleClick: () => navigation.navigate({ filter: { fromUs: null, toUs: null }, selection: { timeUs: null } }),
    },
  };
}

function timeAt(axis: TimeAxis, element: Element, clientX: number): number {
  const x = clientX - element.getBoundingClientRect().left;
  return Math.min(Math.max(axis.usAt(x), axis.fromUs), axis.toUs);
}
