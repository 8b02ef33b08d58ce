/**
 * Merged files are files whose lines are shown as one, by time or one file after the other. They
 * are part of the options of a place, which are written and read here.
 */
import { formatCount } from '../../../base/format.ts';
import type { Options } from '../../../state/location.ts';

/** Files whose lines are shown as one. */
export interface Merged {
  fileIds: readonly number[];
  /** What they are the files of: “10.0.0.4”, “4 files”. */
  title: string;
  order: 'time' | 'file';
}

/**
 * As options of the place; null takes them away. Ids as runs, `3-9.12`, so that the link of a whole
 * node stays short.
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

/** A run of ids in a link of somebody else's hand must not make millions of them. */
const MOST_FILES = 50_000;

/** From the options of a place; null where fewer than two files are named. */
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
