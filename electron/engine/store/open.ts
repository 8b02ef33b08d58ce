/**
 * Connections to a case's database: read only, the one that writes, and the one that fills a new
 * case.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';
import { PostrunError } from '../../contract/errors.ts';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';

declare const brand: unique symbol;
/** A connection that only reads; a write through it is a type error and fails at run time. */
export type ReadableDb = Database.Database & { readonly [brand]?: 'readable' };
/** The one connection that writes a case. */
export type WritableDb = ReadableDb & { readonly [brand]?: 'writable' };

/**
 * Throw when the file is shorter than its own header says. SQLite maps it into memory, and a page
 * that is mapped and not there ends the whole process (SIGBUS). Header: bytes 16–17 the page size,
 * 28–31 the number of pages (https://sqlite.org/fileformat2.html).
 */
function checkSize(path: string): void {
  const fd = openSync(path, 'r');
  try {
    const head = Buffer.alloc(100);
    const got = readSync(fd, head, 0, head.length, 0);
    // Empty: a case that is only being made.
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
 * Open a case to read it. Throws {@link PostrunError} `case_damaged` when the file is no case of
 * this version.
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
 * Open a case to write it, making its tables when new. Returns null when it is of another version:
 * throw it away and call again.
 */
export function openWritable(path: string): WritableDb | null {
  // Made by us, so that nobody but this account may read it; what SQLite puts beside it gets the
  // same mode.
  closeSync(openSync(path, 'a', 0o600));
  checkSize(path);
  const db = new Database(path, { timeout: 10_000 });
  db.pragma('page_size = 16384');
  db.pragma('journal_mode = WAL');
  // The case is a cache: a power cut may lose the last units (they are read again), never corrupt
  // it.
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
 * Open a case for writing much. It does not wait for the disk: a killed process loses nothing by
 * that, the power cut off can damage the case (`wasCutOff` of case-folder.ts sees to it). To be
 * closed with {@link closeBulk}. Throws when the case is of another version.
 */
export function openBulk(path: string): WritableDb {
  const db = openWritable(path);
  if (db === null) throw new Error('the case is of another version');
  db.pragma('synchronous = OFF');
  return db;
}

/** Close the case when all of it is on the disk. */
export function closeBulk(db: WritableDb): void {
  db.pragma('synchronous = FULL');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}
