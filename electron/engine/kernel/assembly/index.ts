import { makeKept } from './hash';
import { findLiterals } from './literals';
import { ENDS, INPUT, LITERALS, LITERALS_SIZE, MAX_INPUT, MAX_SPANS, SPANS, STARTS } from './memory';
import * as segment from './segment';
import { addSpans, classify, sawLong } from './tokenize';

makeKept();
segment.begin();

export function inputAt(): usize {
  return INPUT;
}
export function spansAt(): usize {
  return SPANS;
}
export function literalsAt(): usize {
  return LITERALS;
}
export function literalsSize(): i32 {
  return LITERALS_SIZE;
}
export function needlesAt(): usize {
  return STARTS;
}
export function tracebacksAt(): usize {
  return ENDS;
}
export function maxInput(): i32 {
  return MAX_INPUT;
}
export function maxSpans(): i32 {
  return MAX_SPANS;
}

/**
 * Find the literals at `literalsAt()` in the block at `inputAt()`, before it is added. How many needles (lower half) and beginnings of
 * tracebacks (upper half) there are; their places are at `needlesAt()` and `tracebacksAt()` until the block is added.
 */
export function find(length: i32): i32 {
  return findLiterals(length);
}

/**
 * Add the next block, whose `length` bytes are at `inputAt()`, with 64 zeros after them; `spans` of it, at `spansAt()`, are looked at.
 * Returns whether a run was longer than a token.
 */
export function addBlock(length: i32, spans: i32): bool {
  segment.beginBlock(length);
  addSpans(length, spans, classify(length));
  return sawLong;
}



export function tokens(): i32 {
  return segment.tokens;
}
export function blocks(): i32 {
  return segment.blocks;
}
export function text(): usize {
  return segment.text;
}
export function textLength(): i32 {
  return segment.textLength;
}
export function encode(): usize {
  return segment.encode();
}
export function pages(): i32 {
  return segment.pages;
}
export function pageBytes(): usize {
  return segment.pageBytes;
}
export function pageEnds(): usize {
  return segment.pageEnds;
}
export function reset(mark: usize): void {
  segment.releaseEncoded(mark);
  segment.reset();
}
