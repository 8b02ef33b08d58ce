/**
 * A content check is a hash of a file's first and last bytes. It shows whether a file that has
 * grown is still the same file.
 */
import { createHash } from 'node:crypto';
import type { SourceFile } from './source-file.ts';

const LOOK_BYTES = 4096;

/**
 * Hashes the first 4 KB and the last 4 KB of the first `bytes` bytes of a file; a log that was
 * rewritten differs there from one that has grown. Returns null if the file is shorter or cannot be
 * read.
 */
export function contentCheck(file: SourceFile, bytes: number): string | null {
  const length = Math.min(LOOK_BYTES, bytes);
  try {
    const looks = [file.read(0, length), file.read(bytes - length, length)];
    if (looks.some((look) => look.length < length)) return null;
    return createHash('sha1').update(Buffer.concat(looks)).digest('hex');
  } catch {
    return null;
  }
}
