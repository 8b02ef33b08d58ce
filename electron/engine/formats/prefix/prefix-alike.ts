/**
 * Two prefixes are alike if they differ only in the seconds, as most prefixes of one process do.
 */
import { KNOWN_LINE_SLOTS, MILLIS_MARK_AT, SECONDS_AT, TIME_BAR_AT } from '../../base/kernel-numbers.ts';
import type { LinePrefix } from '../types.ts';
import { parsePrefix } from './prefix.ts';
import { isNameByte } from './prefix-pipe.ts';
import { fields, longestField } from './prefix-scan.ts';
import { type Reading, usualReading } from './reading.ts';

const COMMA = 44;
const DOT = 46;
const DASH = 45;
const PIPE = 124;
const ZERO = 48;

/** Describes how to recognise lines with the same prefix except for the seconds. */
export interface Likeness {
  /**
   * Bytes that must be equal: up to the end of the thread's field, after which only `func()|` can
   * follow.
   */
  length: number;
  /** Offset of the level in the line. */
  levelAt: number;
  /** Time of the minute, in microseconds since the epoch. */
  minuteUs: number;
}

/**
 * Decides whether other prefixes can be like that of the line at `start`, the last one that
 * `parsePrefix` read, into `prefix`: it needs a date, the logger right after it, and a thread.
 * Describes them in `likeness`.
 */
export function hasLikes(bytes: Uint8Array, start: number, prefix: LinePrefix, likeness: Likeness): boolean {
  const isDated =
    prefix.doubtUs === 0 &&
    prefix.length > TIME_BAR_AT &&
    bytes[start + TIME_BAR_AT] === PIPE &&
    bytes[start + 4] === DASH;
  if (!isDated || fields.threadStart <= start || fields.loggerStart !== start + TIME_BAR_AT + 1) return false;
  const mark = bytes[start + MILLIS_MARK_AT];
  if (mark !== COMMA && mark !== DOT) return false;
  likeness.length = fields.threadEnd + 1 - start;
  likeness.levelAt = fields.loggerEnd + 1 - start;
  likeness.minuteUs = prefix.timeUs - secondsUs(bytes, start);
  return true;
}

/** A line whose prefix is known. */
interface Known extends Likeness {
  /** -1 if there is none. */
  start: number;
  level: number;
  pid: number;
}

/**
 * Reads the prefixes of successive lines of one buffer as {@link parsePrefix} does. If a line
 * begins like an earlier one of its level (with PIPE, nearly every line does, up to the thread),
 * only the seconds are read; everything else was parsed from the same bytes before. Searching reads
 * lines this way. Indexing reads most of them in its kernel (kernel/assembly/lines.ts), by the same
 * rules.
 */
export class PrefixReader {
  readonly #known: Known[] = Array.from({ length: KNOWN_LINE_SLOTS }, () => ({
    start: -1,
    length: 0,
    levelAt: 0,
    minuteUs: 0,
    level: 0,
    pid: 0,
  }));
  readonly #likeness: Likeness = { length: 0, levelAt: 0, minuteUs: 0 };
  /** Offset of the level in a line; 0 if no line is known. */
  #levelAt = 0;

  /** Forgets all lines, because the next one is in other bytes. */
  forget(): void {
    this.#levelAt = 0;
    for (const known of this.#known) known.start = -1;
  }

  /** Reads like `parsePrefix(bytes, start, end, out, reading)`; `words` views the same bytes. */
  read(
    bytes: Uint8Array,
    words: DataView,
    start: number,
    end: number,
    out: LinePrefix,
    reading: Reading = usualReading,
  ): void {
    if (this.#levelAt !== 0 && start + this.#levelAt < end) {
      const known = this.#known[(bytes[start + this.#levelAt] as number) % KNOWN_LINE_SLOTS] as Known;
      if (known.start !== -1 && readAlike(bytes, words, start, end, known, out)) return;
    }
    parsePrefix(bytes, start, end, out, reading);
    const likeness = this.#likeness;
    if (!hasLikes(bytes, start, out, likeness)) return;
    this.#levelAt = likeness.levelAt;
    const known = this.#known[(bytes[start + this.#levelAt] as number) % KNOWN_LINE_SLOTS] as Known;
    Object.assign(known, likeness, { start, level: out.level, pid: out.pid });
  }
}

function readAlike(
  bytes: Uint8Array,
  words: DataView,
  start: number,
  end: number,
  known: Known,
  out: LinePrefix,
): boolean {
  const stop = start + known.length;
  if (stop > end) return false;
  const back = start - known.start;
  for (let k = start; k < start + 16; k += 4) {
    if (words.getInt32(k) !== words.getInt32(k - back)) return false;
  }
  if (
    bytes[start + 16] !== bytes[start + 16 - back] ||
    bytes[start + MILLIS_MARK_AT] !== bytes[start + MILLIS_MARK_AT - back]
  )
    return false;
  let k = start + TIME_BAR_AT;
  for (; k + 4 <= stop; k += 4) {
    if (words.getInt32(k) !== words.getInt32(k - back)) return false;
  }
  for (; k < stop; k++) if (bytes[k] !== bytes[k - back]) return false;
  const micros = secondsUs(bytes, start);
  if (micros < 0) return false;
  while (k < end && k - stop < longestField && isNameByte(bytes[k] as number)) k++;
  const isCall = k > stop && end - k >= 3 && bytes[k] === 40 && bytes[k + 1] === 41 && bytes[k + 2] === PIPE;
  out.timeUs = known.minuteUs + micros;
  out.nanos = 0;
  out.doubtUs = 0;
  out.level = known.level;
  out.pid = known.pid;
  out.length = (isCall ? k + 3 : stop) - start;
  known.start = start;
  return true;
}

/** Returns seconds and milliseconds as microseconds, or -1 if the digits are not valid. */
export function secondsUs(bytes: Uint8Array, start: number): number {
  let value = 0;
  for (let k = SECONDS_AT; k < TIME_BAR_AT; k++) {
    if (k === MILLIS_MARK_AT) continue;
    const digit = (bytes[start + k] as number) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value < 61_000 ? value * 1000 : -1;
}
