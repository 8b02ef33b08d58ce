/**
 * The kernel's memory: fixed places first, then what grows. No allocator: a kernel whose memory
 * became large is thrown away.
 */

/** Where a block's bytes are put; the 64 bytes after them must be 0. */
export const INPUT: usize = 0x1_0000;
/** No block is larger. */
export const MAX_INPUT: i32 = 0xff00;
/** One bit a byte of the block: part of a token, or beyond ASCII. */
export const MASK: usize = 0x2_0000;
/** One bit a byte: beyond ASCII. Written only where the block has such bytes. */
export const BEYOND: usize = 0x2_2100;
/** Bytes `from, to` of the block, 32 bits each. */
export const SPANS: usize = 0x2_4200;
export const MAX_SPANS: i32 = 0x1700;
/** Where runs begin and where they end, 16 bits each. */
export const STARTS: usize = 0x3_0000;
export const ENDS: usize = 0x4_0000;
/** 65 times two words of bits: see `makeKept` of hash.ts. */
export const KEPT: usize = 0x7_1000;
/** Lines that others may be like: see lines.ts. */
export const KNOWN: usize = 0x7_1800;
/** The literals that are looked for: see literals.ts; 56 KB. */
export const LITERALS: usize = 0x7_2000;
/** Letters of a token that is not all ASCII, or longer than a token. */
export const PIECE: usize = 0x7_0000;
/** Folded code points below 0x10000 + 1, 0 where not asked for yet. */
export const FOLDED: usize = 0x8_0000;
export const HEAP: usize = 0xc_0000;

/** First byte that is free. */
let top: usize = HEAP;

/**
 * Take `bytes` (rounded up to 64) from the heap; they are what was left there, 0 where never used.
 */
export function take(bytes: usize): usize {
  const at = top;
  top = (at + bytes + 63) & ~(<usize>63);
  const pages = <i32>((top + 0xffff) >>> 16);
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(missing) === -1) unreachable();
  return at;
}

/** Give back everything taken since `at` was. */
export function release(at: usize): void {
  top = at;
}
