/**
 * A known line repeats the prefix of an earlier line of the block except for the seconds, so only
 * the seconds have to be read. In logs whose lines begin with `YYYY-MM-DD
 * HH:MM:SS,mmm|logger|LEVEL|pid|thread|`, nearly every line is known.
 */
import { INPUT, KNOWN, MAX_SPANS, SPANS } from './memory.ts';
import { KNOWN_LINE_SLOTS, MILLIS_MARK_AT, SECONDS_AT, TIME_BAR_AT } from './numbers.ts';

/** Offset of the level in a line; 0 if no line is known. */
let levelAt: i32 = 0;
/** Number of closed spans of the block, and the start of the open one. */
let spans: i32 = 0;
let open: i32 = 0;

/** Results of the last `readQuiet`. */
export let lines: i32 = 0;
export let minUs: f64 = 0;
export let maxUs: f64 = 0;
export let lastUs: f64 = 0;

/** Starts a block. */
export function beginLines(): void {
  levelAt = 0;
  spans = 0;
  open = 0;
  forgetQuiet();
}

/** Remembers a parsed line, so that lines like it can be read. */
export function remember(start: i32, length: i32, level: i32, isQuiet: bool, minuteUs: f64): void {
  levelAt = level;
  const known = slotOf(start);
  store<i32>(known, start);
  store<i32>(known, length, 4);
  store<i32>(known, 0, 8);
  store<i32>(known, isQuiet ? 1 : 0, 12);
  store<f64>(known, minuteUs, 16);
}

/**
 * Returns the slot that holds the last line of a level, chosen by bits of the level's first letter.
 * A slot has 32 bytes: the start of the line (-1: none), how many bytes another line must share (up
 * to the bar after the thread), how many lines of the current call were like it, whether lines like
 * it are quiet (0, 1), and its minute in microseconds (64-bit float).
 */
@inline
function slotOf(start: i32): usize {
  return KNOWN + 32 * (<usize>load<u8>(INPUT + start + levelAt) & (KNOWN_LINE_SLOTS - 1));
}

/** Forgets all lines, because what made them quiet has changed. */
export function forgetQuiet(): void {
  for (let slot = 0; slot < KNOWN_LINE_SLOTS; slot++) store<i32>(KNOWN + 32 * slot, -1);
}

/**
 * Reads lines from `from` on while they are quiet and end before `to`, which is a line start or a
 * place that needs parsing. Returns the start of the first line not read.
 */
export function readQuiet(from: i32, to: i32): i32 {
  lines = 0;
  minUs = Infinity;
  maxUs = -Infinity;
  for (let slot = 0; slot < KNOWN_LINE_SLOTS; slot++) store<i32>(KNOWN + 32 * slot, 0, 8);
  let at = from;
  if (levelAt === 0) return at;
  while (at < to) {
    const end = lineEnd(at, to);
    if (end >= to || at + levelAt >= end) break;
    const known = slotOf(at);
    const start = load<i32>(known);
    const length = load<i32>(known, 4);
    if (start === -1 || load<i32>(known, 12) === 0 || at + length > end || !isAlike(at, start, length)) break;
    const millis = millisAt(at);
    if (millis < 0) break;
    const timeUs = load<f64>(known, 16) + <f64>millis * 1000;
    lastUs = timeUs;
    if (timeUs < minUs) minUs = timeUs;
    if (timeUs > maxUs) maxUs = timeUs;
    store<i32>(known, load<i32>(known, 8) + 1, 8);
    store<i32>(known, at);
    if (spans < MAX_SPANS - 3) {
      addSpan(open, at);
      addSpan(at + SECONDS_AT, at + TIME_BAR_AT);
      open = at + length;
    }
    lines++;
    at = end + 1;
  }
  return at;
}

/** Returns the index of the first line end in `[from, to)`, or `to`. */
@inline
function lineEnd(from: i32, to: i32): i32 {
  const ten = i8x16.splat(10);
  for (let at = from; at < to; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(INPUT + at), ten));
    if (found !== 0) return at + ctz(found);
  }
  return to;
}

/** Compares all but the seconds: the first 17 bytes, the mark, and everything from the bar on. */
@inline
function isAlike(at: i32, other: i32, length: i32): bool {
  const a = INPUT + at;
  const b = INPUT + other;
  if (!i8x16.all_true(i8x16.eq(v128.load(a), v128.load(b)))) return false;
  if (load<u8>(a, 16) !== load<u8>(b, 16) || load<u8>(a, MILLIS_MARK_AT) !== load<u8>(b, MILLIS_MARK_AT)) return false;
  let k = TIME_BAR_AT;
  for (; k + 16 <= length; k += 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(a + k), v128.load(b + k)))) return false;
  }
  // The last step overlaps bytes that were compared already, but never reaches back before the bar.
  if (length - 16 >= TIME_BAR_AT)
    return i8x16.all_true(i8x16.eq(v128.load(a + length - 16), v128.load(b + length - 16)));
  for (; k < length; k++) if (load<u8>(a + k) !== load<u8>(b + k)) return false;
  return true;
}

/** Returns the milliseconds within the minute, or -1 if the digits are not a valid time. */
@inline
function millisAt(at: i32): i32 {
  let value = 0;
  for (let k = SECONDS_AT; k < TIME_BAR_AT; k++) {
    if (k === MILLIS_MARK_AT) continue;
    const digit = <i32>load<u8>(INPUT + at + k) - 48;
    if (<u32>digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value < 61000 ? value : -1;
}

@inline
function addSpan(from: i32, to: i32): void {
  if (from >= to) return;
  store<i32>(SPANS + 8 * spans, from);
  store<i32>(SPANS + 8 * spans, to, 4);
  spans++;
}

/**
 * Closes the spans of a block of `length` bytes, which leave out what repeats an earlier line.
 * Returns their number.
 */
export function endLines(length: i32): i32 {
  addSpan(open, length);
  return spans;
}
