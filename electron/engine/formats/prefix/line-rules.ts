/** Line rules say where a record begins and what its prefix says, for one file. */
import type { LinePrefix, ReadPrefix } from '../types.ts';
import { hasPrefix } from './empty-prefix.ts';
import { parsePrefix } from './prefix.ts';
import { type Reading, type RecordRule, usualReading } from './reading.ts';
import { settle } from './settle.ts';

/**
 * How the lines of one file are read: by a pattern of one's own, else by what was decided for the
 * file.
 */
export interface LineRules {
  readonly reading: Reading;
  readonly own: ReadPrefix | null;
}

/** Rules for lines of which the file is not known. */
export const usualRulesOfLines: LineRules = { reading: usualReading, own: null };

/**
 * Read the prefix of the line `bytes[start, end)`; `lastUs`: the last time before it in its file,
 * NaN where there is none.
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

/** What a line is to the records of its file. */
export interface RecordStep {
  /** Level of the record that is open after the line, {@link NO_RECORD} where none is. */
  recordLevel: number;
  isContinuation: boolean;
}

/**
 * What the line `bytes[start, end)` with this prefix is to the record that was open before it. A
 * line with a prefix begins a record; one without goes on with it, in files where records are rare
 * only if it is indented or blank. Lines of a traceback go on with its first one
 * (`isWithinTraceback`). The result is in `out`.
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
