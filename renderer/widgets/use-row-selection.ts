/**
 * A row selection holds the selected rows of a list; the list's owner holds the active row. It is
 * kept as ranges, so that millions of rows can be selected.
 */
import { useState } from 'react';
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

/** The selection after its last change here, with the active row and content at that time. */
interface Kept {
  ranges: RowRanges | null;
  anchor: number | null;
  active: number | null;
  contentKey: string | number | undefined;
}

/** Keeps the selection until the owner activates another row or shows other rows. */
export function useRowSelection(
  active: number | null,
  contentKey: string | number | undefined,
  onActive: ((row: number, how: { extend: boolean; toggle: boolean }) => void) | undefined,
): RowSelection {
  const [kept, setKept] = useState<Kept>({ ranges: null, anchor: null, active, contentKey });
  const isOwned = onActive === undefined || kept.active === active;
  const isSame = isOwned && kept.contentKey === contentKey;
  const now = isSame ? kept : { ranges: null, anchor: active, active, contentKey };
  if (!isSame) setKept(now);
  const { ranges: chosen, anchor: from } = now;
  const ranges = chosen ?? (active === null ? noRows : [[active, active] as const]);
  const change = (next: RowRanges | null, anchor: number | null, nextActive: number | null) =>
    setKept({ ranges: next, anchor, active: nextActive, contentKey });
  const moveTo = (row: number, how: { extend: boolean; toggle: boolean }) => {
    const anchor = from ?? active ?? row;
    if (how.extend) {
      const range = rangeOf(anchor, row);
      change(how.toggle ? addRange(ranges, range) : [range], anchor, row);
    } else if (how.toggle) change(toggleRow(ranges, row), row, row);
    else change(null, row, row);
    onActive?.(row, how);
  };
  return {
    ranges,
    isExplicit: chosen !== null,
    has: (row) => hasRow(ranges, row),
    moveTo,
    set: (next) => change(next, from, active),
    clear: () => change(null, active, active),
  };
}
