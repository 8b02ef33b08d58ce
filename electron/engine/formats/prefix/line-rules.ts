/** Line rules say, for one file, where a record begins and what its prefix says. */
import type { LinePrefix, ReadPrefix } from '../types.ts';
import { hasPrefix } from './empty-prefix.ts';
import { parsePrefix } from './prefix.ts';
import { type Reading, type RecordRule, usualReading } from './reading.ts';
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

/** No record is open. */
export const NO_RECORD = -1;

/** The role of a line in the records of its file. */
export interface RecordStep {
  /** Level of the record that is open after the line, or {@link NO_RECORD}. */
  recordLevel: number;
  isContinuation: boolean;
}

/**
 * Relates the line `bytes[start, end)` with this prefix to the open record. A line with a prefix
 * begins a record. A line without one continues it; in files where records are rare, only if it is
 * indented or blank. Lines of a traceback continue its first line (`isWithinTraceback`). Writes the
 * result to `out`.
 */
export function stepRecord(
  recordLevel: number,
  prefix: LinePrefix,
  isWithinTraceback: boolean,
  rule: RecordRule,
  bytes: Uint8Array,
  start: number,
  end: number,
  out: RecordStep,
): void {
  if (hasPrefix(prefix)) {
    out.recordLevel = prefix.level;
    out.isContinuation = false;
    return;
  }
  const first = start < end ? (bytes[start] ?? 0) : 10;
  const goesOn = rule !== 'indented' || first === 32 || first === 9 || first === 10 || first === 13;
  out.isContinuation = isWithinTraceback || (recordLevel !== NO_RECORD && goesOn);
  out.recordLevel = goesOn || isWithinTraceback ? recordLevel : NO_RECORD;
}
