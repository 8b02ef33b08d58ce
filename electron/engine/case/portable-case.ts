/**
 * A portable case is one file with the index, the records and all text. It opens anywhere without
 * its source.
 */
import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { PostrunError, systemErrorWords } from '../../contract/errors.ts';
import { workerUrl } from '../base/worker-url.ts';
import { openReadable } from '../store/open.ts';
import { SCHEMA_VERSION } from '../store/schema.ts';
import { isAny } from '../store/select.ts';

const SQLITE_MAGIC = 'SQLite format 3\0';

/** Returns true if the file is a portable case, whatever its name. */
export function isPortableCase(path: string): boolean {
  try {
    // Opening a pipe would block until something writes to it.
    if (!statSync(path).isFile()) return false;
    const fd = openSync(path, 'r');
    try {
      const head = Buffer.alloc(SQLITE_MAGIC.length);
      return readSync(fd, head, 0, head.length, 0) === head.length && head.toString('latin1') === SQLITE_MAGIC;
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
}

/**
 * Checks a portable case. Throws {@link PostrunError}: `other_version`, `no_case` for any other
 * database, or `case_damaged`.
 */
export function checkPortable(path: string): void {
  const db = openReadable(path);
  try {
    const version = Number(db.pragma('user_version', { simple: true }));
    const isCase = isAny(db, "SELECT 1 FROM sqlite_master WHERE name = 'meta' AND type = 'table'");
    if (!isCase || version === 0) {
      throw new PostrunError(
        'user',
        'not_a_case',
        'This is a database, but no case of Postrun. Open the logs, or another file.',
        {
          where: path,
        },
      );
    }
    if (version !== SCHEMA_VERSION) {
      const age = version < SCHEMA_VERSION ? 'an older' : 'a newer';
      throw new PostrunError(
        'user',
        'other_version',
        `This portable case was made by ${age} version of Postrun. Make it again from the logs, or open it with that version.`,
        { where: path },
      );
    }
  } finally {
    db.close();
  }
}

export interface ExportWorkerData {
  database: string;
  /** Folder from which text is read in place; null if the case has all text. */
  folder: string | null;
  target: string;
}

/**
 * Writes a case as one portable file. It gets a temporary name first, so that the requested name
 * never refers to a half-written file. Throws {@link PostrunError}: `exists` (without `force`),
 * `unwritable`, and errors from reading its text (`file_changed`, `file_gone`).
 */
export async function exportCase(options: {
  database: string;
  folder: string | null;
  path: string;
  force: boolean;
}): Promise<void> {
  if (existsSync(options.path) && !options.force) {
    throw new PostrunError('user', 'exists', 'There is a file of this name already; choose another name.', {
      where: options.path,
    });
  }
  const target = `${options.path}.${process.pid}.part`;
  const data: ExportWorkerData = { database: options.database, folder: options.folder, target };
  try {
    // SQLite fills an existing empty file. Only this account may read it.
    closeSync(openSync(target, 'wx', 0o600));
    await new Promise<void>((resolve, reject) => {
      const worker = new Worker(workerUrl(import.meta.url, 'export-worker'), { workerData: data });
      worker.once('error', reject);
      worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the export ended with code ${code}`))));
    });
    renameSync(target, options.path);
  } catch (cause) {
    rmSync(target, { force: true });
    const reason = systemErrorWords(cause)?.words ?? (cause instanceof Error ? cause.message : String(cause));
    throw new PostrunError('environment', 'unwritable', `The portable case could not be written (${reason}).`, {
      where: options.path,
      cause,
    });
  }
}
