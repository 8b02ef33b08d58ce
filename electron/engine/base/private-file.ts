/**
 * A private file is one that the app keeps for itself: only this account may read it, and whoever
 * reads it finds it whole, as it was or as it is, also when the process is killed or the disk is
 * full while it is written.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Write a private file, making its folder. `flush`: wait until it is on the disk. Throws what the
 * system says; then the old file stays.
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
