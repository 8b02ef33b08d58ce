/** A wide list keeps all cells of a line in sight while its text scrolls sideways. */
import { type RefObject, useLayoutEffect } from 'react';

const WIDE_PX = 860;

/** Marks the list as wide for its styles, while it is. */
export function useWide(root: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return;
    // A container query would make the browser style all lines during layout.
    const observer = new ResizeObserver(() => element.toggleAttribute('data-wide', element.clientWidth >= WIDE_PX));
    observer.observe(element);
    return () => observer.disconnect();
  }, [root]);
}
