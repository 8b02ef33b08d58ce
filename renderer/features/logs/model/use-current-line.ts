/**
 * The current line is the line under the view's cursor: the selected line, otherwise the first hit
 * (unless files are merged), otherwise the last place visited, otherwise the start of the first
 * file, which describes the whole run.
 */
import { useDeferredValue, useEffect, useState } from 'react';
import type { LineKey } from '../../../state/location.ts';
import { useSelection } from '../../../state/StoresContext.tsx';
import type { SearchView } from '../../../state/use-search.ts';
import { useLogs, useLogsStore } from './LogsContext.tsx';
import type { FilesView } from './use-files.ts';
import { useMerged } from './use-merged.ts';

const MOST_REMEMBERED = 500;

export function useCurrentLine(files: FilesView, isFiltered: boolean, search: SearchView): LineKey | null {
  const store = useLogsStore();
  const line = useSelection((state) => state.line);
  const lastFileId = useLogs((state) => state.lastFileId);
  const isMerged = useMerged() !== null;

  useEffect(() => {
    if (line === null) return;
    const { lastLines: before } = store.getState();
    const next = new Map(before);
    next.delete(line.fileId);
    next.set(line.fileId, line.line);
    for (const oldest of next.keys()) {
      if (next.size <= MOST_REMEMBERED) break;
      next.delete(oldest);
    }
    store.getState().set({ lastFileId: line.fileId, lastLines: next });
  }, [line, store]);

  // The lines around the first hit are drawn after the hits. Until then the previous ones stay.
  const first = useDeferredValue(isFiltered ? search.rowAt(0) : undefined);
  const [before, setBefore] = useState<LineKey | null>(null);
  const current = (): LineKey | null => {
    if (line !== null) return line;
    if (isMerged) return null;
    if (isFiltered) {
      if (first !== undefined) return { fileId: first.fileId, line: first.line };
      if (search.isRunning) return before;
    }
    const fileId = lastFileId ?? files.ordered[0]?.fileId;
    return fileId === undefined ? null : { fileId, line: store.getState().lastLines.get(fileId) ?? 1 };
  };
  const now = current();
  if (now?.fileId !== before?.fileId || now?.line !== before?.line) setBefore(now);
  return now;
}
