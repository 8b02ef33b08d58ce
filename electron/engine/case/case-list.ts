/** Lists the cases on this machine, for the start page and `postrun info`. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getMeta } from '../store/meta.ts';
import { openReadable } from '../store/open.ts';

/** Returns the cases in the data folder, last opened first. Omits unreadable ones. */
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
      // Damaged, of another version, or being created by another process. Opening its source
      // handles all of these.
    }
  }
  return recent.sort((a, b) => b.openedUs - a.openedUs);
}
