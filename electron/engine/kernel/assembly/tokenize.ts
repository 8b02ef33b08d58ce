/**
 * The tokenizer finds the tokens of a block: runs of ASCII letters, digits and `_`, and single
 * characters beyond ASCII. It must agree with base/tokens.ts, which tokenizes queries.
 */
import { hashOfCharacter, hashOfRun } from './hash.ts';
import { BEYOND, ENDS, FOLDED, INPUT, MASK, PIECE, SPANS, STARTS } from './memory.ts';
import { TOKEN_MAX } from './numbers.ts';
import { addToken } from './segment.ts';

/**
 * Returns the representative of all code points that are the same letter (`foldCodePoint` in
 * base/tokens.ts).
 */
// @ts-expect-error: decorator
@external('kernel', 'fold')
declare function fold(codePoint: i32): i32;

/**
 * Set if the block has a run without text in the vocabulary: one longer than a token, or one in a
 * block of long runs.
 */
export let sawLong: bool = false;

/**
 * Sets one bit for each byte of the block that is part of a token, and for each byte beyond ASCII.
 * Returns whether there are any of the latter.
 */
export function classify(length: i32): bool {
  let any: v128 = i64x2.splat(0);
  const letterA = i8x16.splat(97);
  const digit0 = i8x16.splat(48);
  const low = i8x16.splat(95);
  const case_ = i8x16.splat(0x20);
  const letters = i8x16.splat(26);
  const digits = i8x16.splat(10);
  for (let at = 0; at < length; at += 16) {
    const bytes = v128.load(INPUT + at);
    const isLetter = i8x16.lt_u(i8x16.sub(v128.or(bytes, case_), letterA), letters);
    const isDigit = i8x16.lt_u(i8x16.sub(bytes, digit0), digits);
    const isWord = v128.or(v128.or(isLetter, isDigit), i8x16.eq(bytes, low));
    any = v128.or(any, bytes);
    // The highest bit of a byte is set by a match, or because the byte is beyond ASCII.
    store<u16>(MASK + (at >>> 3), <u16>i8x16.bitmask(v128.or(isWord, bytes)));
  }
  // Nothing after the block is a token.
  memory.fill(MASK + (((length + 15) & ~15) >>> 3), 0, 16);
  if (i8x16.bitmask(any) === 0) return false;
  for (let at = 0; at < length; at += 16) store<u16>(BEYOND + (at >>> 3), <u16>i8x16.bitmask(v128.load(INPUT + at)));
  memory.fill(BEYOND + (((length + 15) & ~15) >>> 3), 0, 16);
  return true;
}

/** Adds the tokens of the spans of a block of `length` bytes to the segment. */
export function addSpans(length: i32, spans: i32, hasBeyondAscii: bool): void {
  sawLong = false;
  clearBetween(length, spans);
  const runs = findRuns(length);
  if (runs * DENSE_RUN_BYTES < length && isOfLongRuns(length, runs)) {
    addDense(runs, hasBeyondAscii);
    return;
  }
  // All runs are located before the first is hashed, so that the processor can work on the next run
  // while it waits for memory.
  for (let k = 0; k < runs; k++) {
    const at = <i32>load<u16>(STARTS + 2 * k);
    const end = <i32>load<u16>(ENDS + 2 * k);
    if (hasBeyondAscii && isAnyBeyond(at, end)) addMixed(at, end);
    else if (end - at > TOKEN_MAX) addLetters(at, end);
    else addToken(hashOfRun(INPUT + at, end - at), INPUT + at, end - at);
  }
}

/**
 * Changes the hash of a token without text, in the half that is not its key, so that it differs
 * from the same token with text.
 */
const WITHOUT_TEXT: u64 = 1;

/** Runs of this many bytes are long: most logs have a run every six bytes or so. */
const DENSE_RUN_BYTES: i32 = 16;

/** Decides whether most bytes of the block are in long runs, as in base64 and lists of digests. */
function isOfLongRuns(length: i32, runs: i32): bool {
  let bytes = 0;
  for (let k = 0; k < runs; k++) {
    const run = <i32>load<u16>(ENDS + 2 * k) - <i32>load<u16>(STARTS + 2 * k);
    if (run >= DENSE_RUN_BYTES) bytes += run;
  }
  return 2 * bytes > length;
}

/**
 * Adds a block of long runs without their text: hardly any of them occurs twice, and the vocabulary
 * would become as large as the log. Searches for a part of a token read the whole block instead.
 */
function addDense(runs: i32, hasBeyondAscii: bool): void {
  sawLong = true;
  for (let k = 0; k < runs; k++) {
    const at = <i32>load<u16>(STARTS + 2 * k);
    const end = <i32>load<u16>(ENDS + 2 * k);
    if (hasBeyondAscii && isAnyBeyond(at, end)) addMixed(at, end);
    else if (end - at > TOKEN_MAX) addLetters(at, end);
    else addRun(INPUT + at, end - at, end - at >= DENSE_RUN_BYTES);
  }
}

/** Clears the bits outside all spans, so that no token is found there. */
function clearBetween(length: i32, spans: i32): void {
  let from = 0;
  for (let k = 0; k < spans; k++) {
    clearBits(from, load<i32>(SPANS + 8 * k));
    from = load<i32>(SPANS + 8 * k, 4);
  }
  clearBits(from, length);
}

