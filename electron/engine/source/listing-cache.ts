/**
 * The listing cache keeps the entries of compressed archives between openings, since listing one
 * means reading all of it.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from '../base/private-file.ts';
import type { ArchiveListing } from './entry.ts';

/** Changes with what is stored. */
const VERSION = 2;

/**
 * What the archives of a source hold, remembered from one opening to the next: to list a compressed
 * archive all of it must be read. One small file a source, in the application's data folder; a lost
 * or damaged one costs the time to list again.
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

  /** Keep what was asked for since it was made. */
  save(): void {
    if (!this.#isChanged) return;
    try {
      writePrivateFile(this.#file, JSON.stringify({ version: VERSION, archives: [...this.#now] }));
    } catch {
      // Not remembered: listed again the next time.
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
