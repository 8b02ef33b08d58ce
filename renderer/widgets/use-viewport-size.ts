/** Keeps the height of the viewport, and its active row in view when it gets less room. */
import { type RefObject, useLayoutEffect } from 'react';
import type { Viewport } from './use-viewport.ts';
import { placeInLess } from './virtual-rows-model.ts';

export function useViewportSize(viewport: Viewport, scroller: RefObject<HTMLElement | null>): void {
  const { latest, setHeight, setAnchor, forget } = viewport;
  const { headerHeight = 0 } = viewport.options;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let width = element.clientWidth;
    const read = () => {
      if (element.clientWidth !== width) forget();
      width = element.clientWidth;
      const height = Math.max(0, element.clientHeight - headerHeight);
      const { extent, place, options } = latest.current;
      const kept = placeInLess(extent, place, options.active ?? null, height);
      if (kept !== null) setAnchor(kept);
      setHeight(height);
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, headerHeight, latest, setHeight, setAnchor, forget]);
}
