/**
 * The history of a case: the statements that were run on it. It is in a file beside the cases, so
 * it survives a rebuild.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { SqlHistoryEntry } from '../../contract/sql-records.ts';
import { writePrivateFile } from '../base/private-file.ts';

const MOST = 200;
const entriesSchema = z.array(z.object({ sql: z.string(), atUs: z.number(), rows: z.number() }));

/**
 * Returns the path of the history. `database` is the path of the case, which a rebuild does not
 * change.
 */
function pathOf(dataDir: string, database: string): string {
  const name = createHash('sha256').update(database).digest('hex').slice(0, 24);
  return join(dataDir, 'queries', `${name}.json`);
}

/** Reads the history, last statement first. An unreadable file counts as empty. */
export function readHistory(dataDir: string, database: string): SqlHistoryEntry[] {
  try {
    const parsed = entriesSchema.safeParse(JSON.parse(readFileSync(pathOf(dataDir, database), 'utf8')));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

/** Puts a statement first. A repeated statement moves up. */
export function addToHistory(dataDir: string, database: string, entry: SqlHistoryEntry): void {
  const others = readHistory(dataDir, database).filter((other) => other.sql !== entry.sql);
  writePrivateFile(pathOf(dataDir, database), JSON.stringify([entry, ...others].slice(0, MOST)));
}
