/**
 * Merged files are files whose lines are shown as one list, by time or one file after another. They
 * are part of the options of the place, which this module writes and parses.
 */
import { formatCount } from '../../../base/format.ts';
import type { Options } from '../../../state/location.ts';

/** Files whose lines are shown as one list. */
export interface Merged {
  fileIds: readonly number[];
  /** The common property of the files: “10.0.0.4”, “4 files”. */
  title: string;
  order: 'time' | 'file';
}

/**
 * Writes them as options of the place; null removes them. Ids are written as ranges, `3-9.12`, so
 * that the link of a whole node stays short.
 */
export function mergedOptions(merged: Merged | null): Options {
  if (merged === null) return { merge: '', 'merge-order': '', 'merge-title': '' };
  const runs: string[] = [];
  const ids = [...new Set(merged.fileIds)].sort((a, b) => a - b);
  for (let at = 0; at < ids.length; ) {
    const first = ids[at];
    let end = at;
    while (ids[end + 1] === (ids[end] ?? 0) + 1) end++;
    runs.push(end === at ? `${first}` : `${first}-${ids[end]}`);
    at = end + 1;
  }
  return { merge: runs.join('.'), 'merge-order': merged.order === 'time' ? '' : 'file', 'merge-title': merged.title };
}

/** An id range in a hostile link must not create millions of ids. */
const MOST_FILES = 50_000;

/** Parses the options of a place. Returns null if they name fewer than two files. */
export function mergedOf(options: Options): Merged | null {
  const fileIds: number[] = [];
  for (const run of (options.merge ?? '').split('.')) {
    const [, first, last] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(run) ?? [];
    if (first === undefined) continue;
    for (let id = Number(first); id <= Number(last ?? first) && fileIds.length < MOST_FILES; id++) fileIds.push(id);
  }
  if (fileIds.length < 2) return null;
  return {
    fileIds,
    title: options['merge-title'] ?? formatCount(fileIds.length, 'file'),
    order: options['merge-order'] === 'file' ? 'file' : 'time',
  };
}
