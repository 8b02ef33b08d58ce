/**
 * The stream of a pane has the lines of the merged files if there are any, otherwise of the file.
 * The hook reads a file by pages, and merged files through a search without a filter.
 */
import { useMemo } from 'react';
import { noFilter } from '../../../state/filter.ts';
import { useCase, useClient } from '../../../state/StoresContext.tsx';
import { usePagedRows } from '../../../state/use-paged-rows.ts';
import { useSearch } from '../../../state/use-search.ts';
import type { Merged } from './merged.ts';
import { ordinalOf } from './searches.ts';
import type { LineStream } from './stream.ts';

/**
 * The characters of a line that a pane reads, more than any screen fits. The rest is read on
 * demand.
 */
export const DRAWN_CHARS = 2_000;

export function useLineStream(fileId: number | null, merged: Merged | null): LineStream | null {
  const client = useClient();
  const caseId = useCase((state) => state.caseId);
  const isFile = merged === null && fileId !== null && caseId !== null;
  const fileKey = isFile ? `${caseId} ${fileId}` : null;
  const file = usePagedRows('lines.page', fileKey, async (start, count, signal) => {
    if (caseId === null || fileId === null) return { total: 0, rows: [] };
    return client.call('lines.page', { caseId, fileId, start, count, maxChars: DRAWN_CHARS }, { signal });
  });
  const search = useSearch(merged === null ? null : noFilter, merged?.order ?? 'time', merged?.fileIds ?? null);

  const calls = useMemo(() => {
    if (!isFile || caseId === null || fileId === null) return null;
    return {
      fileIds: [fileId],
      indexOf: async (line: { fileId: number; line: number }) => (line.fileId === fileId ? line.line - 1 : null),
      indexAtTime: async (timeUs: number) => (await client.call('lines.atTime', { caseId, fileId, timeUs })).line - 1,
      read: async (start: number, count: number, maxChars: number, signal: AbortSignal) =>
        (await client.call('lines.page', { caseId, fileId, start, count, maxChars }, { signal })).rows,
    };
  }, [client, caseId, fileId, isFile]);

  if (calls !== null && fileKey !== null && fileId !== null)
    return {
      kind: 'file',
      key: fileKey,
      order: 'file',
      // Lines of the previous file would have the numbers of this one.
      total: file.isStale ? null : file.total,
      rowAt: file.isStale ? () => undefined : file.rowAt,
      want: file.want,
      error: file.error,
      isRunning: false,
      searchId: null,
      ...calls,
    };
  if (merged === null) return null;
  const state = search.isStale ? null : search.state;
  const searchId = state?.searchId ?? null;
  return {
    kind: 'merged',
    key: `merged ${merged.order} ${merged.fileIds.join(',')} ${search.generation}`,
    fileIds: merged.fileIds,
    order: merged.order,
    total: state === null ? null : search.total,
    rowAt: state === null ? () => undefined : search.rowAt,
    want: search.want,
    error: search.error,
    isRunning: search.isRunning,
    searchId,
    indexOf: async (line, timeUs) =>
      state === null || !merged.fileIds.includes(line.fileId)
        ? null
        : (await ordinalOf(client, state, line, timeUs)).index,
    indexAtTime: async (timeUs) =>
      searchId === null ? null : (await client.call('search.locate', { searchId, timeUs })).index,
    read: async (start, count, maxChars, signal) =>
      searchId === null
        ? []
        : (await client.call('search.rows', { searchId, start, count, maxChars }, { signal })).rows,
  };
}
