/** Opens the database of a case: for reading, for writing, or to fill a new case in bulk. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';
import { PostrunError } from '../../contract/errors.ts';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';

declare const brand: unique symbol;
/** A connection that only reads; a write through it is a type error and fails at run time. */
export type ReadableDb = Database.Database & { readonly [brand]?: 'readable' };
/** The only connection that writes to a case. */
export type WritableDb = ReadableDb & { readonly [brand]?: 'writable' };

/**
 * Throws if the file is shorter than its header says. SQLite maps the file into memory, and
 * touching a mapped page beyond its end kills the whole process (SIGBUS). In the header, bytes
 * 16–17 are the page size and 28–31 the number of pages (https://sqlite.org/fileformat2.html).
 */
function checkSize(path: string): void {
  const fd = openSync(path, 'r');
  try {
    const head = Buffer.alloc(100);
    const got = readSync(fd, head, 0, head.length, 0);
    // Empty: a case that is still being created.
    if (got === 0) return;
    const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
    if (got < head.length || fstatSync(fd).size < pageSize * head.readUInt32BE(28)) {
      throw Object.assign(new Error('the file is shorter than it says'), { code: 'SQLITE_CORRUPT' });
    }
  } finally {
    closeSync(fd);
  }
}

/**
 * Opens a case for reading. Throws {@link PostrunError} `case_damaged` if the file cannot be read
 * as a case.
 */
export function openReadable(path: string): ReadableDb {
  try {
    checkSize(path);
    const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 10_000 });
    db.pragma('cache_size = -32000');
    db.pragma('mmap_size = 1073741824');
    return db;
  } catch (cause) {
    throw new PostrunError(
      'environment',
      'case_damaged',
      'The case cannot be read; open the source again to rebuild it.',
      {
        where: path,
        cause,
      },
    );
  }
}

/**
 * Opens a case for writing and creates its tables if it is new. Returns null if it has another
 * version: throw it away and call again.
 */
export function openWritable(path: string): WritableDb | null {
  // Create it so that only this account can read it; SQLite gives the files beside it the same
  // mode.
  closeSync(openSync(path, 'a', 0o600));
  checkSize(path);
  const db = new Database(path, { timeout: 10_000 });
  db.pragma('page_size = 16384');
  db.pragma('journal_mode = WAL');
  // The case is a cache: a power cut may lose the last units (they are read again), but never
  // corrupts it.
  db.pragma('synchronous = NORMAL');
  db.pragma('cache_size = -32000');
  const version = db.pragma('user_version', { simple: true });
  if (version === 0) {
    db.exec('BEGIN IMMEDIATE');
    db.exec(SCHEMA);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
    db.exec('COMMIT');
    return db;
  }
  if (version !== SCHEMA_VERSION) {
    db.close();
    return null;
  }
  return db;
}

/**
 * Opens a case for bulk writing, which does not wait for the disk. Killing the process loses
 * nothing, but a power cut can damage the case (`wasCutOff` in case-folder.ts handles that). Close
 * it with {@link closeBulk}. Throws if the case has another version.
 */
export function openBulk(path: string): WritableDb {
  const db = openWritable(path);
  if (db === null) throw new Error('the case is of another version');
  db.pragma('synchronous = OFF');
  return db;
}

/** Writes everything to the disk and closes the case. */
export function closeBulk(db: WritableDb): void {
  db.pragma('synchronous = FULL');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}
