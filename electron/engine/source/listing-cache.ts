/** The listing cache remembers the content of compressed archives. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from '../base/private-file.ts';
import type { ArchiveListing } from './entry.ts';

/** Changes with the stored form. */
const VERSION = 2;

/**
 * Remembers what the archives of a source hold from one opening to the next, because listing a
 * compressed archive means reading all of it. It is one small file per source in the application's
 * data folder; losing it only costs listing again.
 */
export class ListingCache {
  readonly #file: string;
  readonly #before: Map<string, ArchiveListing>;
  readonly #now = new Map<string, ArchiveListing>();
  #isChanged = false;

  constructor(dataDir: string, source: string) {
    const name = createHash('sha256').update(source).digest('hex').slice(0, 24);
    this.#file = join(dataDir, 'listings', `${name}.json`);
    this.#before = read(this.#file);
  }

  get(key: string): ArchiveListing | null {
    const known = this.#before.get(key) ?? null;
    if (known !== null) this.#now.set(key, known);
    return known;
  }

  set(key: string, listing: ArchiveListing): void {
    this.#now.set(key, listing);
    this.#isChanged = true;
  }

  /** Saves the listings that were used since creation. */
  save(): void {
    if (!this.#isChanged) return;
    try {
      writePrivateFile(this.#file, JSON.stringify({ version: VERSION, archives: [...this.#now] }));
    } catch {
      // Not remembered; listed again next time.
    }
  }
}

function read(file: string): Map<string, ArchiveListing> {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as { version: number; archives: [string, ArchiveListing][] };
    return new Map(stored.version === VERSION ? stored.archives : []);
  } catch {
    return new Map();
  }
}
