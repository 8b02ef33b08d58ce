/**
 * Pure functions that build the rows of the files view: the files with lines that the filter
 * leaves, their counts, and the order.
 */
import type { Facets } from '../../../electron/contract/commands.ts';
import type { FileRow } from '../../../electron/contract/file-records.ts';
import type { Sort } from '../../widgets/VirtualTable.tsx';

export interface FileEntry extends FileRow {
  /** Lines of the file that the filter leaves; null without a filter. */
  matches: number | null;
}

/** Keeps the files with lines that the filter leaves. */
export function filteredFiles(files: readonly FileRow[], facets: Facets | undefined): FileEntry[] {
  if (facets === undefined) return files.map((file) => ({ ...file, matches: null }));
  const counts = new Map(facets.file.map((each) => [each.fileId, each.count]));
  return files.flatMap((file) => {
    const matches = counts.get(file.fileId) ?? 0;
    return matches === 0 ? [] : [{ ...file, matches }];
  });
}

const names = new Intl.Collator('en', { numeric: true });

/** Sorts files by a column. Unknown values come last in either direction. */
export function sortedFiles(files: readonly FileEntry[], sort: Sort): FileEntry[] {
  const column = sort.column as keyof FileEntry;
  const sign = sort.descending ? -1 : 1;
  return files.toSorted((a, b) => {
    const [x, y] = [a[column], b[column]];
    if (x === y) return names.compare(a.path, b.path);
    if (x === null) return 1;
    if (y === null) return -1;
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : names.compare(String(x), String(y));
    return sign * order || names.compare(a.path, b.path);
  });
}
