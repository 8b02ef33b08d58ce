/**
 * Writes a file completely or not at all: first to a temporary file beside it, which is renamed
 * when complete.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { PostrunError } from '../../contract/errors.ts';
import type { ReportFormat } from '../../contract/report-choices.ts';

const endings: Record<ReportFormat, readonly string[]> = {
  html: ['.html', '.htm'],
  md: ['.md', '.markdown', '.txt'],
  json: ['.json'],
  zip: ['.zip'],
};

/** Throws `bad_path` or `exists`. Called before the work begins. */
export function checkPath(path: string, format: ReportFormat, force: boolean): void {
  if (!isAbsolute(path) || path.includes('\0')) {
    throw new PostrunError('user', 'bad_path', 'Name a file by its whole path.', { where: path });
  }
  if (!endings[format].includes(extname(path).toLowerCase())) {
    throw new PostrunError('user', 'bad_path', `The name of such a report ends in ${endings[format].join(' or ')}.`, {
      where: path,
    });
  }
  if (!force && existsSync(path)) throw existsError(path);
}

export function existsError(path: string): PostrunError {
  return new PostrunError(
    'user',
    'exists',
    'There is a file of this name already. Choose another name, or allow it to be replaced.',
    {
      where: path,
    },
  );
}

/**
 * Writes a report, checks what was written, and puts it in place. Throws as {@link placeFile} does,
 * and what `prove` throws.
 */
export function writeReport(
  path: string,
  bytes: Uint8Array,
  force: boolean,
  prove: (written: Buffer) => void,
): Promise<void> {
  return placeFile(path, force, async (temporary) => {
    await writeFile(temporary, bytes, { flag: 'wx' });
    prove(await readFile(temporary));
  });
}

/**
 * Calls `write` with a temporary file and puts that in place. Throws `exists`, `unwritable`, and
 * what `write` throws. Leaves nothing behind.
 */
export async function placeFile(
  path: string,
  force: boolean,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await write(temporary);
    // A hard link cannot replace a file, so a file created meanwhile is not overwritten. Some file
    // systems have no links.
    if (force) await rename(temporary, path);
    else await link(temporary, path).catch((error: NodeJS.ErrnoException) => placeWithoutLink(error, temporary, path));
  } catch (cause) {
    const isOurs = cause instanceof PostrunError || (cause instanceof Error && cause.name === 'AbortError');
    if (isOurs) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PostrunError(
      'environment',
      'unwritable',
      `The file cannot be written there (${reason}). Choose another folder.`,
      { where: path, cause },
    );
  } finally {
    await rm(temporary, { force: true });
  }
}

async function placeWithoutLink(error: NodeJS.ErrnoException, temporary: string, path: string): Promise<void> {
  if (error.code === 'EEXIST' || existsSync(path)) throw existsError(path);
  if (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'ENOSPC')
    throw error;
  await rename(temporary, path);
}
