/**
 * Finds runs below folders by file names: folders with the logs of a run, and archives that may
 * contain one.
 */
import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { PostrunError } from '../../contract/errors.ts';
import type { FoundRun } from '../../contract/runs-records.ts';
import { findRunRoots } from '../formats/rows/roots.ts';

const ARCHIVE = /\.(?:zip|tar|tgz|tar\.gz|tar\.zst|postrun)$/i;

/** Throws `not_found` for a path that does not exist. */
export function findRuns(paths: readonly string[]): FoundRun[] {
  const found = new Map<string, FoundRun>();
  for (const path of paths.map((each) => resolve(each))) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) {
      throw new PostrunError('user', 'not_found', 'There is nothing at this path. Check how it is written.', {
        where: path,
      });
    }
    const below = stat.isDirectory() ? belowFolder(path) : [path];
    for (const run of below) found.set(run, { path: run, root: '' });
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function belowFolder(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const roots = findRunRoots(files)
    .filter((root) => root.generation !== null || root.root !== '')
    .map((root) => root.root);
  const isWithin = (file: string) => roots.some((root) => root === '' || file.startsWith(`${root}/`));
  const archives = files.filter((file) => ARCHIVE.test(file) && !isWithin(file));
  return [...roots, ...archives].map((each) => (each === '' ? folder : join(folder, each)));
}
