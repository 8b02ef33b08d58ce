/**
 * A mark names a line by its path and number. The hook decides for a row whether it is marked,
 * using a set of all marks.
 */
import { useCallback, useMemo } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { useNotebook } from '../../../state/StoresContext.tsx';
import type { FilesView } from '../model/use-files.ts';

/** Returns the test for marked lines, a new function when the marks change. */
export function useIsMarked(files: FilesView): (row: LineRow) => boolean {
  const marks = useNotebook((state) => state.marks);
  const places = useMemo(() => new Set(marks.map((mark) => `${mark.line} ${mark.path}`)), [marks]);
  return useCallback(
    (row: LineRow) => places.size > 0 && places.has(`${row.line} ${files.byId.get(row.fileId)?.path ?? ''}`),
    [places, files],
  );
}
