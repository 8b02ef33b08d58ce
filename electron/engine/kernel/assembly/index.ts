/**
 * The exports of the kernel: JavaScript calls them to read the lines of a block, find literals in
 * it, and add it to a segment. Only numbers and addresses cross the border; `../kernel.ts` declares
 * their types.
 */
import { makeKept } from './hash.ts';
import * as reader from './lines.ts';
import { findLiterals } from './literals.ts';
import { ENDS, INPUT, KNOWN, LITERALS, MAX_INPUT, release, STARTS } from './memory.ts';
import * as segment from './segment.ts';
import { addSpans, classify, sawLong } from './tokenize.ts';
import { encodeVocabulary, vocabularyPages, vocabularyTable } from './vocabulary.ts';

makeKept();
segment.begin();

export function inputAt(): usize {
  return INPUT;
}
export function literalsAt(): usize {
  return LITERALS;
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
export function knownAt(): usize {
  return KNOWN;
}

/** Starts the block at `inputAt()`, which 64 zero bytes must follow. */
export function beginBlock(): void {
  reader.beginLines();
}
export function remember(start: i32, length: i32, level: i32, isQuiet: bool, minuteUs: f64): void {
  reader.remember(start, length, level, isQuiet, minuteUs);
}
export function forgetQuiet(): void {
  reader.forgetQuiet();
}
export function readQuiet(from: i32, to: i32): i32 {
  return reader.readQuiet(from, to);
}
export function quietLines(): i32 {
  return reader.lines;
}
export function minUs(): f64 {
  return reader.minUs;
}
export function maxUs(): f64 {
  return reader.maxUs;
}
export function lastUs(): f64 {
  return reader.lastUs;
}

/**
 * Finds the literals at `literalsAt()` in the block at `inputAt()`; call it before `addBlock`.
 * Returns the number of needles (lower half) and of beginnings of tracebacks (upper half). Their
 * offsets stay at `needlesAt()` and `tracebacksAt()` until the block is added.
 */
export function find(length: i32): i32 {
  return findLiterals(length);
}

/**
 * Adds the block of `length` bytes to the segment, except for what repeats an earlier line of it.
 * Returns whether it has a run without text in the vocabulary.
 */
export function addBlock(length: i32): bool {
  segment.beginBlock(length);
  addSpans(length, reader.endLines(length), classify(length));
  return sawLong;
}

export function tokens(): i32 {
  return segment.tokens;
}
export function blocks(): i32 {
  return segment.blocks;
}
export function encode(): usize {
  const mark = segment.encode();
  encodeVocabulary();
  return mark;
}
export function vocabularyCount(): i32 {
  return vocabularyPages;
}
export function vocabularyAt(): usize {
  return vocabularyTable;
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
  release(mark);
  segment.reset();
}
