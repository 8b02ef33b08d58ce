/**
 * The tree cursor is the active row of the tree. It follows the file that is open, and opens the
 * files that a person rests on.
 */
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { VirtualRowsHandle } from '../../../widgets/VirtualRows.tsx';
import { createRangeStore } from '../lines/range-store.ts';
import type { TreeRow } from './tree-model.ts';

/** No file is opened while a person moves quickly through the tree. */
const BROWSE_MS = 140;

export interface TreeCursor {
  /** The active row, otherwise the row of the open file; null if neither is drawn. */
  active: number | null;
  setActive: (row: TreeRow) => void;
  /** Makes a row active, scrolls to it, and opens its file if the cursor stays there. */
  moveTo: (index: number) => void;
  /** Makes a row active and goes to its file, after the click has given the focus to the tree. */
  click: (row: TreeRow) => void;
  /** Goes to the file of a row, if it has one. */
  open: (row: TreeRow) => void;
  onRange: (first: number, last: number) => void;
}

export function useTreeCursor(
  rows: readonly TreeRow[],
  list: RefObject<VirtualRowsHandle | null>,
  openFileId: number | null,
  onOpen: (fileId: number, how: 'browse' | 'go') => void,
): TreeCursor {
  const [activeId, setActiveId] = useState<string | null>(null);
  const [range] = useState(createRangeStore);
  const browsing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const indexById = useMemo(() => new Map(rows.map((row, index) => [row.id, index])), [rows]);
  const openIndex = openFileId === null ? null : (indexById.get(`file:${openFileId}`) ?? null);
  const kept = activeId === null ? undefined : indexById.get(activeId);

  // Keeps the open file in sight, wherever it was opened from.
  const shown = useRef<number | null>(null);
  useEffect(() => {
    if (openFileId === shown.current || openIndex === null) return;
    shown.current = openFileId;
    setActiveId(`file:${openFileId}`);
    if (!range.has(openIndex)) list.current?.scrollToRow(openIndex, 'center');
  }, [openFileId, openIndex, range, list]);
  useEffect(() => () => clearTimeout(browsing.current), []);

  const stopBrowsing = () => clearTimeout(browsing.current);
  const setActive = (row: TreeRow) => setActiveId(row.id);
  return {
    active: kept ?? openIndex,
    setActive,
    moveTo: (index) => {
      const row = rows[index];
      if (row === undefined) return;
      setActive(row);
      list.current?.scrollToRow(index);
      stopBrowsing();
      const { file } = row;
      if (file !== null) browsing.current = setTimeout(() => onOpen(file.fileId, 'browse'), BROWSE_MS);
    },
    click: (row) => {
      setActive(row);
      stopBrowsing();
      const { file } = row;
      if (file !== null) setTimeout(() => onOpen(file.fileId, 'go'));
    },
    open: (row) => {
      stopBrowsing();
      if (row.file !== null) onOpen(row.file.fileId, 'go');
    },
    onRange: range.take,
  };
}
