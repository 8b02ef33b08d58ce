/**
 * Reads lines as a file, for tests of the line reader: decides the reading from all lines, then
 * reads them in order.
 */
import { decideReading } from '../decide.ts';
import { createPrefix } from '../empty-prefix.ts';
import { compileReading, type FileFacts, type FileReading } from '../file-reading.ts';
import { parsePrefix } from '../prefix.ts';
import { settle } from '../settle.ts';

export interface ReadRow {
  /** ISO 8601 in UTC with six decimals; null if the line has no time of its own. */
  time: string | null;
  /** 0 none, 1 debug … 5 critical. */
  level: number;
  nanos: number;
  pid: number;
  message: string;
}

const noFacts: FileFacts = { isTable: false, modifiedUs: null, runUs: null, choice: null };

/** Returns an ISO time as microseconds since the epoch. */
export const us = (iso: string): number => Date.parse(iso) * 1000;

/** Reads the lines of a file and returns what was decided for it. */
export function readLines(
  lines: readonly string[],
  facts: Partial<FileFacts> = {},
): { rows: ReadRow[]; file: FileReading } {
  const bytes = lines.map((line) => new TextEncoder().encode(line));
  const file = decideReading(bytes, { ...noFacts, ...facts });
  const reading = compileReading(JSON.parse(JSON.stringify(file)) as FileReading);
  const out = createPrefix();
  let lastUs = Number.NaN;
  const rows = bytes.map((line): ReadRow => {
    parsePrefix(line, 0, line.length, out, reading);
    if (out.doubtUs !== 0) settle(out, lastUs);
    if (!Number.isNaN(out.timeUs)) lastUs = out.timeUs;
    return {
      time: Number.isNaN(out.timeUs)
        ? null
        : new Date(out.timeUs / 1000).toISOString().slice(0, -1) + String(out.timeUs % 1000).padStart(3, '0'),
      level: out.level,
      nanos: out.nanos,
      pid: out.pid,
      message: new TextDecoder().decode(line.subarray(out.length)),
    };
  });
  return { rows, file };
}

/** Returns the times without trailing zeros. */
export function timesOf(lines: readonly string[], facts: Partial<FileFacts> = {}): (string | null)[] {
  return readLines(lines, facts).rows.map(({ time }) => (time === null ? null : time.replace(/\.?0+$/, '')));
}

export function levelsOf(lines: readonly string[], facts: Partial<FileFacts> = {}): number[] {
  return readLines(lines, facts).rows.map(({ level }) => level);
}
