/**
 * Headings between rules: `=ERROR REPORT==== 25-Jun-2024::14:56:15 ===`, `---- 2020-03-19 15:37:07
 * ----`.
 */
import type { LinePrefix } from '../types.ts';
import { acceptedAtStart, isTime } from './accept-time.ts';
import { levelAt } from './prefix-level.ts';
import { clearFields, skipBlanks } from './prefix-scan.ts';
import { readTime } from './prefix-time.ts';
import type { Reading } from './reading.ts';

/**
 * Words of Erlang's reports that are not level words, by their first letters: a process that
 * crashed, was restarted, or started.
 */
const reports: readonly (readonly [string, number])[] = [
  ['CRASH', 4],
  ['SUPERVISOR', 4],
  ['PROGRESS', 2],
];
const LONGEST_TITLE = 40;

/**
 * Reads a time between two rules of the same mark, after a few words. What follows, up to the next
 * heading, is its record. The whole line stays the message.
 */
export function readRuled(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): number {
  const mark = bytes[start] ?? 0;
  if (bytes[end - 1] !== mark && bytes[end - 2] !== mark) return -1;
  clearFields();
  const title = skipBlanks(bytes, ruleEnd(bytes, start, end, mark), end);
  let at = title;
  while (at < end && at - title < LONGEST_TITLE && isTitleByte(bytes[at] ?? 0)) at++;
  at = skipBlanks(bytes, ruleEnd(bytes, at, end, mark), end);
  const next = readTime(bytes, at, end, out, reading);
  const rule = skipBlanks(bytes, next, end);
  const isClosed = next > 0 && ruleEnd(bytes, rule, end, mark) - rule >= 2;
  if (isClosed && isTime(out, acceptedAtStart(reading), reading)) out.level = levelOfTitle(bytes, title, end);
  else {
    out.timeUs = Number.NaN;
    out.nanos = 0;
  }
  return -1;
}

function ruleEnd(bytes: Uint8Array, start: number, end: number, mark: number): number {
  let at = start;
  while (at < end && bytes[at] === mark) at++;
  return at;
}

function isTitleByte(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 32;
}

function levelOfTitle(bytes: Uint8Array, start: number, end: number): number {
  const level = levelAt(bytes, start, end, true) >> 4;
  if (level !== 0) return level;
  const starts = (word: string) => [...word].every((letter, k) => bytes[start + k] === letter.charCodeAt(0));
  return reports.find(([word]) => starts(word))?.[1] ?? 0;
}
