/** Accepting a time: whether what looks like a time is one in this file. */
import type { LinePrefix } from '../types.ts';
import { readTime } from './prefix-time.ts';
import { AGREED, DOUBTFUL, isBounded, isStray, NO_TIME, type Reading } from './reading.ts';
import { SHAPES } from './time-forms.ts';
import { copySeen, seen } from './time-rules.ts';

/** Returns what the form of the last time read means at the start of a line. */
export function acceptedAtStart({ atStart }: Reading): number {
  return atStart[seen.form * SHAPES + seen.shape] ?? NO_TIME;
}

/** The observations about the last line's time while deciding a file's reading. */
export const took = { ...seen };

/**
 * Decides whether what `readTime` last read is a time in this file; `accepted` is what its form
 * means there. Marks the prefix if that depends on the lines before it. Clears the time if it is
 * not one.
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
 * Reads a time after a level, and clears it if it is not one. Returns the index after it, or -1.
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
