/** A folder source: the entries of a folder, found by walking it. */
import { opendir, stat } from 'node:fs/promises';
import { PostrunError } from '../../contract/errors.ts';
import { diskPath, shownName } from '../base/disk-path.ts';
import type { SourceEntry, SourceListing, SourceProblem } from './entry.ts';

const MAX_DEPTH = 64;

/**
 * Lists a folder recursively. Does not follow links (a target outside the folder is not part of the
 * run). Reports what cannot be read as a problem.
 */
export async function listFolder(root: string): Promise<SourceListing> {
  const entries: SourceEntry[] = [];
  const problems: SourceProblem[] = [];

  async function walk(relative: string, depth: number): Promise<void> {
    const absolute = diskPath(root, relative);
    let directory: Awaited<ReturnType<typeof opendir>>;
    try {
      directory = await opendir(absolute, { encoding: 'buffer' as 'utf8' });
    } catch (cause) {
      if (relative === '') {
        throw new PostrunError('environment', 'unreadable', 'This folder cannot be read; check its permissions.', {
          where: root,
          cause,
        });
      }
      problems.push({
        path: relative,
        kind: 'unreadable',
        message: 'The folder cannot be read; check its permissions.',
      });
      return;
    }
    const folders: string[] = [];
    const files: string[] = [];
    for await (const entry of directory) {
      // Requested as bytes, because a name need not be text; the types do not know that.
      const name = shownName(entry.name as unknown as Buffer);
      const path = relative === '' ? name : `${relative}/${name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) files.push(path);
      else if (entry.isSymbolicLink()) problems.push({ path, kind: 'link', message: 'A link is not followed.' });
    }
    const found = await Promise.all(
      files.map(async (path): Promise<SourceEntry | null> => {
        try {
          const info = await stat(diskPath(root, path));
          return { path, bytes: info.size, modifiedUs: Math.round(info.mtimeMs * 1000), zip: null, inside: null };
        } catch {
          problems.push({ path, kind: 'unreadable', message: 'The file cannot be read; check its permissions.' });
          return null;
        }
      }),
    );
    for (const entry of found) if (entry !== null) entries.push(entry);
    for (const folder of folders) {
      if (depth >= MAX_DEPTH)
        problems.push({ path: folder, kind: 'too_deep', message: `Folders deeper than ${MAX_DEPTH} are not read.` });
      else await walk(folder, depth + 1);
    }
  }

  await walk('', 0);
  return { kind: 'folder', path: root, entries, problems };
}
