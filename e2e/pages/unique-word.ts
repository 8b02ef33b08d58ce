/**
 * A unique word occurs once in a whole run, so that a spec knows the only line that a search for it
 * may find. A plain scan of all files finds it, independently of the index.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface UniqueWord {
  word: string;
  /** Path within the run. */
  file: string;
  /** 1-based. */
  line: number;
  text: string;
}

/** Returns a unique word from the log of a user process. */
export function uniqueUserWord(folder: string): UniqueWord {
  const seen = new Map<string, UniqueWord | null>();
  for (const file of globSync('**/*', { cwd: folder, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const full = join(file.parentPath, file.name);
    const path = full.slice(folder.length + 1).replaceAll('\\', '/');
    for (const [index, text] of readFileSync(full, 'utf8').split('\n').entries()) {
      for (const [word] of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
        // A search in small letters also finds capitals.
        const key = word.toLowerCase();
        seen.set(key, seen.has(key) ? null : { word, file: path, line: index + 1, text });
      }
    }
  }
  const isGood = (each: UniqueWord | null) =>
    each !== null &&
    /^logs\/user\/(?:(?:stdout|stderr|entry_script_log)\/)?[^/]+\/[^/]+$/.test(each.file) &&
    /^[a-z]{5,}$/.test(each.word) &&
    !each.text.includes('\r');
  const found = [...seen.values()].find(isGood);
  if (found == null) throw new Error('No word stands in one user log only.');
  return found;
}
