import { decompress } from '../base/codec.ts';
import { queryTokens } from '../base/tokens.ts';
import type { ReadableDb } from '../store/open.ts';

const CACHE_BYTES = 96 * 1024 * 1024;
/** More tokens than these in a segment contain the part: looking each up is dearer than scanning its blocks. */
const MAX_TOKENS = 4_000;

/** Finds the tokens of a segment that contain a text, in its vocabulary. */
export class Vocabulary {
  readonly #db: ReadableDb;
  readonly #pages = new Map<number, Buffer[]>();
  #bytes = 0;

  constructor(db: ReadableDb) {
    this.#db = db;
  }

  /** Keys of the tokens that contain `part` (at their start, end, or anywhere); null when there are too many to be of use. */
  keysContaining(segmentId: number, part: string, atStart: boolean, atEnd: boolean): number[] | null {
    const needle = Buffer.from(`${atStart ? '\n' : ''}${part}${atEnd ? '\n' : ''}`, 'latin1');
    const keys: number[] = [];
    for (const page of this.#pagesOf(segmentId)) {
      for (let at = page.indexOf(needle); at !== -1; ) {
        const from = atStart ? at + 1 : page.lastIndexOf(10, at) + 1;
        const end = page.indexOf(10, atStart ? at + 1 : at);
        const token = page.toString('latin1', from, end);
        const key = queryTokens(token)[0]?.key;
        if (key !== undefined) keys.push(key);
        if (keys.length > MAX_TOKENS) return null;
        at = page.indexOf(needle, end);
      }
    }
    return keys;
  }

  #pagesOf(segmentId: number): Buffer[] {
    const known = this.#pages.get(segmentId);
    if (known !== undefined) return known;
    const rows = this.#db
      .prepare('SELECT data FROM vocabulary WHERE segment_id = ? ORDER BY page')
      .pluck()
      .all(segmentId) as Buffer[];
    // A leading line end, so that every token stands between two.
    const pages = rows.map((data) => Buffer.concat([Buffer.from('\n'), decompress(data)]));
    const size = pages.reduce((sum, page) => sum + page.length, 0);
    while (this.#bytes + size > CACHE_BYTES && this.#pages.size > 0) {
      const [oldest, gone] = this.#pages.entries().next().value as [number, Buffer[]];
      this.#pages.delete(oldest);
      this.#bytes -= gone.reduce((sum, page) => sum + page.length, 0);
    }
    this.#pages.set(segmentId, pages);
    this.#bytes += size;
    return pages;
  }
}
