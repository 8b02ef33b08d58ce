/** Finds which tokens of a segment contain a part of a word. */
import { decompress } from '../../base/codec.ts';
import { VOCABULARY_PAGE_BYTES } from '../../base/kernel-numbers.ts';
import { queryTokens } from '../../base/tokens.ts';
import type { ReadableDb } from '../../store/open.ts';
import { only, selectCells, selectRows } from '../../store/select.ts';
import { hasLetters, lettersOf } from '../../store/vocabulary-pages.ts';
import type { PartKeys, PartRequirement } from '../query/requirement.ts';

/**
 * If more tokens of a segment contain the part, looking up each costs more than scanning the
 * blocks.
 */
const MAX_TOKENS = 4_000;

export class Vocabulary {
  readonly #pagesOf;
  readonly #dataOf;
  /** Text by segment and page. */
  readonly #texts = new Map<string, Buffer>();
  readonly #cacheBytes: number;
  #bytes = 0;

  /** Caches at most `cacheBytes` of text. */
  constructor(db: ReadableDb, cacheBytes: number) {
    this.#cacheBytes = cacheBytes;
    this.#pagesOf = selectRows(db, 'SELECT page, letters FROM vocabulary WHERE segment_id = ?', {
      page: 'number',
      letters: 'number',
    });
    this.#dataOf = selectCells(db, 'SELECT data FROM vocabulary WHERE segment_id = ? AND page = ?', 'bytes');
  }

  /** Returns, for each part, the keys of the segment's tokens that contain it. */
  keysOf(segmentId: number, parts: readonly PartRequirement[]): PartKeys {
    const wanted = parts.map((part) => ({ part, letters: lettersOf(part.text), keys: [] as number[] }));
    for (const { page, letters } of this.#pagesOf.all(segmentId)) {
      const looking = wanted.filter((one) => one.keys.length <= MAX_TOKENS && hasLetters(letters, one.letters));
      if (looking.length === 0) continue;
      const text = this.#textOf(segmentId, page);
      for (const { part, keys } of looking) addKeys(text, part, keys);
    }
    return wanted.map(({ keys }) => (keys.length > MAX_TOKENS ? null : Uint32Array.from(keys)));
  }

  #textOf(segmentId: number, page: number): Buffer {
    const name = `${segmentId} ${page}`;
    const known = this.#texts.get(name);
    if (known !== undefined) return known;
    const text = decompress(only(this.#dataOf, segmentId, page), VOCABULARY_PAGE_BYTES);
    // Searches go through all segments in turn, so replacing one page with another would help
    // neither.
    if (this.#bytes + text.length > this.#cacheBytes) return text;
    this.#bytes += text.length;
    // The buffer has the memory of a whole page.
    this.#texts.set(name, text.length * 2 < VOCABULARY_PAGE_BYTES ? Buffer.from(text) : text);
    return text;
  }
}

/** Adds the keys of a page's tokens that contain a part, until there are too many. */
function addKeys(page: Buffer, { text, atStart, atEnd }: PartRequirement, keys: number[]): void {
  const needle = Buffer.from(`${atStart ? '\n' : ''}${text}${atEnd ? '\n' : ''}`, 'latin1');
  for (let at = page.indexOf(needle); at !== -1 && keys.length <= MAX_TOKENS; ) {
    const from = atStart ? at + 1 : page.lastIndexOf(10, at) + 1;
    const end = page.indexOf(10, atStart ? at + 1 : at);
    const key = queryTokens(page.toString('latin1', from, end))[0]?.key;
    if (key !== undefined) keys.push(key);
    at = page.indexOf(needle, end);
  }
}
