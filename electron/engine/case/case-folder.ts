/**
 * A case folder is where a case lies on disk: its key, its files, and the lock that keeps a second
 * program out.
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
 * The key of a case: from what the source is, not from where it was opened. A zip is known by its
 * size, its first and its last bytes (the directory with all names, sizes and checksums), so that a
 * moved zip finds its case; a folder by its place.
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
 * Open the database of a case to write it; a case of another version, a damaged one, or `rebuild`
 * is thrown away and made anew. What a person added lies beside it and stays. Throws what the
 * system says when the place cannot be written.
 */
export function openCase(folder: CaseFolder, rebuild: boolean): WritableDb {
  mkdirSync(folder.dir, { recursive: true, mode: 0o700 });
  if (rebuild || existsSync(damagedPath(folder))) removeDatabase(folder);
  if (existsSync(folder.database)) {
    try {
      const db = openWritable(folder.database);
      if (db !== null) return db;
    } catch (error) {
      // Damaged: it is a cache, make it again. What the disk refuses is no damage.
      const code = systemErrorWords(error)?.code ?? 'case_damaged';
      if (code !== 'case_damaged') throw error;
    }
    removeDatabase(folder);
  }
  const db = openWritable(folder.database);
  if (db === null) throw new Error('a new case cannot be of another version');
  return db;
}

/** The case's database was found damaged while it was open: the next opening makes it anew. */
export function markDamaged(folder: CaseFolder): void {
  try {
    writeFileSync(damagedPath(folder), '', { mode: 0o600 });
  } catch {
    // Then the next opening meets the damage again.
  }
}

const damagedPath = (folder: CaseFolder) => join(folder.dir, 'damaged');

function removeDatabase(folder: CaseFolder): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(folder.database + ending, { force: true });
  rmSync(damagedPath(folder), { force: true });
}

/**
 * Hold a case for indexing: one process at a time writes it. Returns the function that lets go.
 * Throws {@link PostrunError} `case_busy` while another living process holds it; the lock of a dead
 * one is taken over.
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
  // On the disk before the first row is: whoever finds it after the power was cut knows what to do.
  writeFileSync(path, `${process.pid} ${bootTime()} ${bootId()}`, { flush: true, mode: 0o600 });
  return () => rmSync(path, { force: true });
}

/**
 * Was the machine restarted while the case was being written? The writer does not wait for the disk
 * (see `openBulk`), so the case may be damaged in places; it is a cache and made anew.
 */
export function wasCutOff(folder: CaseFolder): boolean {
  const lock = readLock(folder);
  return lock !== null && !isThisBoot(lock);
}

const lockPath = (folder: CaseFolder) => join(folder.dir, 'indexing.pid');

/** Who holds a case, and the start of the machine in which they do. */
interface Lock {
  pid: number;
  bootSeconds: number;
  /** '' where the system names its starts by nothing. */
  bootId: string;
}

function readLock(folder: CaseFolder): Lock | null {
  const path = lockPath(folder);
  const [pid = '', bootSeconds = '', id = ''] = existsSync(path) ? readFileSync(path, 'utf8').trim().split(' ') : [];
  return Number(pid) > 0 ? { pid: Number(pid), bootSeconds: Number(bootSeconds), bootId: id } : null;
}

/** When the machine was started, in seconds since the epoch, as far as its clock is right. */
function bootTime(): number {
  return Math.round(Date.now() / 1000 - uptime());
}

/** What Linux calls this start of the machine; '' elsewhere. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/**
 * By the name of the start, whatever the clock says; else by its time: a machine does not start
 * twice within two minutes.
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
