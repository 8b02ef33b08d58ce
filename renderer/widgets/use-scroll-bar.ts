/**
 * The scroll bar of virtual rows follows the place of the list, and moves it when a person drags
 * the bar or turns the wheel.
 */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { Viewport } from './use-viewport.ts';
import { fromScrollTop, toScrollTop } from './viewport.ts';
import { isBarAtEnd, placeAfterWheel } from './virtual-rows-model.ts';

/** Returns the listener of scroll events. */
export function useScrollBar(viewport: Viewport, scroller: RefObject<HTMLElement | null>): () => void {
  const { extent, place, latest, goTo } = viewport;
  /**
   * The position that the list last gave the scroll bar. A scroll event with another value comes
   * from the person.
   */
  const barTop = useRef(0);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const wanted = toScrollTop(extent, place);
    // Reading `scrollTop` would force a layout of what has just changed.
    if (Math.abs(barTop.current - wanted) < 1) return;
    element.scrollTo({ top: wanted });
    barTop.current = element.scrollTop;
  });

  // React's wheel listener is passive and cannot stop the browser from scrolling.
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      const { extent: now, place: from } = latest.current;
      const next = placeAfterWheel(now, from, event);
      if (next === null) return;
      event.preventDefault();
      flushSync(() => goTo(next, null));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [scroller, latest, goTo]);

  return () => {
    const element = scroller.current;
    if (element === null) return;
    element.toggleAttribute('data-aside', element.scrollLeft > 0);
    if (Math.abs(element.scrollTop - barTop.current) < 1) return;
    barTop.current = element.scrollTop;
    const { extent: now } = latest.current;
    const goal = isBarAtEnd(now, element.scrollTop) ? { index: now.count - 1, align: 'end' as const } : null;
    flushSync(() => goTo(fromScrollTop(now, element.scrollTop), goal));
  };
}
