/**
 * The rows of the files view: the files that the filter leaves lines of, with their counts, in the
 * order of a column. Pure.
 */
import type { Facets } from '../../../electron/contract/commands.ts';
import type { FileRow } from '../../../electron/contract/records.ts';
import type { Sort } from '../../widgets/VirtualTable.tsx';

export interface FileEntry extends FileRow {
  /** Lines that the filter leaves of it; null while nothing is filtered. */
  matches: number | null;
}

/** The files that the filter leaves lines of. */
export function filteredFiles(files: readonly FileRow[], facets: Facets | undefined): FileEntry[] {
  if (facets === undefined) return files.map((file) => ({ ...file, matches: null }));
  const counts = new Map(facets.file.map((each) => [each.fileId, each.count]));
  return files.flatMap((file) => {
    const matches = counts.get(file.fileId) ?? 0;
    return matches === 0 ? [] : [{ ...file, matches }];
  });
}

const names = new Intl.Collator('en', { numeric: true });

/** By a column; what is not known comes last, whichever way round. */
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
