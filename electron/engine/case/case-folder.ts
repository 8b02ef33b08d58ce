/**
 * A case folder: the place of a case on disk, with its key, its files, and the lock that keeps a
 * second program out.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { PostrunError, systemErrorWords } from '../../contract/errors.ts';
import type { SourceListing } from '../source/entry.ts';
import { withFile } from '../source/source-file.ts';
import { openWritable, type WritableDb } from '../store/open.ts';

const SAMPLE_BYTES = 64 * 1024;

/**
 * Returns the key of a case. It identifies the source, not where the source was opened. A zip is
 * identified by its size and its first and last bytes, which contain the directory with all names,
 * sizes and checksums, so that a moved zip finds its case. A folder is identified by its path.
 */
export function caseKey(listing: SourceListing, root: string): string {
  const hash = createHash('sha256').update(`postrun-case\0${listing.kind}\0${root}\0`);
  if (listing.kind === 'folder') {
    hash.update(realpathSync(listing.path));
  } else {
    withFile(listing.path, (file) => {
      const { size } = file;
      const length = Math.min(SAMPLE_BYTES, size);
      hash
        .update(`${size}\0`)
        .update(file.read(0, length))
        .update(file.read(size - length, length));
    });
  }
  return hash.digest('hex').slice(0, 24);
}

/** The folder of a case and its database. */
export interface CaseFolder {
  dir: string;
  database: string;
}

export function caseFolder(dataDir: string, key: string): CaseFolder {
  const dir = join(dataDir, 'cases', key);
  return { dir, database: join(dir, 'case.db') };
}

/**
 * Opens the database of a case for writing. Discards and recreates a damaged case, a case of
 * another version, or any case with `rebuild`. User data is beside it and stays. Throws the
 * system's error if the place cannot be written.
 */
export function openCase(folder: CaseFolder, rebuild: boolean): WritableDb {
  mkdirSync(folder.dir, { recursive: true, mode: 0o700 });
  if (rebuild || existsSync(damagedPath(folder))) removeDatabase(folder);
  if (existsSync(folder.database)) {
    try {
      const db = openWritable(folder.database);
      if (db !== null) return db;
    } catch (error) {
      // A damaged case is only a cache, so rebuild it. An error of the disk is not damage.
      const code = systemErrorWords(error)?.code ?? 'case_damaged';
      if (code !== 'case_damaged') throw error;
    }
    removeDatabase(folder);
  }
  const db = openWritable(folder.database);
  if (db === null) throw new Error('a new case cannot be of another version');
  return db;
}

/** Marks a database that was found damaged while open, so that the next opening rebuilds it. */
export function markDamaged(folder: CaseFolder): void {
  try {
    writeFileSync(damagedPath(folder), '', { mode: 0o600 });
  } catch {
    // The next opening will find the damage again.
  }
}

const damagedPath = (folder: CaseFolder) => join(folder.dir, 'damaged');

function removeDatabase(folder: CaseFolder): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(folder.database + ending, { force: true });
  rmSync(damagedPath(folder), { force: true });
}

/**
 * Locks a case for indexing, because only one process may write it. Returns the function that
 * unlocks it. Throws {@link PostrunError} `case_busy` while another living process has the lock;
 * takes over the lock of a dead one.
 */
export function lockCase(folder: CaseFolder): () => void {
  const path = lockPath(folder);
  const holder = readLock(folder);
  if (holder !== null && holder.pid !== process.pid && isThisBoot(holder) && isAlive(holder.pid)) {
    throw new PostrunError(
      'environment',
      'case_busy',
      `Another Postrun (process ${holder.pid}) is indexing this source; wait until it is done, or close it.`,
      { where: folder.dir },
    );
  }
  // The lock reaches the disk before the first row, so that it is there after a power cut.
  writeFileSync(path, `${process.pid} ${bootTime()} ${bootId()}`, { flush: true, mode: 0o600 });
  return () => rmSync(path, { force: true });
}

/**
 * Returns true if the machine was restarted while the case was being written. The writer does not
 * wait for the disk (see `openBulk`), so parts of the case may be damaged. It is a cache and gets
 * rebuilt.
 */
export function wasCutOff(folder: CaseFolder): boolean {
  const lock = readLock(folder);
  return lock !== null && !isThisBoot(lock);
}

const lockPath = (folder: CaseFolder) => join(folder.dir, 'indexing.pid');

/** The process that holds a case, and the boot of the machine. */
interface Lock {
  pid: number;
  bootSeconds: number;
  /** '' if the system has no id for it. */
  bootId: string;
}

function readLock(folder: CaseFolder): Lock | null {
  const path = lockPath(folder);
  const [pid = '', bootSeconds = '', id = ''] = existsSync(path) ? readFileSync(path, 'utf8').trim().split(' ') : [];
  return Number(pid) > 0 ? { pid: Number(pid), bootSeconds: Number(bootSeconds), bootId: id } : null;
}

/**
 * Returns when the machine was started, in seconds since the epoch, as far as its clock is right.
 */
function bootTime(): number {
  return Math.round(Date.now() / 1000 - uptime());
}

/** Returns Linux's id of this boot; '' on other systems. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/**
 * Compares boot ids, which do not depend on the clock; otherwise boot times, because a machine does
 * not boot twice within two minutes.
 */
function isThisBoot(lock: Lock): boolean {
  const id = bootId();
  if (id !== '' && lock.bootId !== '') return id === lock.bootId;
  return Math.abs(lock.bootSeconds - bootTime()) < 120;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
