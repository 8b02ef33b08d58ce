/** Sizes of a case on disk, for `postrun index`. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openReadable } from '../engine/store/open.ts';

/**
 * Measures a case on disk: the text that it keeps (for a zip), and the rest, which is the index.
 */
export function caseSizes(caseDir: string): { indexBytes: number; contentBytes: number } {
  let bytes = 0;
  let hasDatabase = false;
  for (const name of readdirSync(caseDir, { recursive: true, encoding: 'utf8' })) {
    const stat = statSync(join(caseDir, name), { throwIfNoEntry: false });
    if (stat?.isFile()) bytes += stat.size;
    if (name === 'case.db') hasDatabase = true;
  }
  if (!hasDatabase) return { indexBytes: bytes, contentBytes: 0 };
  const db = openReadable(join(caseDir, 'case.db'));
  try {
    const contentBytes = Number(db.prepare('SELECT coalesce(sum(length(data)), 0) FROM block_text').pluck().get());
    return { indexBytes: bytes - contentBytes, contentBytes };
  } finally {
    db.close();
  }
}
