/**
 * The history of a case: the statements that were run on it, in a file beside the cases, so that it
 * stays when the case is made anew.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { SqlHistoryEntry } from '../../contract/sql-records.ts';
import { writePrivateFile } from '../base/private-file.ts';

const MOST = 200;
const entriesSchema = z.array(z.object({ sql: z.string(), atUs: z.number(), rows: z.number() }));

/** `database`: of the case; its path stays the same when the case is made anew. */
function pathOf(dataDir: string, database: string): string {
  const name = createHash('sha256').update(database).digest('hex').slice(0, 24);
  return join(dataDir, 'queries', `${name}.json`);
}

/** The last statement first. What cannot be read is taken for none. */
export function readHistory(dataDir: string, database: string): SqlHistoryEntry[] {
  try {
    const parsed = entriesSchema.safeParse(JSON.parse(readFileSync(pathOf(dataDir, database), 'utf8')));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

/** Put a statement first; one that was there before moves up. */
export function addToHistory(dataDir: string, database: string, entry: SqlHistoryEntry): void {
  const others = readHistory(dataDir, database).filter((other) => other.sql !== entry.sql);
  writePrivateFile(pathOf(dataDir, database), JSON.stringify([entry, ...others].slice(0, MOST)));
}
