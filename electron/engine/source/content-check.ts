/**
 * A content check is a hash of a file's first and last bytes. It tells whether a file that has
 * grown is still the same file.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const LOOK_BYTES = 4096;

/**
 * What the first `bytes` bytes of an open file are known by: a hash of the first 4 KB and of the
 * last 4 KB of them, where a log that was rewritten differs from one that has grown. Null where the
 * file is shorter.
 */
export function contentCheckOf(fd: number, bytes: number): string | null {
  const length = Math.min(LOOK_BYTES, bytes);
  const look = Buffer.allocUnsafe(2 * length);
  const got = readSync(fd, look, 0, length, 0) + readSync(fd, look, length, length, bytes - length);
  return got === 2 * length ? createHash('sha1').update(look).digest('hex') : null;
}

/** As {@link contentCheckOf}, of the file at a path; null also where it cannot be read. */
export function contentCheck(path: string | Buffer, bytes: number): string | null {
  try {
    const fd = openSync(path, 'r');
    try {
      return contentCheckOf(fd, bytes);
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}
