/**
 * Posting lists: for a key (a token's 32-bit hash) the ascending numbers of the blocks of one segment that have the token.
 *
 * A page is a sequence of entries, keys ascending: varint(key − previous key; the first: key − the page's first key), varint(count × 4 + form),
 * then by form 0: varint deltas of the block numbers; 1: a bitmap of ceil(blocks / 8) bytes; 2: nothing, the token is in every block.
 * Keys can collide: a list can name a block without the token (the verifier drops it), never miss one.
 */
/**
 * A page is closed when it has this size. With what the last list adds (a bitmap of a segment of 64 MB has 300 bytes) its row stays below
 * the 4,086 bytes that SQLite keeps within a page of 16 KB of a table without rowid; larger rows go to overflow pages, half of them empty.
 */
const PAGE_BYTES = 3_600;
const CHUNK_BYTES = 512 * 1024;
const FORM_LIST = 0;
const FORM_BITMAP = 1;
const FORM_ALL = 2;

/** Block numbers by token id: those of `id` are `blockNumbers[offsets[id] … ends[id])`, ascending. */
export interface TokenBlocks {
  offsets: Uint32Array;
  ends: Uint32Array;
  blockNumbers: Uint32Array;
}

/** Encode the lists of a segment. `order` gives token ids by ascending key. */
export function encodePostings(
  keys: Uint32Array,
  order: Uint32Array,
  { offsets, ends, blockNumbers }: TokenBlocks,
  blocks: number,
): { firstKey: number; data: Uint8Array }[] {
  const pages: { firstKey: number; data: Uint8Array }[] = [];
  const bitmapBytes = Math.ceil(blocks / 8);
  // A list is written as a bitmap when that is shorter: it takes at most two numbers and a bitmap, or five bytes for each of its blocks.
  const longest = 16 + 5 * bitmapBytes;
  // The pages lie side by side in large buffers: handing over thousands of small ones to the writer's thread is dear.
  let bytes = new Uint8Array(CHUNK_BYTES + PAGE_BYTES + longest);
  let pageStart = 0;
  let at = 0;
  let firstKey = 0;
  let previousKey = 0;
  for (let k = 0; k < order.length; ) {
    const id = order[k] as number;
    const key = keys[id] as number;
    let list = blockNumbers;
    let from = offsets[id] as number;
    let to = ends[id] as number;
    k++;
    while (k < order.length && keys[order[k] as number] === key) {
      const other = order[k] as number;
      list = union(list.subarray(from, to), blockNumbers.subarray(offsets[other], ends[other]));
      from = 0;
      to = list.length;
      k++;
    }
    if (at === pageStart) {
      firstKey = key;
      previousKey = key;
    }
    at = putVarint(bytes, at, key - previousKey);
    previousKey = key;
    const count = to - from;
    if (count === blocks) {
      at = putVarint(bytes, at, count * 4 + FORM_ALL);
    } else if (count > bitmapBytes) {
      at = putVarint(bytes, at, count * 4 + FORM_BITMAP);
      bytes.fill(0, at, at + bitmapBytes);
      for (let n = from; n < to; n++) {
        const block = list[n] as number;
        const byte = at + (block >> 3);
        bytes[byte] = (bytes[byte] as number) | (1 << (block & 7));
      }
      at += bitmapBytes;
    } else {
      at = putVarint(bytes, at, count * 4 + FORM_LIST);
      let previous = 0;
      for (let n = from; n < to; n++) {
        const block = list[n] as number;
        at = putVarint(bytes, at, block - previous);
        previous = block;
      }
    }
    if (at - pageStart >= PAGE_BYTES) {
      pages.push({ firstKey, data: bytes.subarray(pageStart, at) });
      pageStart = at;
      if (at >= CHUNK_BYTES) {
        bytes = new Uint8Array(CHUNK_BYTES + PAGE_BYTES + longest);
        pageStart = 0;
        at = 0;
      }
    }
  }
  if (at > pageStart) pages.push({ firstKey, data: bytes.subarray(pageStart, at) });
  return pages;
}

/** Write an unsigned number of at most 32 bits, seven bits a byte; returns where it ends. */
function putVarint(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value >>> 0;
  while (rest >= 0x80) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

function union(a: Uint32Array, b: Uint32Array): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(new Set([...a, ...b])).sort();
}

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
    for (let i = 0; i < this.bits.length; i++) this.bits[i] = (this.bits[i] as number) | (other.bits[i] as number);
  }

  and(other: BlockSet): void {
    for (let i = 0; i < this.bits.length; i++) this.bits[i] = (this.bits[i] as number) & (other.bits[i] as number);
  }

  /** Is no block in the set? */
  isEmpty(): boolean {
    return this.bits.every((byte) => byte === 0);
  }
}

/** Add to `into` the blocks that a page lists for a key; false when the page does not have the key. */
export function decodePosting(page: Uint8Array, firstKey: number, key: number, into: BlockSet): boolean {
  const bitmapBytes = Math.ceil(into.blocks / 8);
  let at = 0;
  let current = firstKey;
  const varint = (): number => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = page[at++] as number;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  };
  while (at < page.length) {
    current += varint();
    const head = varint();
    const form = head & 3;
    const count = Math.floor(head / 4);
    const isWanted = current === key;
    if (current > key) return false;
    if (form === FORM_ALL) {
      if (isWanted) into.or(new BlockSet(into.blocks, true));
    } else if (form === FORM_BITMAP) {
      if (isWanted) {
        for (let i = 0; i < bitmapBytes; i++) into.bits[i] = (into.bits[i] as number) | (page[at + i] as number);
      }
      at += bitmapBytes;
    } else if (isWanted) {
      let block = 0;
      for (let i = 0; i < count; i++) {
        block += varint();
        into.add(block);
      }
    } else {
      for (let i = 0; i < count; ) if ((page[at++] as number) < 0x80) i++;
    }
    if (isWanted) return true;
  }
  return false;
}
