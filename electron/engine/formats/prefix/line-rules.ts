/** Line rules say, for one file, where a record begins and what its prefix says. */
import type { LinePrefix, ReadPrefix } from '../types.ts';
import { parsePrefix } from './prefix.ts';
import { type Reading, usualReading } from './reading.ts';
import { settle } from './settle.ts';

/**
 * Rules for reading the lines of one file: the pattern of a custom format, or what was decided for
 * the file.
 */
export interface LineRules {
  readonly reading: Reading;
  readonly own: ReadPrefix | null;
}

/** Rules for lines of an unknown file. */
export const usualRulesOfLines: LineRules = { reading: usualReading, own: null };

/**
 * Reads the prefix of the line `bytes[start, end)`. `lastUs` is the last time before it in its
 * file, or NaN.
 */
export function readPrefix(
  { reading, own }: LineRules,
  bytes: Uint8Array,
  start: number,
  end: number,
  out: LinePrefix,
  lastUs: number,
): void {
  if (own !== null) own(bytes, start, end, out);
  else parsePrefix(bytes, start, end, out, reading);
  if (out.doubtUs !== 0) settle(out, lastUs);
}
