/**
 * The block cutter divides text into blocks of about 32 KB that end at a line end. A line that is
 * too long spans several blocks.
 */
import { isUtf8 } from 'node:buffer';
import { BYTE_CLASS } from '../base/tokens.ts';

/** A block ends at the last line end before this size. */
export const BLOCK_BYTES = 32 * 1024;
/** A line that runs beyond this size is cut; readers join the block with the next one. */
export const MAX_BLOCK_BYTES = 48 * 1024;
/** Bytes to search for a separator before a cut within a line. */
const LOOK_BACK = 512;

/**
 * A run of at least this many NUL bytes is a hole: copytruncate leaves one when a program keeps
 * writing at its old offset after the log was truncated.
 */
const MIN_HOLE_BYTES = 32;
const HOLE = Buffer.alloc(MIN_HOLE_BYTES);

/**
 * A UTF-16 line end between Latin characters, in either byte order. The line end byte alone is
 * ambiguous: it can be half of another character, such as U+C80A.
 */
const WIDE_LINE_END = Buffer.from([0, 10, 0]);

/** The end of one block within the bytes read so far. */
export interface Cut {
  end: number;
  /** Start of the next block: past the hole, if one follows. */
  next: number;
  /** The cut is within a line, which continues in the next block. */
  inLine: boolean;
  /** The cut is within a token. */
  inToken: boolean;
}

/**
 * Cuts like {@link cutBlock}, but for text: no block contains a hole, and a line ends before one. A
 * cut with `end === start` covers only a part of a hole before its `next`.
 */
export function cutText(bytes: Buffer, start: number, end: number, isLast: boolean): Cut | null {
  // No block needs to see more than this.
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

/**
 * Skips the hole at `start`. If the hole may continue, leaves enough of it to recognise the rest.
 */
function skipHole(bytes: Buffer, start: number, end: number, isLast: boolean): Cut | null {
  let next = start + MIN_HOLE_BYTES;
  while (next < end && bytes[next] === 0) next++;
  if (next === end && !isLast) next -= MIN_HOLE_BYTES;
  return next === start ? null : { end: start, next, inLine: false, inToken: false };
}

/**
 * Finds the end of the block at `start` in the bytes up to `end`. Returns null if it needs more
 * bytes, which never happens when `isLast`. Requires `start < end`.
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
  // The line is longer than a block: cut between tokens, never within a character.
  for (let at = limit; at > limit - LOOK_BACK; at--) {
    // In legacy encodings, bytes from `@` up can be the second half of a character.
    const byte = bytes[at - 1] as number;
    if (byte < 0x40 && BYTE_CLASS[byte] === 0) return cutAt(at, true);
  }
  if (!isUtf8Text(bytes.subarray(start, limit))) return cutAt(endOfPairs(bytes, start, limit), true, true);
  let at = limit;
  while (at > start + 1 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return cutAt(at, true, true);
}

/** Decides whether the bytes are UTF-8, apart from a character cut off at the end. */
function isUtf8Text(bytes: Buffer): boolean {
  for (let end = bytes.length; end > bytes.length - 4; end--) if (isUtf8(bytes.subarray(0, end))) return true;
  return false;
}

/**
 * Returns the last character boundary, assuming an encoding with two bytes per non-ASCII character.
 */
function endOfPairs(bytes: Buffer, start: number, limit: number): number {
  let at = start;
  while (at + 2 <= limit) at += (bytes[at] as number) < 0x80 ? 1 : 2;
  return at;
}

function cutAt(end: number, inLine = false, inToken = false): Cut {
  return { end, next: end, inLine, inToken };
}
