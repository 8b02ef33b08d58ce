/** Holds the files that a person picks in the tree, and shows which files of it are merged. */
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';
import { useMerged } from '../model/use-merged.ts';
import type { TreeRow } from './tree-model.ts';
import { picksBetween, togglePicks } from './tree-picks.ts';

export interface TreePicks {
  fileIds: readonly number[];
  /** The files drawn as picked: those of the open merge, otherwise the picks. */
  drawn: readonly number[];
  /** The window shows merged files, so no single file is open. */
  isMerged: boolean;
  /**
   * Picks the files of a row, or drops them if all are picked. The first pick joins the open file.
   */
  toggle: (row: TreeRow) => void;
  /** Picks the files from one row to another instead of those picked before. */
  extend: (rows: readonly TreeRow[], from: number, to: number) => void;
  clear: () => void;
}

export function useTreePicks(openFileId: number | null): TreePicks {
  const store = useLogsStore();
  const fileIds = useLogs((state) => state.picked);
  const merged = useMerged();
  const isMerged = merged !== null;
  const set = (picked: readonly number[]) => store.getState().set({ picked });
  return {
    fileIds,
    drawn: merged?.fileIds ?? fileIds,
    isMerged,
    toggle: (row) => {
      const isFirst = fileIds.length === 0 && openFileId !== null && !isMerged;
      set(togglePicks(isFirst ? [openFileId] : fileIds, row.fileIds));
    },
    extend: (rows, from, to) => set(picksBetween(rows, from, to)),
    clear: () => set([]),
  };
}
