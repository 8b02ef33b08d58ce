/**
 * A row selection holds the selected rows of a list; the list's owner holds the active row. It is
 * kept as ranges, so that millions of rows can be selected.
 */
import { useLayoutEffect, useReducer, useRef } from 'react';
import { addRange, hasRow, noRows, type RowRanges, rangeOf, toggleRow } from './row-ranges.ts';

export interface RowSelection {
  /** The selected rows, or the active one if nothing else is selected. */
  ranges: RowRanges;
  /** The person has selected more than the active row. */
  isExplicit: boolean;
  has: (row: number) => boolean;
  /**
   * Moves the cursor to a row. Plain, it selects that row alone; `extend` selects from the anchor;
   * `toggle` adds the row or takes it out.
   */
  moveTo: (row: number, how: { extend: boolean; toggle: boolean }) => void;
  set: (ranges: RowRanges) => void;
  clear: () => void;
}

/** Keeps the selection until the owner activates another row or shows other rows. */
export function useRowSelection(
  active: number | null,
  contentKey: string | number | undefined,
  onActive: ((row: number, how: { extend: boolean; toggle: boolean }) => void) | undefined,
): RowSelection {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const kept = useRef<{ ranges: RowRanges | null; anchor: number | null; active: number | null }>({
    ranges: null,
    anchor: null,
    active,
  });
  const shownKey = useRef(contentKey);
  const isOwned = onActive === undefined || kept.current.active === active;
  const isSame = isOwned && shownKey.current === contentKey;
  useLayoutEffect(() => {
    shownKey.current = contentKey;
    if (isSame) return;
    kept.current = { ranges: null, anchor: active, active };
  });

  const ranges = (isSame ? kept.current.ranges : null) ?? (active === null ? noRows : [[active, active] as const]);
  const change = (next: RowRanges | null, anchor: number | null, nextActive: number | null) => {
    kept.current = { ranges: next, anchor, active: nextActive };
    redraw();
  };
  const moveTo = (row: number, how: { extend: boolean; toggle: boolean }) => {
    const anchor = (isSame ? kept.current.anchor : null) ?? active ?? row;
    if (how.extend) {
      const range = rangeOf(anchor, row);
      change(how.toggle ? addRange(ranges, range) : [range], anchor, row);
    } else if (how.toggle) change(toggleRow(ranges, row), row, row);
    else change(null, row, row);
    onActive?.(row, how);
  };
  return {
    ranges,
    isExplicit: isSame && kept.current.ranges !== null,
    has: (row) => hasRow(ranges, row),
    moveTo,
    set: (next) => change(next, kept.current.anchor, active),
    clear: () => change(null, active, active),
  };
}
