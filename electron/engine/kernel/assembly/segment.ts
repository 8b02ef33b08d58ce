/**
 * Builds a segment from its blocks: its distinct tokens with their text, and which block has which.
 * {@link encode} then makes the posting lists, in pages as the database stores them.
 */
import { keyOf } from './hash.ts';
import { take } from './memory.ts';
import { FORM_ALL, FORM_BITMAP, FORM_LIST, MIN_VOCABULARY_BYTES } from './numbers.ts';

/** Number of the current block; 1 for the first. */
let stamp: i32 = 0;

/**
 * Tokens by hash, 16 bytes per slot: hash (64 bits), token id + 1 (0: free), stamp of the last
 * block that had it. Keeping these together makes a known token cost one cache line. A smaller
 * table of recent tokens in front of this one helped in JavaScript, but is slower here.
 */
let table: usize = 0;
let tableMask: usize = 0;
/** Hash by token id. */
let hashes: usize = 0;
let hashesSize: i32 = 0;
export let tokens: i32 = 0;
/** Lower-case text of the distinct tokens, each followed by a line end. */
export let text: usize = 0;
export let textLength: i32 = 0;
let textSize: i32 = 0;
/** Token ids in block order, each once per block. */
export let pairs: usize = 0;
export let pairCount: i32 = 0;
let pairsSize: i32 = 0;
/** Number of pairs before each block. */
export let starts: usize = 0;
export let blocks: i32 = 0;
let startsSize: i32 = 0;

export function begin(): void {
  tableMask = (16 << 17) - 1;
  table = take(16 << 17);
  hashesSize = 1 << 16;
  hashes = take(8 * hashesSize);
  textSize = 1 << 20;
  text = take(textSize);
  pairsSize = 1 << 18;
  pairs = take(4 * pairsSize);
  startsSize = 1 << 10;
  starts = take(4 * startsSize);
}

function grown(at: usize, bytes: usize, to: usize): usize {
  const moved = take(to);
  memory.copy(moved, at, bytes);
  return moved;
}

/**
 * Makes room for everything that a block of at most `bytes` bytes can add, so that adding needs no
 * checks.
 */
export function beginBlock(bytes: i32): void {
  const most = bytes / 2 + 1;
  if (tokens + most > hashesSize) {
    const size = max(2 * hashesSize, tokens + most);
    hashes = grown(hashes, 8 * tokens, 8 * size);
    hashesSize = size;
  }
  if (textLength + 2 * bytes + 16 > textSize) {
    const size = max(2 * textSize, textLength + 2 * bytes + 16);
    text = grown(text, textLength, size);
    textSize = size;
  }
  if (pairCount + 2 * most > pairsSize) {
    const size = max(2 * pairsSize, pairCount + 2 * most);
    pairs = grown(pairs, 4 * pairCount, 4 * size);
    pairsSize = size;
  }
  if (blocks === startsSize) {
    starts = grown(starts, 4 * blocks, 8 * blocks);
    startsSize = 2 * blocks;
  }
  store<i32>(starts + 4 * blocks, pairCount);
  blocks++;
  stamp++;
}

/**
 * Adds a token of the current block: its hash and its text (length 0: a token without text in the
 * vocabulary).
 */
@inline
export function addToken(hash: u64, at: usize, length: i32): void {
  let slot = slotOf(hash);
  for (;;) {
    const id = load<i32>(table + slot, 8);
    if (id === 0) {
      store<u64>(table + slot, hash);
      store<i32>(table + slot, tokens + 1, 8);
      store<i32>(table + slot, stamp, 12);
      addPair(newToken(hash, at, length));
      return;
    }
    if (load<u64>(table + slot) === hash) {
      if (load<i32>(table + slot, 12) !== stamp) {
        store<i32>(table + slot, stamp, 12);
        addPair(id - 1);
      }
      return;
    }
    slot = (slot + 16) & tableMask;
  }
}

/** Returns the slot where the search for a token starts. */
@inline
function slotOf(hash: u64): usize {
  return ((<usize>hash) << 4) & tableMask;
}

@inline
function addPair(id: i32): void {
  store<i32>(pairs + 4 * pairCount, id);
  pairCount++;
}

