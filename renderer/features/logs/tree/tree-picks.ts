/**
 * Tree picks are the files that a person has picked in the tree to merge. The functions are pure.
 */
import type { TreeRow } from './tree-model.ts';

/** Adds files to the picks, or takes them out if all of them are picked. */
export function togglePicks(picks: readonly number[], fileIds: readonly number[]): number[] {
  const isAll = fileIds.every((id) => picks.includes(id));
  return isAll ? picks.filter((id) => !fileIds.includes(id)) : [...new Set([...picks, ...fileIds])];
}

/** Returns the files from one row to another, both ends included, in either direction. */
export function picksBetween(rows: readonly TreeRow[], from: number, to: number): number[] {
  const between = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
  return [...new Set(between.flatMap(({ file }) => (file === null ? [] : [file.fileId])))];
}
