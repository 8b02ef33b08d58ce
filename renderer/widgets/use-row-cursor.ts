/**
 * The row cursor of a list is its active row and what is selected around it. Either the list keeps
 * the selection, or the owner does, or there is none.
 */
import type { MouseEvent, RefObject } from 'react';
import type { RowListing } from './row-listing.ts';
import { type RowSelection, useRowSelection } from './use-row-selection.ts';
import type { ViewportOptions } from './use-viewport.ts';

export interface RowCursorOptions extends Pick<ViewportOptions, 'active' | 'contentKey'> {
  onActive?: (index: number, how: { extend: boolean; toggle: boolean }) => void;
  /** For an owner that keeps the selection itself. Otherwise the list does. */
  isSelected?: (index: number) => boolean;
  /** Names the rows, so that they can be selected, copied and saved. Pass a stable object. */
  rows?: RowListing;
}

export interface RowCursor {
  selection: RowSelection;
  isSelected: (index: number) => boolean;
  moveTo: (index: number, how: { extend: boolean; toggle: boolean }) => void;
  onMouseDown: (index: number, event: MouseEvent) => void;
}

export function useRowCursor(options: RowCursorOptions, scroller: RefObject<HTMLElement | null>): RowCursor {
  const { active = null, onActive, isSelected, rows, contentKey } = options;
  const selection = useRowSelection(active, contentKey, onActive);
  const moveTo = (index: number, how: { extend: boolean; toggle: boolean }) => {
    // A leftover text selection would be copied instead of the rows.
    if (how.extend || how.toggle) window.getSelection()?.removeAllRanges();
    if (isSelected === undefined && rows !== undefined) selection.moveTo(index, how);
    else onActive?.(index, how);
  };
  const onMouseDown = (index: number, event: MouseEvent) => {
    const isControl = event.target instanceof Element && event.target.closest('a, button, input') !== null;
    if (event.button !== 0 || isControl) return;
    moveTo(index, { extend: event.shiftKey, toggle: event.ctrlKey || event.metaKey });
    // Shift extends the selected rows, not a text selection over them.
    if (!event.shiftKey) return;
    event.preventDefault();
    scroller.current?.focus({ preventScroll: true });
  };
  return {
    selection,
    isSelected: isSelected ?? (rows === undefined ? (index) => index === active : selection.has),
    moveTo,
    onMouseDown,
  };
}