function newToken(hash: u64, at: usize, length: i32): i32 {
  const id = tokens++;
  store<u64>(hashes + 8 * id, hash);
  if (length >= MIN_VOCABULARY_BYTES) {
    const to = text + textLength;
    // Fold to lower case, 16 bytes at a time. This turns `_` into 0x7f, so correct it. Later tokens
    // overwrite what is written past the end of this one.
    for (let i = 0; i < length; i += 16) {
      const lower = v128.or(v128.load(at + i), i8x16.splat(0x20));
      const low = v128.and(i8x16.eq(lower, i8x16.splat(0x7f)), i8x16.splat(0x20));
      v128.store(to + i, v128.andnot(lower, low));
    }
    store<u8>(to + length, 10);
    textLength += length + 1;
  }
  if (<usize>(32 * tokens) > tableMask) growTable();
  return id;
}

function growTable(): void {
  const size = tableMask + 1;
  const larger = take(2 * size);
  memory.fill(larger, 0, 2 * size);
  const old = table;
  table = larger;
  tableMask = 2 * size - 1;
  for (let from: usize = 0; from < size; from += 16) {
    if (load<i32>(old + from, 8) === 0) continue;
    let slot = slotOf(load<u64>(old + from));
    while (load<i32>(larger + slot, 8) !== 0) slot = (slot + 16) & tableMask;
    memory.copy(larger + slot, old + from, 16);
  }
}

/** Clears the segment. */
export function reset(): void {
  memory.fill(table, 0, tableMask + 1);
  stamp = 0;
  tokens = 0;
  textLength = 0;
  pairCount = 0;
  blocks = 0;
}

/**
 * A page closes at this size. Even after its last list (a bitmap for a segment of 64 MB has 300
 * bytes), its row stays below the 4,086 bytes that SQLite keeps within a 16 KB page of a table
 * without rowid. Larger rows go to overflow pages, which are half empty.
 */
const PAGE_BYTES: i32 = 3600;

/**
 * Pages of posting lists: their number, their bytes side by side, and for each page its first key
 * and its end, 32 bits each.
 */
export let pages: i32 = 0;
export let pageBytes: usize = 0;
export let pageEnds: usize = 0;

/** Makes the posting lists of the segment. Pass the result to `release` to free their memory. */
export function encode(): usize {
  const mark = take(0);
  const offsets = take(4 * (tokens + 1));
  const lists = take(4 * pairCount);
  invert(offsets, lists);
  const order = sortedTokens();
  const bitmapBytes = (blocks + 7) >>> 3;
  pageEnds = take(8 * (pairCount / 128 + tokens / 128 + 16));
  // Last, because the size is only known afterwards: at most 10 bytes per list and 5 per block in
  // it, or a bitmap if that is shorter.
  pageBytes = take(10 * tokens + 5 * pairCount + 64);
  pages = 0;
  let at = pageBytes;
  let pageStart = at;
  let firstKey: u32 = 0;
  let previousKey: u32 = 0;
  for (let k = 0; k < tokens; ) {
    const key = load<u32>(order + 8 * k, 4);
    let list = listOf(order, k, offsets, lists);
    let count = countOf(order, k, offsets);
    k++;
    // Tokens with the same key share a merged list.
    while (k < tokens && load<u32>(order + 8 * k, 4) === key) {
      const otherCount = countOf(order, k, offsets);
      const both = take(4 * (count + otherCount));
      count = union(list, count, listOf(order, k, offsets, lists), otherCount, both);
      list = both;
      k++;
    }
    if (at === pageStart) {
      firstKey = key;
      previousKey = key;
    }
    at = putVarint(at, key - previousKey);
    previousKey = key;
    if (count === blocks) at = putVarint(at, count * 4 + FORM_ALL);
    else if (count > bitmapBytes) {
      at = putVarint(at, count * 4 + FORM_BITMAP);
      memory.fill(at, 0, bitmapBytes);
      for (let n = 0; n < count; n++) {
        const block = load<i32>(list + 4 * n);
        const byte = at + (block >> 3);
        store<u8>(byte, load<u8>(byte) | ((<u8>1) << (<u8>(block & 7))));
      }
      at += bitmapBytes;
    } else {
      at = putVarint(at, count * 4 + FORM_LIST);
      let previous = 0;
      for (let n = 0; n < count; n++) {
        const block = load<i32>(list + 4 * n);
        at = putVarint(at, block - previous);
        previous = block;
      }
    }
    if (<i32>(at - pageStart) >= PAGE_BYTES || k === tokens) {
      store<u32>(pageEnds + 8 * pages, firstKey);
      store<u32>(pageEnds + 8 * pages, <u32>(at - pageBytes), 4);
      pages++;
      pageStart = at;
    }
  }
  return mark;
}

