import { compress } from '../base/codec.ts';
import { BYTE_CLASS, postingKey, type TokenSink, tokenizeBeyondAscii, tokenizeSlowly } from '../base/tokens.ts';
import { encodePostings } from './postings.ts';

/** The index of one segment, ready to be written as rows. */
export interface SegmentData {
  blocks: number;
  tokens: number;
  /** Numbers of the blocks with a run longer than a token, or cut within one: candidates of every search that needs a part of a token. */
  longBlocks: Uint32Array;
  /** Pages of posting lists with the smallest key in each, keys ascending. */
  postings: { firstKey: number; data: Uint8Array }[];
  /** The text of the segment's distinct tokens of 3 bytes or more, one a line, compressed. */
  vocabulary: Uint8Array[];
}

/** Slots of the table of tokens seen of late: 128 KB, so that it stays in the core's cache. */
const RECENT_SLOTS = 1 << 13;
const RECENT_MASK = 4 * RECENT_SLOTS - 1;
/** Tokens after which that table begins anew; a block of 48 KB has seldom more than 2,000. */
const RECENT_FULL = RECENT_SLOTS / 2;
const VOCABULARY_PAGE_BYTES = 512 * 1024;
/** Shorter parts of tokens are in so many tokens that looking them up is dearer than scanning. */
export const MIN_VOCABULARY_BYTES = 3;

/**
 * Builds the index of a segment: blocks go in, posting lists come out. What stands as it does in the line above (in a log: most of a line's
 * prefix) is skipped by comparing bytes; any other token occurrence costs one lookup in a table of the tokens seen of late, small
 * enough for the cache, which knows their ids and in which block they were seen last; only a token that is not there is looked up in the
 * table of the segment's tokens.
 * Memory: about 4 bytes a slot of the segment's table, 8 a token and the tokens' text, 4 bytes a (token, block) pair; reused from segment to segment.
 */
export class SegmentBuilder implements TokenSink {
  /** Four numbers a slot: hash A, hash B, token id, the block's stamp; 0 where it is free. Side by side: one cache line a look-up. */
  readonly #recent = new Int32Array(4 * RECENT_SLOTS);
  #recentCount = 0;
  #stamp = 0;

  #tableMask = (1 << 17) - 1;
  /** Token id + 1, 0 where a slot is free: small, so that it too stays in a cache; the hashes are looked at by id. */
  #table = new Int32Array(1 << 17);
  #tokens = 0;
  /** Hash A and hash B by token id. */
  #hashes = new Int32Array(2 << 16);
  #text: Uint8Array = new Uint8Array(1 << 20);
  #textLength = 0;
  #pairs = new Int32Array(1 << 18);
  #pairCount = 0;
  #blockPairs: number[] = [];
  #longBlocks: number[] = [];

  get blocks(): number {
    return this.#blockPairs.length;
  }

  /** Different tokens so far: what most of its memory is for. */
  get tokens(): number {
    return this.#tokens;
  }

  /**
   * Add the next block: `bytes[from, to)` for every two numbers `from, to` of `spans`; what it leaves out has only tokens that stand in what
   * it gives. `cutInToken`: the block's first or last token goes on in the neighbouring block.
   */
  addBlock(bytes: Uint8Array, spans: ArrayLike<number>, cutInToken = false): void {
    this.#blockPairs.push(this.#pairCount);
    if (cutInToken) this.long();
    this.#stamp++;
    for (let k = 0; k + 1 < spans.length; k += 2) this.#addSpan(bytes, spans[k] as number, spans[k + 1] as number);
  }