@inline
function clearBits(from: i32, to: i32): void {
  for (let at = from; at < to; ) {
    const count = min(56, to - at);
    const place = MASK + (at >>> 3);
    store<u64>(place, load<u64>(place) & ~((((<u64>1) << count) - 1) << (at & 7)));
    at += count;
  }
}

/** Writes the starts and ends of runs of mask bits; returns their number. */
function findRuns(length: i32): i32 {
  let starts = STARTS;
  let ends = ENDS;
  let carry: u64 = 0;
  for (let base = 0; base <= length; base += 64) {
    const bits = load<u64>(MASK + (base >>> 3));
    const before = (bits << 1) | carry;
    carry = bits >>> 63;
    starts = putPlaces(starts, bits & ~before, base);
    ends = putPlaces(ends, before & ~bits, base);
  }
  return <i32>((starts - STARTS) >>> 1);
}

/**
 * Writes the position of each bit. Always writes four, whether they exist or not, to avoid branches
 * that the processor cannot predict.
 */
@inline
function putPlaces(to: usize, bits: u64, base: i32): usize {
  const count = <usize>popcnt(bits);
  let rest = bits;
  for (let at = to; rest !== 0; at += 8) {
    store<u16>(at, <u16>(base + <i32>ctz(rest)));
    rest &= rest - 1;
    store<u16>(at, <u16>(base + <i32>ctz(rest)), 2);
    rest &= rest - 1;
    store<u16>(at, <u16>(base + <i32>ctz(rest)), 4);
    rest &= rest - 1;
    store<u16>(at, <u16>(base + <i32>ctz(rest)), 6);
    rest &= rest - 1;
  }
  return to + 2 * count;
}

function isAnyBeyond(from: i32, to: i32): bool {
  for (let at = from; at < to; at += 57) {
    const bits = load<u64>(BEYOND + (at >>> 3)) >>> (at & 7);
    if (at + <i32>ctz(bits) < to && bits !== 0) return true;
  }
  return false;
}

/**
 * Adds a run that has characters beyond ASCII: some fold into letters of ASCII runs, the others are
 * tokens of their own.
 */
function addMixed(from: i32, to: i32): void {
  let at = from;
  while (at < to) at = letterAt(at, to) !== -1 ? addLetters(at, to) : addCharacter(at, to);
}

/**
 * Returns the ASCII letter at `at`, itself or as a character that folds into one (U+017F, U+212A);
 * -1 if there is none.
 */
function letterAt(at: i32, to: i32): i32 {
  const byte = <i32>load<u8>(INPUT + at);
  if (byte < 0x80) {
    const lower = byte | 0x20;
    const isWord = (lower >= 97 && lower <= 122) || (byte >= 48 && byte <= 57) || byte === 95;
    return isWord ? byte : -1;
  }
  if (byte === 0xc5 && at + 1 < to && load<u8>(INPUT + at + 1) === 0xbf) return 115;
  if (byte === 0xe2 && at + 2 < to && load<u16>(INPUT + at + 1) === 0xaa84) return 107;
  return -1;
}

/**
 * Adds a run of letters in pieces of at most TOKEN_MAX; returns its end. The pieces of a longer run
 * have no text in the vocabulary, so their block is a candidate of every search for a part of a
 * token.
 */
function addLetters(from: i32, to: i32): i32 {
  let at = from;
  let length = 0;
  let isLong = false;
  for (;;) {
    const letter = at < to ? letterAt(at, to) : -1;
    if (letter === -1 || length === TOKEN_MAX) {
      if (letter !== -1) isLong = true;
      if (length > 0) addRun(PIECE, length, isLong);
      if (letter === -1) break;
      length = 0;
    }
    store<u8>(PIECE + length, <u8>letter);
    length++;
    const byte = load<u8>(INPUT + at);
    at += byte === 0xc5 ? 2 : byte === 0xe2 ? 3 : 1;
  }
  if (isLong) sawLong = true;
  return at;
}

/** Adds a run of at most TOKEN_MAX letters; `isBare` leaves out its text. */
function addRun(at: usize, length: i32, isBare: bool): void {
  const hash = hashOfRun(at, length);
  if (isBare) addToken(hash ^ WITHOUT_TEXT, at, 0);
  else addToken(hash, at, length);
}

/**
 * Adds a character beyond ASCII; returns its end. Skips damaged UTF-8, which queries never require.
 */
function addCharacter(at: i32, to: i32): i32 {
  const lead = <i32>load<u8>(INPUT + at);
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  if (length === 1 || at + length > to) return at + 1;
  let codePoint = lead & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) {
    const next = <i32>load<u8>(INPUT + at + k);
    if ((next & 0xc0) !== 0x80) return at + 1;
    codePoint = (codePoint << 6) | (next & 0x3f);
  }
  if (codePoint <= 0x10ffff) addToken(hashOfCharacter(folded(codePoint)), INPUT + at, 0);
  return at + length;
}

function folded(codePoint: i32): i32 {
  if (codePoint > 0xffff) return fold(codePoint);
  const place = FOLDED + 4 * codePoint;
  const known = load<i32>(place);
  if (known !== 0) return known - 1;
  const letter = fold(codePoint);
  store<i32>(place, letter + 1);
  return letter;
}
