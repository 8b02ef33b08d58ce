import { type RefObject, useEffect, useRef } from 'react';

const MARGIN_PX = 60;

/**
 * Stepping to a line scrolls sideways to what was found in it. The line, and what was found in it, may be drawn later than the
 * step: the first drawing with a match counts, until the line is left.
 */
export function useMatchInView(root: RefObject<HTMLElement | null>, active: number | null, contentKey: string): void {
  const place = `${contentKey} ${active}`;
  const shown = useRef('');
  useEffect(() => {
    const list = root.current;
    if (list === null || active === null || shown.current === place) return;
    const show = () => {
      if (!scrollToMatch(list, active)) return;
      shown.current = place;
      observer.disconnect();
    };
    const observer = new MutationObserver(show);
    observer.observe(list, { childList: true, subtree: true });
    show();
    return () => observer.disconnect();
  }, [root, active, place]);
}

/** False while the row has no match yet. */
function scrollToMatch(list: HTMLElement, index: number): boolean {
  const row = list.querySelector<HTMLElement>(`[data-index="${index}"]`);
  const scroller = row?.closest<HTMLElement>('.virtual-rows');
  const mark = row?.querySelector('mark')?.getBoundingClientRect();
  if (row === null || scroller == null || mark === undefined) return false;
  // The number of the line stays at the left while the text moves.
  const left = row.querySelector('.line__number')?.getBoundingClientRect().right ?? 0;
  const right = scroller.getBoundingClientRect().left + scroller.clientWidth;
  if (mark.left >= left && mark.right <= right) return true;
  const toLeft = mark.left - left - MARGIN_PX;
  scroller.scrollLeft += mark.right > right ? Math.min(toLeft, mark.right - right + MARGIN_PX) : toLeft;
  return true;
}