  #addSpan(bytes: Uint8Array, start: number, end: number): void {
    const stamp = this.#stamp;
    // The loop of `tokenize` with the look-up of `token` in it: measured a third faster than calling across. Its constants are written
    // out (the seeds and primes of tokens.ts, RECENT_MASK): a module's constants are variables in the bundle, a fifth slower here.
    const recent = this.#recent;
    const byteClass = BYTE_CLASS;
    let i = start;
    while (i < end) {
      let byte = bytes[i] as number;
      const kind = byteClass[byte];
      if (kind === 0) {
        i++;
        continue;
      }
      if (kind === 2) {
        i = tokenizeBeyondAscii(bytes, i, end, this);
        continue;
      }
      const from = i;
      let a = -0x7ee3623b;
      let b = 0x1234567;
      do {
        byte |= 0x20;
        a = Math.imul(a ^ byte, 0x01000193);
        b = Math.imul(b ^ byte, 0x5bd1e995);
        i++;
        if (i >= end) break;
        byte = bytes[i] as number;
      } while (byteClass[byte] === 1);
      if (i - from > 64 || (i < end && (byte === 0xc5 || byte === 0xe2))) {
        i = tokenizeSlowly(bytes, from, end, this);
        continue;
      }
      let at = ((a ^ (a >>> 15)) << 2) & 0x7fff;
      for (;;) {
        if (recent[at] === a && recent[at + 1] === b) {
          if (recent[at + 3] !== stamp) {
            recent[at + 3] = stamp;
            this.#pair(recent[at + 2] as number);
          }
          break;
        }
        if (recent[at + 3] === 0) {
          this.#add(at, a, b, this.#tokenId(a, b, bytes, from, i));
          break;
        }
        at = (at + 4) & 0x7fff;
      }
    }
  }

  long(): void {
    const block = this.#blockPairs.length - 1;
    if (this.#longBlocks.at(-1) !== block) this.#longBlocks.push(block);
  }

  token(a: number, b: number, bytes: Uint8Array, start: number, end: number): void {
    const recent = this.#recent;
    let at = ((a ^ (a >>> 15)) << 2) & RECENT_MASK;
    while (recent[at + 3] !== 0) {
      if (recent[at] === a && recent[at + 1] === b) {
        if (recent[at + 3] !== this.#stamp) {
          recent[at + 3] = this.#stamp;
          this.#pair(recent[at + 2] as number);
        }
        return;
      }
      at = (at + 4) & RECENT_MASK;
    }
    this.#add(at, a, b, this.#tokenId(a, b, bytes, start, end));
  }

  /** Note a token that is new to the table of late, in its free slot; it is of the present block. */
  #add(at: number, a: number, b: number, id: number): void {
    const recent = this.#recent;
    recent[at] = a;
    recent[at + 1] = b;
    recent[at + 2] = id;
    recent[at + 3] = this.#stamp;
    if (++this.#recentCount === RECENT_FULL) this.#forgetRecent();
    this.#pair(id);
  }

  #forgetRecent(): void {
    this.#recent.fill(0);
    this.#recentCount = 0;
  }

  #pair(id: number): void {
    if (this.#pairCount === this.#pairs.length) {
      const grown = new Int32Array(this.#pairs.length * 2);
      grown.set(this.#pairs);
      this.#pairs = grown;
    }
    this.#pairs[this.#pairCount++] = id;
  }

  #tokenId(a: number, b: number, bytes: Uint8Array, start: number, end: number): number {
    const table = this.#table;
    const hashes = this.#hashes;
    const mask = this.#tableMask;
    let slot = tableSlot(a, b) & mask;
    for (;;) {
      const id = (table[slot] as number) - 1;
      if (id === -1) {
        table[slot] = this.#tokens + 1;
        return this.#newToken(a, b, bytes, start, end);
      }
      if (hashes[2 * id] === a && hashes[2 * id + 1] === b) return id;
      slot = (slot + 1) & mask;
    }
  }

  #newToken(a: number, b: number, bytes: Uint8Array, start: number, end: number): number {
    const id = this.#tokens++;
    if (2 * id === this.#hashes.length) {
      const grown = new Int32Array(4 * id);
      grown.set(this.#hashes);
      this.#hashes = grown;
    }
    this.#hashes[2 * id] = a;
    this.#hashes[2 * id + 1] = b;
    const length = end - start;
    if (length >= MIN_VOCABULARY_BYTES) {
      if (this.#textLength + length + 1 > this.#text.length) {
        const grown = new Uint8Array(this.#text.length * 2);
        grown.set(this.#text);
        this.#text = grown;
      }
      const text = this.#text;
      let at = this.#textLength;
      for (let i = start; i < end; i++) {
        const byte = bytes[i] as number;
        text[at++] = byte >= 65 && byte <= 90 ? byte | 0x20 : byte;
      }
      text[at++] = 10;
      this.#textLength = at;
    }
    if (this.#tokens * 2 > this.#tableMask) this.#growTable();
    return id;
  }

  #growTable(): void {
    const mask = this.#tableMask * 2 + 1;
    const table = new Int32Array(mask + 1);
    const hashes = this.#hashes;
    for (let id = 0; id < this.#tokens; id++) {
      let slot = tableSlot(hashes[2 * id] as number, hashes[2 * id + 1] as number) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = id + 1;
    }
    this.#table = table;
    this.#tableMask = mask;
  }

  /** Close the segment, give its index, and be ready for the next one. */
  finish(): SegmentData {
    const blocks = this.#blockPairs.length;
    const tokens = this.#tokens;
    const { offsets, ends, blockNumbers } = this.#invert(blocks, tokens);
    const keys = new Uint32Array(tokens);
    for (let id = 0; id < tokens; id++) keys[id] = postingKey(this.#hashes[2 * id] as number);
    const data: SegmentData = {
      blocks,
      tokens,
      longBlocks: Uint32Array.from(this.#longBlocks),
      postings: encodePostings(keys, sortByKey(keys), { offsets, ends, blockNumbers }, blocks),
      vocabulary: this.#encodeVocabulary(),
    };
    this.#table.fill(0);
    this.#forgetRecent();
    this.#stamp = 0;
    this.#tokens = 0;
    this.#textLength = 0;
    this.#pairCount = 0;
    this.#blockPairs = [];
    this.#longBlocks = [];
    return data;
  }

  /** Pairs in block order become, for each token, its ascending block numbers: a counting sort. */
  #invert(blocks: number, tokens: number): { offsets: Uint32Array; ends: Uint32Array; blockNumbers: Uint32Array } {
    const offsets = new Uint32Array(tokens + 1);
    const pairs = this.#pairs;
    for (let k = 0; k < this.#pairCount; k++) {
      const next = (pairs[k] as number) + 1;
      offsets[next] = (offsets[next] as number) + 1;
    }
    for (let id = 0; id < tokens; id++) offsets[id + 1] = (offsets[id + 1] as number) + (offsets[id] as number);
    const fill = offsets.slice(0, tokens);
    const blockNumbers = new Uint32Array(this.#pairCount);
    for (let block = 0; block < blocks; block++) {
      const until = this.#blockPairs[block + 1] ?? this.#pairCount;
      for (let k = this.#blockPairs[block] as number; k < until; k++) {
        const id = pairs[k] as number;
        const at = fill[id] as number;
        // A block that began its table anew names a token twice.
        if (at > (offsets[id] as number) && blockNumbers[at - 1] === block) continue;
        blockNumbers[at] = block;
        fill[id] = at + 1;
      }
    }
    return { offsets, ends: fill, blockNumbers };
  }

  #encodeVocabulary(): Uint8Array[] {
    const pages: Uint8Array[] = [];
    let from = 0;
    while (from < this.#textLength) {
      let to = Math.min(this.#textLength, from + VOCABULARY_PAGE_BYTES);
      if (to < this.#textLength) to = this.#text.lastIndexOf(10, to) + 1;
      pages.push(compress(this.#text.subarray(from, to)));
      from = to;
    }
    return pages;
  }
}

/** Where in the segment's table a token is looked for first: both hashes mixed, since runs of digits differ only in a few bits of each. */
function tableSlot(a: number, b: number): number {
  const mixed = Math.imul(a ^ (b >>> 13), 0x9e3779b1);
  return mixed ^ (mixed >>> 15) ^ b;
}

/** Token ids in ascending order of their keys: a radix sort of 32-bit keys in three passes. */
function sortByKey(keys: Uint32Array): Uint32Array {
  const count = keys.length;
  let from = new Uint32Array(count);
  let to = new Uint32Array(count);
  for (let i = 0; i < count; i++) from[i] = i;
  for (const [shift, bits] of [
    [0, 11],
    [11, 11],
    [22, 10],
  ] as const) {
    const mask = (1 << bits) - 1;
    const starts = new Uint32Array((1 << bits) + 1);
    for (let i = 0; i < count; i++) {
      const bucket = (((keys[i] as number) >>> shift) & mask) + 1;
      starts[bucket] = (starts[bucket] as number) + 1;
    }
    for (let b = 0; b < 1 << bits; b++) starts[b + 1] = (starts[b + 1] as number) + (starts[b] as number);
    for (let i = 0; i < count; i++) {
      const id = from[i] as number;
      const bucket = ((keys[id] as number) >>> shift) & mask;
      const at = starts[bucket] as number;
      to[at] = id;
      starts[bucket] = at + 1;
    }
    [from, to] = [to, from];
  }
  return from;
}
