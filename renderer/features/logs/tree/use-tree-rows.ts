/**
 * The tree rows are the rows that the tree draws, for the arrangement, filter and open branches
 * that the Logs store remembers.
 */
import { useMemo } from 'react';
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';
import { branchStates, type TreeOptions, type TreeRow, treeRows } from './tree-model.ts';

export interface TreeRows {
  rows: readonly TreeRow[];
  /** Opens or closes a branch. */
  toggle: (row: TreeRow, isExpanded: boolean) => void;
  toggleAll: (isExpanded: boolean) => void;
}

export function useTreeRows(
  files: readonly FileRow[],
  hits: ReadonlyMap<number, number> | null,
  openFileId: number | null,
): TreeRows {
  const store = useLogsStore();
  const mode = useLogs((state) => state.treeMode);
  const filter = useLogs((state) => state.treeFilter);
  const expanded = useLogs((state) => state.expanded);
  const onlyHits = useLogs((state) => state.onlyHits);
  const options = useMemo<TreeOptions>(
    () => ({ mode, filter, expanded, hits, onlyHits, openFileId }),
    [mode, filter, expanded, hits, onlyHits, openFileId],
  );
  const rows = useMemo(() => treeRows(files, options), [files, options]);
  return {
    rows,
    toggle: (row, isExpanded) =>
      store.getState().set({ expanded: new Map(store.getState().expanded).set(row.id, isExpanded) }),
    toggleAll: (isExpanded) => store.getState().set({ expanded: branchStates(files, options, isExpanded) }),
  };
}
