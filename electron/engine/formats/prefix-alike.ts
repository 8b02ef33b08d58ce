import { fields } from './prefix-scan.ts';
import type { LinePrefix } from './types.ts';

/** Where `YYYY-MM-DD HH:MM:SS,mmm|` has its seconds, the mark before the milliseconds, and the bar after them. */
const SECONDS = 17;
const MARK = 19;
const BAR = 23;
const COMMA = 44;
const DOT = 46;
const DASH = 45;
const PIPE = 124;
const ZERO = 48;

/** By what other lines are told to have the same prefix but for the seconds: see kernel/assembly/lines.ts. */
export interface Likeness {
  /** Bytes of what must be alike: up to the end of the thread's field, after which only `func()|` can follow. */
  length: number;
  /** Where the level begins, from the line's start on. */
  levelAt: number;
  /** Time of the minute, in microseconds since the epoch. */
  minuteUs: number;
}

/**
 * Whether the line at `start`, which `parsePrefix` read last and gave `prefix` of, has a prefix that others can be alike to: a date, the logger
 * right after it, and a thread. Says how in `likeness`.
 */
export function hasLikes(bytes: Uint8Array, start: number, prefix: LinePrefix, likeness: Likeness): boolean {
  const isDated = prefix.length > BAR && bytes[start + BAR] === PIPE && bytes[start + 4] === DASH;
  if (!isDated || fields.threadStart <= start || fields.loggerStart !== start + BAR + 1) return false;
  const mark = bytes[start + MARK];
  if (mark !== COMMA && mark !== DOT) return false;
  likeness.length = fields.threadEnd + 1 - start;
  likeness.levelAt = fields.loggerEnd + 1 - start;
  likeness.minuteUs = prefix.timeUs - secondsUs(bytes, start);
  return true;
}

/** Seconds and milliseconds as microseconds. */
function secondsUs(bytes: Uint8Array, start: number): number {
  let value = 0;
  for (let k = SECONDS; k < BAR; k++) if (k !== MARK) value = value * 10 + ((bytes[start + k] as number) - ZERO);
  return value * 1000;
}
