/**
 * Posting lists: for a key (a token's 32-bit hash) the ascending numbers of the blocks of one segment that have the token.
 *
 * A page is a sequence of entries, keys ascending: varint(key − previous key; the first: key − the page's first key), varint(count × 4 + form),
 * then by form 0: varint deltas of the block numbers; 1: a bitmap of ceil(blocks / 8) bytes; 2: nothing, the token is in every block.
 * The kernel writes them (kernel/assembly/segment.ts). Keys can collide: a list can name a block without the token (the verifier drops it), never miss one.
 */
const FORM_BITMAP = 1;
const FORM_ALL = 2;

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
