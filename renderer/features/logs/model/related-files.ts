/**
 * Related files are those that a person may want beside another one. They rank by what they have in
 * common with it: the process, the node, the kind.
 */
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import type { FilesView } from './use-files.ts';

/** The most choices that a menu can show. The tree has all files. */
const MOST = 20;

/**
 * Returns related files: the other logs of the file's process, then those of its node, then logs of
 * its kind elsewhere, then logs of the whole run. Leaves out the file itself and `not`.
 */
export function relatedFiles(
  { byId, ordered }: Pick<FilesView, 'byId' | 'ordered'>,
  fileId: number | null,
  not: number | null = null,
): FileRow[] {
  const file = fileId === null ? undefined : byId.get(fileId);
  const rank = (other: FileRow): number => {
    if (file === undefined) return 3;
    if (other.node === file.node && other.process === file.process && file.process !== null) return 0;
    if (other.node === file.node && file.node !== null) return 1;
    return other.kind === file.kind ? 2 : other.node === null ? 3 : 4;
  };
  return ordered
    .filter((other) => other.fileId !== fileId && other.fileId !== not && other.kind !== 'profile')
    .map((other, place) => ({ other, place, rank: rank(other) }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .slice(0, MOST)
    .map(({ other }) => other);
}
