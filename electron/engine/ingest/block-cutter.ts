import { BYTE_CLASS } from '../base/tokens.ts';

/** Blocks are cut at the last line end before this size. */
export const BLOCK_BYTES = 32 * 1024;
/** A line that goes on beyond this is cut: the block is joined with the next one when it is read. */
export const MAX_BLOCK_BYTES = 48 * 1024;
/** How far back from a cut within a line a separator is looked for. */
const LOOK_BACK = 512;

/** A block in the bytes that are at hand. */
export interface Cut {
  end: number;
  /** The cut is within a line: the next block continues it. */
  inLine: boolean;
  /** The cut is within a token. */
  inToken: boolean;
}

/**
 * Where the block that begins at `start` ends, given bytes up to `end`; null: more bytes are needed (never when `isLast`).
 * `start < end` is required.
 */
export function cutBlock(bytes: Buffer, start: number, end: number, isLast: boolean): Cut | null {
  const length = end - start;
  if (length <= BLOCK_BYTES && isLast) return { end, inLine: false, inToken: false };
  if (length < MAX_BLOCK_BYTES && !isLast) return null;
  const before = bytes.subarray(start, start + BLOCK_BYTES).lastIndexOf(10);
  if (before !== -1) return { end: start + before + 1, inLine: false, inToken: false };
  const limit = Math.min(end, start + MAX_BLOCK_BYTES);
  const after = bytes.subarray(start + BLOCK_BYTES, limit).indexOf(10);
  if (after !== -1) return { end: start + BLOCK_BYTES + after + 1, inLine: false, inToken: false };
  if (limit === end && isLast) return { end, inLine: false, inToken: false };
  // A line longer than a block: cut it between tokens, never within a character.
  for (let at = limit; at > limit - LOOK_BACK; at--) {
    if (BYTE_CLASS[bytes[at - 1] as number] === 0) return { end: at, inLine: true, inToken: false };
  }
  let at = limit;
  while (at > start + 1 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return { end: at, inLine: true, inToken: true };
}
