/**
 * A posting list has, for a key (a token's 32-bit hash), the ascending numbers of the blocks of one
 * segment that contain the token.
 *
 * A page is a sequence of entries with ascending keys: varint(key − previous key; for the first,
 * key − the page's first key), varint(count × 4 + form), then depending on the form 0: varint
 * deltas of the block numbers; 1: a bitmap of ceil(blocks / 8) bytes; 2: nothing, the token is in
 * every block. The kernel writes pages (kernel/assembly/segment.ts). Keys can collide, so a list
 * can name a block without the token (verifying drops it), but never misses one.
 */

import { FORM_ALL, FORM_BITMAP, FORM_LIST } from '../base/kernel-numbers.ts';
import { at } from '../base/typed.ts';

/** A set of block numbers of one segment, as bits. */
export class BlockSet {
  readonly bits: Uint8Array;
  readonly blocks: number;

  constructor(blocks: number, full = false) {
    this.blocks = blocks;
    this.bits = new Uint8Array(Math.ceil(blocks / 8));
    if (full) {
      this.bits.fill(0xff);
      const rest = blocks & 7;
      if (rest !== 0) this.bits[this.bits.length - 1] = (1 << rest) - 1;
    }
  }

  add(block: number): void {
    const byte = block >> 3;
    this.bits[byte] = (this.bits[byte] as number) | (1 << (block & 7));
  }

  has(block: number): boolean {
    return ((this.bits[block >> 3] as number) & (1 << (block & 7))) !== 0;
  }

  or(other: BlockSet): void {
    for (let i = 0; i < this.bits.length; i++) this.bits[i] = at(this.bits, i) | at(other.bits, i);
  }

  and(other: BlockSet): void {
    for (let i = 0; i < this.bits.length; i++) this.bits[i] = at(this.bits, i) & at(other.bits, i);
  }

  /** Decides whether the set has no block. */
  isEmpty(): boolean {
    return this.bits.every((byte) => byte === 0);
  }
}

/** Returns the end of the varint at `at`. */
function skipVarint(page: Uint8Array, at: number): number {
  let end = at;
  while ((page[end++] as number) >= 0x80);
  return end;
}

/** Reads the unsigned varint of at most 32 bits at `at`. */
function varintAt(page: Uint8Array, at: number): number {
  let value = 0;
  let scale = 1;
  for (let k = at; ; k++) {
    const byte = page[k] as number;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
    scale *= 128;
  }
}

/**
 * Adds to `into` the blocks that a page lists for any of several ascending keys. Returns how many
 * of the keys it has.
 */
export function decodePostings(page: Uint8Array, firstKey: number, keys: ArrayLike<number>, into: BlockSet): number {
  const bitmapBytes = Math.ceil(into.blocks / 8);
  let found = 0;
  let at = 0;
  let next = 0;
  let key = keys[0] ?? -1;
  for (let current = firstKey; at < page.length && next < keys.length; ) {
    current += varintAt(page, at);
    while (key < current && next < keys.length) key = keys[++next] ?? -1;
    if (next === keys.length) break;
    at = skipVarint(page, at);
    const head = varintAt(page, at);
    at = skipVarint(page, at);
    if (current === key) {
      addBlocks(page, at, head, into);
      found++;
    }
    const form = head & 3;
    if (form === FORM_BITMAP) at += bitmapBytes;
    else if (form === FORM_LIST) for (let left = head >>> 2; left > 0; left--) at = skipVarint(page, at);
  }
  return found;
}

function addBlocks(page: Uint8Array, start: number, head: number, into: BlockSet): void {
  const form = head & 3;
  if (form === FORM_ALL) into.or(new BlockSet(into.blocks, true));
  else if (form === FORM_BITMAP) {
    for (let i = 0; i < into.bits.length; i++) into.bits[i] = (into.bits[i] as number) | (page[start + i] as number);
  } else {
    let at = start;
    let block = 0;
    for (let left = head >>> 2; left > 0; left--) {
      block += varintAt(page, at);
      at = skipVarint(page, at);
      into.add(block);
    }
  }
}
