/**
 * Finds lines with an ASCII literal, 16 bytes at a time. Reads past the input (by 16 bytes and the
 * length of the literal), but never matches there.
 */

import { FINDER_MAX_BYTES } from './numbers.ts';

/**
 * The literal, with the case bit set in each byte that is compared in any case; and that bit, or 0,
 * for each byte.
 */
const NEEDLE: usize = 0x1000;
const FOLD: usize = 0x1100;
/** Tables of 256 bytes, 1 for word characters: without and with the bytes beyond ASCII. */
const WORD: usize = 0x1200;
const WORD_OR_BEYOND: usize = 0x1300;
const INPUT: usize = 0x1400;
/**
 * Three numbers per found line: its start, its end (its line end or that of the input), and its
 * number. Every found line takes at least a byte and a line end of input, which bounds their
 * number.
 */
const LINES: usize = INPUT + FINDER_MAX_BYTES + 0x400;

export function needleAt(): usize {
  return NEEDLE;
}
export function foldAt(): usize {
  return FOLD;
}
export function wordAt(): usize {
  return WORD;
}
export function inputAt(): usize {
  return INPUT;
}
export function linesAt(): usize {
  return LINES;
}

/**
 * The position up to which line ends are counted, their number, and the start of the line there.
 */
let counted: usize = 0;
let line: i32 = 0;
let start: usize = 0;

/**
 * Writes each line of the first `bytes` of the input that contains the literal of `length` bytes;
 * returns how many. Compares the bytes `rare1` and `rare2` of the literal at sixteen positions at a
 * time, and the whole literal where both match. `before` and `after` forbid a word character on
 * that side; `beyondIsWord` counts bytes beyond ASCII as such.
 */
export function find(
  bytes: i32,
  length: i32,
  rare1: i32,
  rare2: i32,
  before: bool,
  after: bool,
  beyondIsWord: bool,
): i32 {
  if (length > bytes) return 0;
  const byte1 = i8x16.splat(load<i8>(NEEDLE + rare1));
  const byte2 = i8x16.splat(load<i8>(NEEDLE + rare2));
  const fold1 = i8x16.splat(load<i8>(FOLD + rare1));
  const fold2 = i8x16.splat(load<i8>(FOLD + rare2));
  const word = beyondIsWord ? WORD_OR_BEYOND : WORD;
  const to = INPUT + bytes;
  const last = to - length;
  let out = LINES;
  counted = INPUT;
  line = 0;
  start = INPUT;
  let at = INPUT;
  while (at <= last) {
    let mask = i8x16.bitmask(
      v128.and(
        i8x16.eq(v128.or(v128.load(at + rare1), fold1), byte1),
        i8x16.eq(v128.or(v128.load(at + rare2), fold2), byte2),
      ),
    );
    let next = at + 16;
    while (mask !== 0) {
      const place = at + ctz(mask);
      mask &= mask - 1;
      if (place > last) break;
      if (!isNeedle(place, length)) continue;
      if (before && place > INPUT && load<u8>(word + load<u8>(place - 1)) !== 0) continue;
      if (after && place < last && load<u8>(word + load<u8>(place + length)) !== 0) continue;
      countTo(place);
      const end = min(lineEnd(place + length, to), to);
      store<i32>(out, <i32>(start - INPUT));
      store<i32>(out, <i32>(end - INPUT), 4);
      store<i32>(out, line, 8);
      out += 12;
      counted = end;
      next = end + 1;
      break;
    }
    at = next;
  }
  return <i32>(out - LINES) / 12;
}

function isNeedle(place: usize, length: i32): bool {
  for (let k = 0; k < length; k++) {
    if ((load<u8>(place + k) | load<u8>(FOLD + k)) !== load<u8>(NEEDLE + k)) return false;
  }
  return true;
}

function lineEnds(at: usize): i32 {
  return i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(10)));
}

/** Counts the line ends before a position and notes where its line starts. */
function countTo(place: usize): void {
  for (let at = counted; at < place; at += 16) {
    let mask = lineEnds(at);
    const rest = place - at;
    if (rest < 16) mask &= (1 << (<i32>rest)) - 1;
    if (mask === 0) continue;
    line += popcnt(mask);
    start = at + 32 - clz(mask);
  }
}

/** Returns the first line end from a position on; `to` or beyond if there is none. */
function lineEnd(place: usize, to: usize): usize {
  for (let at = place; at < to; at += 16) {
    const mask = lineEnds(at);
    if (mask !== 0) return at + ctz(mask);
  }
  return to;
}
