/**
 * A private file belongs to the app: only this account may read it, and readers find either the old
 * or the new content whole, even if the process is killed or the disk fills up during a write.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a private file and creates its folder. `flush` waits until it is on the disk. Throws the
 * system's error, in which case the old file stays.
 */
export function writePrivateFile(path: string, text: string, { flush = false } = {}): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, { mode: 0o600, flush });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
