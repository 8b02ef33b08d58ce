/**
 * The block cutter divides text into blocks: about 32 KB that end at a line end. A longer line is
 * split over several.
 */
import { isUtf8 } from 'node:buffer';
import { BYTE_CLASS } from '../base/tokens.ts';

/** Blocks are cut at the last line end before this size. */
export const BLOCK_BYTES = 32 * 1024;
/**
 * A line that goes on beyond this is cut: the block is joined with the next one when it is read.
 */
export const MAX_BLOCK_BYTES = 48 * 1024;
/** How far back from a cut within a line a separator is looked for. */
const LOOK_BACK = 512;

/**
 * So many NUL bytes in a row are a hole: what copytruncate leaves where a log was cut while
 * something wrote on at its old place.
 */
const MIN_HOLE_BYTES = 32;
const HOLE = Buffer.alloc(MIN_HOLE_BYTES);

/**
 * A line end in UTF-16 of either byte order between Latin characters. The byte of a line end alone
 * can be half of another character there, such as U+C80A.
 */
const WIDE_LINE_END = Buffer.from([0, 10, 0]);

/** A block in the bytes that are at hand. */
export interface Cut {
  end: number;
  /** Where the next block begins: behind a hole, where one follows. */
  next: number;
  /** The cut is within a line: the next block continues it. */
  inLine: boolean;
  /** The cut is within a token. */
  inToken: boolean;
}

/**
 * As {@link cutBlock}, for text: holes are in no block, and a line ends before one. A cut with `end
 * === start` has nothing but a part of a hole before its `next`.
 */
export function cutText(bytes: Buffer, start: number, end: number, isLast: boolean): Cut | null {
  // No block is longer than this, and what it needs of what follows it.
  const seen = Math.min(end, start + MAX_BLOCK_BYTES + MIN_HOLE_BYTES);
  const view = bytes.subarray(start, seen);
  const nul = view.indexOf(0);
  if (nul === -1) return cutBlock(bytes, start, end, isLast);
  const hole = view.indexOf(HOLE, nul);
  if (hole === 0) return skipHole(bytes, start, end, isLast);
  if (hole !== -1) {
    const cut = cutBlock(bytes, start, start + hole, true);
    return cut === null ? null : { ...cut, inLine: cut.end < start + hole && cut.inLine };
  }
  const cut = cutBlock(bytes, start, end, isLast);
  if (cut === null || cut.end === end) return cut;
  const wideEnd = view.subarray(0, BLOCK_BYTES + 1).lastIndexOf(WIDE_LINE_END);
  return wideEnd === -1 ? cut : cutAt(start + wideEnd + 2);
}

/** Behind a hole that begins at `start`; of one that may go on, enough is left to know it by. */
function skipHole(bytes: Buffer, start: number, end: number, isLast: boolean): Cut | null {
  let next = start + MIN_HOLE_BYTES;
  while (next < end && bytes[next] === 0) next++;
  if (next === end && !isLast) next -= MIN_HOLE_BYTES;
  return next === start ? null : { end: start, next, inLine: false, inToken: false };
}

/**
 * Where the block that begins at `start` ends, given bytes up to `end`; null: more bytes are needed
 * (never when `isLast`). `start < end` is required.
 */
export function cutBlock(bytes: Buffer, start: number, end: number, isLast: boolean): Cut | null {
  const length = end - start;
  if (length <= BLOCK_BYTES && isLast) return cutAt(end);
  if (length < MAX_BLOCK_BYTES && !isLast) return null;
  const before = bytes.subarray(start, start + BLOCK_BYTES).lastIndexOf(10);
  if (before !== -1) return cutAt(start + before + 1);
  const limit = Math.min(end, start + MAX_BLOCK_BYTES);
  const after = bytes.subarray(start + BLOCK_BYTES, limit).indexOf(10);
  if (after !== -1) return cutAt(start + BLOCK_BYTES + after + 1);
  if (limit === end && isLast) return cutAt(end);
  // A line longer than a block: cut it between tokens, never within a character.
  for (let at = limit; at > limit - LOOK_BACK; at--) {
    // Bytes from `@` on can be second halves of characters in legacy encodings.
    const byte = bytes[at - 1] as number;
    if (byte < 0x40 && BYTE_CLASS[byte] === 0) return cutAt(at, true);
  }
  if (!isUtf8Text(bytes.subarray(start, limit))) return cutAt(endOfPairs(bytes, start, limit), true, true);
  let at = limit;
  while (at > start + 1 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return cutAt(at, true, true);
}

/** Whether it is UTF-8 but for a character that is cut at its end. */
function isUtf8Text(bytes: Buffer): boolean {
  for (let end = bytes.length; end > bytes.length - 4; end--) if (isUtf8(bytes.subarray(0, end))) return true;
  return false;
}

/** The last place between characters of an encoding in which those beyond ASCII have two bytes. */
function endOfPairs(bytes: Buffer, start: number, limit: number): number {
  let at = start;
  while (at + 2 <= limit) at += (bytes[at] as number) < 0x80 ? 1 : 2;
  return at;
}

function cutAt(end: number, inLine = false, inToken = false): Cut {
  return { end, next: end, inLine, inToken };
}
