/** Accepting a time: whether what looks like one is one in this file. */
import type { LinePrefix } from '../types.ts';
import { readTime } from './prefix-time.ts';
import { AGREED, DOUBTFUL, isBounded, isStray, NO_TIME, type Reading } from './reading.ts';
import { SHAPES } from './time-forms.ts';
import { copySeen, seen } from './time-rules.ts';

/** What the time that was read last is at the start of a line. */
export function acceptedAtStart({ atStart }: Reading): number {
  return atStart[seen.form * SHAPES + seen.shape] ?? NO_TIME;
}

/** What was seen of the time of the last line, while a file's reading is decided. */
export const took = { ...seen };

/**
 * Whether what `readTime` read last is a time in this file. `accepted`: what its form is there.
 * Marks the prefix where that depends on the lines before it; takes the time away where it is none.
 */
export function isTime(out: LinePrefix, accepted: number, reading: Reading): boolean {
  if (reading.isTrial) copySeen(seen, took);
  const isNear = out.timeUs >= reading.fromUs && out.timeUs <= reading.toUs;
  if (accepted === AGREED && isNear && seen.foldUs === 0) return true;
  const isOut = isBounded(seen.form, accepted) ? !isNear : isStray(out.timeUs, reading);
  if (accepted === NO_TIME || isOut) {
    out.timeUs = Number.NaN;
    out.nanos = 0;
    return false;
  }
  out.doubtUs = accepted === DOUBTFUL ? -1 : seen.foldUs;
  return true;
}

/**
 * A time behind a level; takes back what it read where it is none. Returns the index after it, or
 * -1.
 */
export function readOwnTime(bytes: Uint8Array, at: number, end: number, out: LinePrefix, reading: Reading): number {
  const isBracketed = bytes[at] === 91 || bytes[at] === 40;
  let next = readTime(bytes, isBracketed ? at + 1 : at, end, out, reading);
  if (next > 0 && isBracketed) next = bytes[next] === (bytes[at] === 40 ? 41 : 93) ? next + 1 : -1;
  if (next > 0 && isTime(out, acceptedAtStart(reading), reading)) return next;
  out.timeUs = Number.NaN;
  out.nanos = 0;
  return -1;
}
