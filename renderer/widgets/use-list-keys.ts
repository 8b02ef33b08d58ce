/**
 * List keys move the cursor of a list, or scroll a list without one. They also select the active
 * row and open it.
 */
import { type KeyboardEvent, type RefObject, useRef } from 'react';
import { type ListStep, listKeyStep, rowAfterStep, rowsOfStep } from './list-keys.ts';
import type { Viewport } from './use-viewport.ts';

export interface ListKeysOf {
  viewport: Viewport;
  scroller: RefObject<HTMLElement | null>;
  /** Moves the cursor; null if the list has none. */
  moveTo: ((index: number, how: { extend: boolean; toggle: boolean }) => void) | null;
  /** Selects or deselects the active row. */
  onToggle: (index: number) => void;
  onOpen: ((index: number) => void) | undefined;
}

/** Returns the listener of key presses. */
export function useListKeys(of: ListKeysOf): (event: KeyboardEvent) => void {
  const { viewport, scroller, moveTo, onToggle, onOpen } = of;
  const { extent, inView, scrollToRow } = viewport;
  const { count, rowHeight, active = null } = viewport.options;
  const countTyped = useRef('');

  const move = (step: ListStep, event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(extent.viewportHeight / rowHeight) - 1);
    if (moveTo !== null) {
      const to = rowAfterStep(step, { active, firstInView: inView[0], count, page });
      const isArrow = step.kind === 'move' ? step.isArrow : event.key === 'Home' || event.key === 'End';
      window.getSelection()?.removeAllRanges();
      moveTo(to, { extend: event.shiftKey && isArrow, toggle: false });
      scrollToRow(to);
    } else if (step.kind === 'move') viewport.scrollBy(rowsOfStep(step, page) * rowHeight);
    else if (step.kind === 'first') scrollToRow(0, 'start');
    else scrollToRow(count - 1, 'end');
  };
  /** Returns whether the list has a use for the key. */
  const take = (event: KeyboardEvent): boolean => {
    const isOnList = event.target === scroller.current;
    if (event.key === ' ' && (event.ctrlKey || event.metaKey) && active !== null && isOnList) {
      onToggle(active);
      return true;
    }
    const step = listKeyStep(event, countTyped);
    if (step === null || count === 0) return false;
    if (step.kind === 'open') {
      if (active === null || onOpen === undefined || !isOnList) return false;
      onOpen(active);
    } else if (step.kind !== 'count') move(step, event);
    return true;
  };
  return (event) => {
    if (!take(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
