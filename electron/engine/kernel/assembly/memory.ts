/**
 * The kernel's memory: fixed areas, then a heap that grows. There is no allocator: a kernel whose
 * memory has become large is discarded.
 */

/** The block; the 64 bytes after it must be 0. */
export const INPUT: usize = 0x1_0000;
/** Largest size of a block. */
export const MAX_INPUT: i32 = 0xff00;
/** One bit per byte of the block: part of a token, or beyond ASCII. */
export const MASK: usize = 0x2_0000;
/** One bit per byte: beyond ASCII. Written only if the block has such bytes. */
export const BEYOND: usize = 0x2_2100;
/** Pairs of offsets `from, to` in the block, 32 bits each. */
export const SPANS: usize = 0x2_4200;
export const MAX_SPANS: i32 = 0x1700;
/** Starts and ends of runs, 16 bits each. */
export const STARTS: usize = 0x3_0000;
export const ENDS: usize = 0x4_0000;
/** 65 pairs of 64-bit masks: see `makeKept` in hash.ts. */
export const KEPT: usize = 0x7_1000;
/** Lines that later lines may repeat: see lines.ts. */
export const KNOWN: usize = 0x7_1800;
/** The literals to find: see literals.ts; 56 KB. */
export const LITERALS: usize = 0x7_2000;
/** Letters of a token that is not all ASCII, or of a run longer than a token. */
export const PIECE: usize = 0x7_0000;
/** Cache of folded code points below 0x10000: the folded one + 1, or 0 if not computed yet. */
export const FOLDED: usize = 0x8_0000;
export const HEAP: usize = 0xc_0000;

/** First free byte. */
let top: usize = HEAP;

/**
 * Takes `bytes` (rounded up to 64) from the heap. The memory keeps its old contents, or 0 if never
 * used.
 */
export function take(bytes: usize): usize {
  const at = top;
  top = (at + bytes + 63) & ~(<usize>63);
  const pages = <i32>((top + 0xffff) >>> 16);
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(missing) === -1) unreachable();
  return at;
}

/** Frees everything taken from `at` on. */
export function release(at: usize): void {
  top = at;
}
