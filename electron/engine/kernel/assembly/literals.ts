/**
 * A literal is a text whose lines the parsers want to see: a needle, or the beginning of a
 * traceback. The kernel finds all literals of a block in one pass.
 */
import { ENDS, INPUT, LITERALS, STARTS } from './memory.ts';
import { LITERAL_BUCKETS, LITERAL_MIN_BYTES } from './numbers.ts';

/**
 * Finds literals at 16 positions at a time. Each of the first three bytes of a literal has two
 * tables, one for its lower and one for its upper half, with one bit for each of eight buckets of
 * literals. A position that keeps a bit through all six tables may begin a literal of that bucket
 * and is compared. This is the "Teddy" algorithm of Hyperscan, as described in Rust's aho-corasick.
 *
 * `LiteralSet` writes the data at LITERALS: the six tables of 16 bytes; for each bucket the start
 * and end of its entries; 16 spare bytes; entries (offset of the literal's text, length, kind);
 * texts. Numbers have 16 bits, offsets count from LITERALS.
 */
const BUCKETS: usize = LITERALS + 96;
/** The 16 spare bytes. */
const FOUND: usize = BUCKETS + 4 * LITERAL_BUCKETS;

let needles: i32 = 0;
let tracebacks: i32 = 0;
let nextNeedle: i32 = 0;
let nextTraceback: i32 = 0;

/**
 * Finds the literals of both kinds in the block of `length` bytes. Writes their ascending offsets,
 * 16 bits each, to STARTS (kind 0) and ENDS (kind 1), and returns both counts.
 */
export function findLiterals(length: i32): i32 {
  needles = 0;
  tracebacks = 0;
  nextNeedle = 0;
  nextTraceback = 0;
  const low0 = v128.load(LITERALS);
  const high0 = v128.load(LITERALS, 16);
  const low1 = v128.load(LITERALS, 32);
  const high1 = v128.load(LITERALS, 48);
  const low2 = v128.load(LITERALS, 64);
  const high2 = v128.load(LITERALS, 80);
  const half = i8x16.splat(15);
  for (let at = 0; at < length; at += 16) {
    const a = v128.load(INPUT + at);
    const b = v128.load(INPUT + at, 1);
    const c = v128.load(INPUT + at, 2);
    const first = v128.and(i8x16.swizzle(low0, v128.and(a, half)), i8x16.swizzle(high0, i8x16.shr_u(a, 4)));
    const second = v128.and(i8x16.swizzle(low1, v128.and(b, half)), i8x16.swizzle(high1, i8x16.shr_u(b, 4)));
    const third = v128.and(i8x16.swizzle(low2, v128.and(c, half)), i8x16.swizzle(high2, i8x16.shr_u(c, 4)));
    const all = v128.and(v128.and(first, second), third);
    if (!v128.any_true(all)) continue;
    let places = ~i8x16.bitmask(i8x16.eq(all, i8x16.splat(0))) & 0xffff;
    v128.store(FOUND, all);
    while (places !== 0) {
      const place = ctz(places);
      places &= places - 1;
      compare(at + place, <i32>load<u8>(FOUND + place));
    }
  }
  return needles | (tracebacks << 16);
}

function compare(place: i32, buckets: i32): void {
  let rest = buckets;
  while (rest !== 0) {
    const bucket: usize = ctz(rest);
    rest &= rest - 1;
    const end = <usize>load<u16>(BUCKETS + 4 * bucket, 2);
    for (let entry = <usize>load<u16>(BUCKETS + 4 * bucket); entry < end; entry += 6) {
      const text = LITERALS + <usize>load<u16>(LITERALS + entry);
      if (isAt(place, text, <i32>load<u16>(LITERALS + entry, 2))) note(place, <i32>load<u16>(LITERALS + entry, 4));
    }
  }
}

@inline
function isAt(place: i32, text: usize, length: i32): bool {
  for (let k = 0; k < length; k++) {
    if (load<u8>(INPUT + place + k) !== load<u8>(text + k)) return false;
  }
  return true;
}

function note(place: i32, kind: i32): void {
  if (kind === 0) {
    if (place < nextNeedle) return;
    nextNeedle = place + LITERAL_MIN_BYTES;
    store<u16>(STARTS + 2 * needles, <u16>place);
    needles++;
  } else {
    if (place < nextTraceback) return;
    nextTraceback = place + LITERAL_MIN_BYTES;
    store<u16>(ENDS + 2 * tracebacks, <u16>place);
    tracebacks++;
  }
}
