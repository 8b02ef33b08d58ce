/**
 * A source is what a person opens: a folder, an archive or a single file. This module turns it into
 * a listing of entries.
 */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { PostrunError } from '../../contract/errors.ts';
import { compareNatural } from '../base/natural-order.ts';
import { expandArchives, listFile } from './archives.ts';
import type { SourceListing } from './entry.ts';
import { listFolder } from './folder.ts';
import { ListingCache } from './listing-cache.ts';
import { listZip } from './zip.ts';

/**
 * Lists the entries of a folder, a zip or another single file, and of archives within it. Reads
 * only what listing requires of those; with `dataDir`, remembers their listings there. Throws
 * {@link PostrunError}: `not_found`, `unreadable`, `not_a_file`, `not_a_zip`, `zip_cut_short`,
 * `encrypted_zip`, `no_files`.
 */
export async function listSource(path: string, dataDir: string | null = null): Promise<SourceListing> {
  let info: Awaited<ReturnType<typeof stat>>;
  try {
    info = await stat(path);
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw isMissing
      ? new PostrunError('user', 'not_found', 'There is no file or folder of this name; check the path.', {
          where: path,
          cause,
        })
      : new PostrunError('environment', 'unreadable', 'This path cannot be read; check its permissions.', {
          where: path,
          cause,
        });
  }
  if (!info.isDirectory() && !info.isFile()) {
    throw new PostrunError(
      'user',
      'not_a_file',
      'This is a pipe, a socket or a device, not a file or folder. Write what comes out of it to a file and open that.',
      { where: path },
    );
  }
  const cache = dataDir === null ? null : new ListingCache(dataDir, path);
  const listing = info.isDirectory() ? await listFolder(path) : await listOneFile(path, info, cache);
  // A source that is a single file is already expanded.
  if (listing.entries.every((entry) => entry.inside === null))
    listing.entries = await expandArchives(listing.kind, path, listing.entries, listing.problems, cache);
  cache?.save();
  if (listing.entries.length === 0) {
    const reason = listing.problems[0]?.message;
    throw new PostrunError(
      'user',
      'no_files',
      `${info.isDirectory() ? 'This folder' : 'This file'} holds no file that can be read${reason === undefined ? '' : ` (${reason})`}. Choose the folder or zip with the logs of a run.`,
      { where: path },
    );
  }
  listing.entries.sort((a, b) => compareNatural(a.path, b.path));
  return listing;
}

async function listOneFile(
  path: string,
  info: { size: number; mtimeMs: number },
  cache: ListingCache | null,
): Promise<SourceListing> {
  try {
    return await listZip(path, info.size);
  } catch (cause) {
    if (!(cause instanceof PostrunError) || cause.code !== 'not_a_zip' || /\.zip$/i.test(path)) throw cause;
    const listing = await listFile(path, basename(path), info, cache);
    if (listing === null) throw cause;
    return listing;
  }
}

/** Returns a name for people: the last part of the path, without the extension of an archive. */
export function sourceName(path: string): string {
  return basename(path).replace(/\.(?:zip|tar|tgz|tzst|tar\.(?:gz|zst))$/i, '') || path;
}
