/** The list of cases that this machine has, for the start page and `postrun info`. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getMeta } from '../store/meta.ts';
import { openReadable } from '../store/open.ts';

/** The cases in the data folder, the one opened last first; one that cannot be read is left out. */
export function recentCases(
  dataDir: string,
): { source: string; root: string; openedUs: number; bytes: number; exists: boolean }[] {
  const folder = join(dataDir, 'cases');
  if (!existsSync(folder)) return [];
  const recent: { source: string; root: string; openedUs: number; bytes: number; exists: boolean }[] = [];
  for (const name of readdirSync(folder)) {
    const database = join(folder, name, 'case.db');
    if (!existsSync(database)) continue;
    try {
      const db = openReadable(database);
      const source = getMeta(db, 'source');
      if (source !== null) {
        recent.push({
          source,
          root: getMeta(db, 'root') ?? '',
          openedUs: Number(getMeta(db, 'opened_us') ?? 0),
          bytes: statSync(database).size,
          exists: existsSync(source),
        });
      }
      db.close();
    } catch {
      // Damaged, of another version, or being made by another process just now: opening its source
      // sees to it.
    }
  }
  return recent.sort((a, b) => b.openedUs - a.openedUs);
}