/**
 * Returns the blocks of the token at position `k` of the order; {@link countOf} returns their
 * number.
 */
@inline
function listOf(order: usize, k: i32, offsets: usize, lists: usize): usize {
  return lists + 4 * load<i32>(offsets + 4 * load<i32>(order + 8 * k));
}

@inline
function countOf(order: usize, k: i32, offsets: usize): i32 {
  const offset = offsets + 4 * load<i32>(order + 8 * k);
  return load<i32>(offset, 4) - load<i32>(offset);
}

/**
 * Turns the pairs, which are in block order, into the ascending block numbers of each token:
 * `lists[offsets[id] .. offsets[id + 1]]`. A counting sort.
 */
function invert(offsets: usize, lists: usize): void {
  memory.fill(offsets, 0, 4 * (tokens + 1));
  for (let k = 0; k < pairCount; k++) {
    const count = offsets + 4 * load<i32>(pairs + 4 * k) + 4;
    store<i32>(count, load<i32>(count) + 1);
  }
  for (let id = 0; id < tokens; id++) {
    store<i32>(offsets + 4 * id + 4, load<i32>(offsets + 4 * id + 4) + load<i32>(offsets + 4 * id));
  }
  const next = take(4 * tokens);
  memory.copy(next, offsets, 4 * tokens);
  for (let block = 0; block < blocks; block++) {
    const until = block + 1 < blocks ? load<i32>(starts + 4 * block + 4) : pairCount;
    for (let k = load<i32>(starts + 4 * block); k < until; k++) {
      const place = next + 4 * load<i32>(pairs + 4 * k);
      const at = load<i32>(place);
      store<i32>(lists + 4 * at, block);
      store<i32>(place, at + 1);
    }
  }
}

/** Bits of the key per pass of the sort, and the buckets of a pass. */
const SORT_BITS: i32 = 11;
const BUCKETS: usize = 1 << SORT_BITS;

/**
 * Returns the tokens by ascending key, 8 bytes each: the id in the lower half, the key in the
 * upper. A radix sort in three passes that moves keys along with ids, so that nothing is looked up
 * by id.
 */
function sortedTokens(): usize {
  let from = take(8 * tokens);
  let to = take(8 * tokens);
  const counts = take(12 * BUCKETS);
  memory.fill(counts, 0, 12 * BUCKETS);
  for (let id = 0; id < tokens; id++) {
    const key = keyOf(load<u64>(hashes + 8 * id));
    store<i32>(from + 8 * id, id);
    store<u32>(from + 8 * id, key, 4);
    for (let pass: u32 = 0; pass < 3; pass++) {
      const bucket = bucketOf(counts, key, pass);
      store<i32>(bucket, load<i32>(bucket) + 1);
    }
  }
  for (let pass: u32 = 0; pass < 3; pass++) {
    let sum = 0;
    for (let b: usize = 0; b < BUCKETS; b++) {
      const bucket = counts + 4 * (pass * BUCKETS + b);
      const count = load<i32>(bucket);
      store<i32>(bucket, sum);
      sum += count;
    }
    for (let i = 0; i < tokens; i++) {
      const token = load<u64>(from + 8 * i);
      const bucket = bucketOf(counts, <u32>(token >>> 32), pass);
      const at = load<i32>(bucket);
      store<u64>(to + 8 * at, token);
      store<i32>(bucket, at + 1);
    }
    const swap = from;
    from = to;
    to = swap;
  }
  return from;
}

@inline
function bucketOf(counts: usize, key: u32, pass: u32): usize {
  return counts + 4 * (pass * BUCKETS + ((key >>> (pass * SORT_BITS)) & (BUCKETS - 1)));
}

function union(a: usize, aCount: i32, b: usize, bCount: i32, into: usize): i32 {
  let i = 0;
  let j = 0;
  let count = 0;
  while (i < aCount || j < bCount) {
    const x = i < aCount ? load<i32>(a + 4 * i) : i32.MAX_VALUE;
    const y = j < bCount ? load<i32>(b + 4 * j) : i32.MAX_VALUE;
    store<i32>(into + 4 * count, min(x, y));
    count++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return count;
}

/** Writes seven bits per byte; returns the end. */
@inline
function putVarint(at: usize, value: u32): usize {
  while (value >= 0x80) {
    store<u8>(at++, (value & 0x7f) | 0x80);
    value >>>= 7;
  }
  store<u8>(at++, value);
  return at;
}
