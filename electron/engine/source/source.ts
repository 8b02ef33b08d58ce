import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { PostrunError } from '../../contract/errors.ts';
import { listFolder } from './folder.ts';
import { listZip } from './zip.ts';

/** Where an entry's bytes lie in a zip. Offsets and sizes in bytes. */
export interface ZipPlace {
  /** Of the local file header. */
  offset: number;
  compressedBytes: number;
  /** 0 stored, 8 deflated. */
  method: number;
  crc: number;
}

/** One file of a source: a byte stream with a confined relative path. */
export interface SourceEntry {
  /** Relative to the source, with `/`, without `.` or `..`. */
  path: string;
  bytes: number;
  modifiedUs: number | null;
  zip: ZipPlace | null;
}

/** Something about a source that is not as it should be; the rest of the source is kept. */
export interface SourceProblem {
  path: string | null;
  kind: string;
  message: string;
}

export interface SourceListing {
  kind: 'folder' | 'zip';
  /** Absolute path of the folder or zip. */
  path: string;
  entries: SourceEntry[];
  problems: SourceProblem[];
}

/**
 * List what a folder or zip holds, without reading any of it.
 * Throws {@link PostrunError}: `not_found`, `unreadable`, `not_a_zip`, `zip_cut_short`, `encrypted_zip`, `no_files`.
 */
export async function listSource(path: string): Promise<SourceListing> {
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
  const listing = info.isDirectory() ? await listFolder(path) : await listZip(path, info.size);
  if (listing.entries.length === 0) {
    const reason = listing.problems[0]?.message;
    throw new PostrunError(
      'user',
      'no_files',
      `${info.isDirectory() ? 'This folder' : 'This zip'} holds no file that can be read${reason === undefined ? '' : ` (${reason})`}. Choose the folder or zip with the logs of a run.`,
      { where: path },
    );
  }
  listing.entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return listing;
}

/** A name for people of a path: its last part without `.zip`. */
export function sourceName(path: string): string {
  return basename(path).replace(/\.zip$/i, '') || path;
}
