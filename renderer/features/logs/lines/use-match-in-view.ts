/**
 * The match in view is the first match of the active line. A long line that does not wrap scrolls
 * sideways until the match shows.
 */
import { type RefObject, useEffect, useRef } from 'react';

const MARGIN_PX = 60;

/**
 * Scrolls sideways to the first match of the active line, once per line and search. The line and
 * its match may be drawn after the cursor arrives, so the hook waits for the first drawing with a
 * match. `searchKey` identifies the lines and the searches whose matches are drawn.
 */
export function useMatchInView(root: RefObject<HTMLElement | null>, active: number | null, searchKey: string): void {
  const place = `${searchKey} ${active}`;
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

/** Scrolls to the match of a row. Returns false while the row has none. */
function scrollToMatch(list: HTMLElement, index: number): boolean {
  const row = list.querySelector<HTMLElement>(`[data-index="${index}"]`);
  const scroller = row?.closest<HTMLElement>('.virtual-rows');
  const mark = row?.querySelector('mark')?.getBoundingClientRect();
  if (row === null || scroller == null || mark === undefined) return false;
  // Sticky cells at the left edge cover what scrolls below them: either all cells but the text, or
  // only the line number.
  const text = row.querySelector('.line__text');
  const last =
    text !== null && list.hasAttribute('data-wide') ? text.previousElementSibling : row.querySelector('.line__number');
  // The edge of the cells after the list has scrolled.
  const left =
    (last?.getBoundingClientRect().right ?? 0) + (scroller.hasAttribute('data-aside') ? 0 : scroller.scrollLeft);
  const right = scroller.getBoundingClientRect().left + scroller.clientWidth;
  if (mark.left >= left && mark.right <= right) return true;
  const toLeft = mark.left - left - MARGIN_PX;
  scroller.scrollLeft += mark.right > right ? Math.min(toLeft, mark.right - right + MARGIN_PX) : toLeft;
  return true;
}
