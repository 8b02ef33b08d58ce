import { compress } from '../base/codec.ts';
import {
  BYTE_CLASS,
  HASH_PRIME_A,
  HASH_PRIME_B,
  HASH_SEED_A,
  HASH_SEED_B,
  postingKey,
  TOKEN_MAX,
  type TokenSink,
  tokenizeBeyondAscii,
  tokenizeSlowly,
} from '../base/tokens.ts';
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

/** Slots of the table of a block's own tokens: 128 KB, so that it stays in the core's cache. */
const BLOCK_SLOTS = 1 << 13;
const BLOCK_MASK = BLOCK_SLOTS - 1;
/** Distinct tokens after which a block begins its table anew; a block of 48 KB has seldom more than 2,000. */
const BLOCK_FULL = BLOCK_SLOTS / 2;
const VOCABULARY_PAGE_BYTES = 512 * 1024;
/** Shorter parts of tokens are in so many tokens that looking them up is dearer than scanning. */
export const MIN_VOCABULARY_BYTES = 3;

/**
 * Builds the index of a segment: blocks go in, posting lists come out. One lookup a token occurrence (a table of the block's own tokens,
 * small enough for the cache), one more a distinct token of a block (the table of the segment's tokens).
 * Memory: about 16 bytes a slot of the segment's table, the tokens' text, 4 bytes a (token, block) pair; reused from segment to segment.
 */
export class SegmentBuilder implements TokenSink {
  #stamp = 0;
  /** Four numbers a slot: stamp of the block, hash A, hash B, unused; side by side, so that a look-up touches one cache line. */
  readonly #slots = new Int32Array(4 * BLOCK_SLOTS);
  #distinct = 0;

  #tableMask = (1 << 18) - 1;
  /** Four numbers a slot: hash A, hash B, token id + 1, unused. */
  #table = new Int32Array(4 << 18);
  #tokens = 0;
  #tokenHash = new Int32Array(1 << 17);
  #text: Uint8Array = new Uint8Array(1 << 20);
  #textLength = 0;
  #pairs = new Int32Array(1 << 18);
  #pairCount = 0;
  #blockPairs: number[] = [];
  #longBlocks: number[] = [];

  get blocks(): number {
    return this.#blockPairs.length;
  }

  /** Add the next block. `cutInToken`: its first or last token goes on in the neighbouring block. */
  addBlock(bytes: Uint8Array, start: number, end: number, cutInToken = false): void {
    this.#stamp++;
    this.#blockPairs.push(this.#pairCount);
    if (cutInToken) this.long();
    // The loop of `tokenize` with the look-up of `token` in it: measured a third faster than calling across.
    const slots = this.#slots;
    const byteClass = BYTE_CLASS;
    this.#distinct = 0;
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
      let a = HASH_SEED_A;
      let b = HASH_SEED_B;
      do {
        byte |= 0x20;
        a = Math.imul(a ^ byte, HASH_PRIME_A);
        b = Math.imul(b ^ byte, HASH_PRIME_B);
        i++;
        if (i >= end) break;
        byte = bytes[i] as number;
      } while (byteClass[byte] === 1);
      if (i - from > TOKEN_MAX || (i < end && (byte === 0xc5 || byte === 0xe2))) {
        i = tokenizeSlowly(bytes, from, end, this);
        continue;
      }
      const stamp = this.#stamp;
      let at = ((a ^ (a >>> 15)) & BLOCK_MASK) * 4;
      while (slots[at] === stamp && (slots[at + 1] !== a || slots[at + 2] !== b)) at = (at + 4) & (4 * BLOCK_SLOTS - 1);
      if (slots[at] === stamp) continue;
      slots[at] = stamp;
      slots[at + 1] = a;
      slots[at + 2] = b;
      this.#add(this.#tokenId(a, b, bytes, from, i));
    }
  }

  long(): void {
    const block = this.#blockPairs.length - 1;
    if (this.#longBlocks.at(-1) !== block) this.#longBlocks.push(block);
  }

  token(a: number, b: number, bytes: Uint8Array, start: number, end: number): void {
    const slots = this.#slots;
    let at = ((a ^ (a >>> 15)) & BLOCK_MASK) * 4;
    while (slots[at] === this.#stamp) {
      if (slots[at + 1] === a && slots[at + 2] === b) return;
      at = (at + 4) & (4 * BLOCK_SLOTS - 1);
    }
    slots[at] = this.#stamp;
    slots[at + 1] = a;
    slots[at + 2] = b;
    this.#add(this.#tokenId(a, b, bytes, start, end));
  }

  #add(id: number): void {
    if (++this.#distinct % BLOCK_FULL === 0) this.#stamp++;
    this.#pair(id);
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
    let slot = tableSlot(a, b) & this.#tableMask;
    for (;;) {
      const at = slot * 4;
      const id = table[at + 2] as number;
      if (id === 0) {
        table[at] = a;
        table[at + 1] = b;
        table[at + 2] = this.#tokens + 1;
        return this.#newToken(a, bytes, start, end);
      }
      if (table[at] === a && table[at + 1] === b) return id - 1;
      slot = (slot + 1) & this.#tableMask;
    }
  }

  #newToken(a: number, bytes: Uint8Array, start: number, end: number): number {
    const id = this.#tokens++;
    if (id === this.#tokenHash.length) {
      const grown = new Int32Array(id * 2);
      grown.set(this.#tokenHash);
      this.#tokenHash = grown;
    }
    this.#tokenHash[id] = a;
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
    const old = this.#table;
    const mask = this.#tableMask * 2 + 1;
    const table = new Int32Array((mask + 1) * 4);
    for (let at = 0; at < old.length; at += 4) {
      if (old[at + 2] === 0) continue;
      const a = old[at] as number;
      const b = old[at + 1] as number;
      let slot = tableSlot(a, b) & mask;
      while (table[slot * 4 + 2] !== 0) slot = (slot + 1) & mask;
      table[slot * 4] = a;
      table[slot * 4 + 1] = b;
      table[slot * 4 + 2] = old[at + 2] as number;
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
    for (let id = 0; id < tokens; id++) keys[id] = postingKey(this.#tokenHash[id] as number);
    const data: SegmentData = {
      blocks,
      tokens,
      longBlocks: Uint32Array.from(this.#longBlocks),
      postings: encodePostings(keys, sortByKey(keys), { offsets, ends, blockNumbers }, blocks),
      vocabulary: this.#encodeVocabulary(),
    };
    this.#table.fill(0);
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
