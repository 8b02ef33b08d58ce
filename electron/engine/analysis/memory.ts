/** Memory of a node and of a process from the resource series, as far as they were sampled. */
import type { ReadableDb } from '../store/open.ts';
import type { Ref } from './refs.ts';

export interface MemorySign {
  /** What the share is of, for people. */
  what: string;
  /** Highest share of the node's memory in use shortly before. */
  percent: number;
  /** The process's own use at least doubled and ended at its highest. */
  hasGrown: boolean;
  evidence: Ref[];
}

interface SeriesRow {
  file_id: number;
  times: Buffer;
  values: Buffer;
  lines: Buffer;
}

/** Samples within this time before an event tell of it; the service samples every 60 s, later every 600 s. */
const BEFORE_US = 1_300_000_000;
/** Clocks and late rows. */
const AFTER_US = 30_000_000;

/** Decode a series' column: Float64, little-endian. */
export function floats(data: Buffer): Float64Array {
  const copy = new ArrayBuffer(data.byteLength - (data.byteLength % 8));
  new Uint8Array(copy).set(data.subarray(0, copy.byteLength));
  return new Float64Array(copy);
}

/** Line of a sample, from a series' column of Int32. */
export function lineOf(lines: Buffer, index: number): number {
  return lines.readInt32LE(index * 4);
}

/** What the samples say of memory before a process ended; null where there are none. */
export function memoryBefore(db: ReadableDb, node: string | null, pid: number | null, atUs: number): MemorySign | null {
  const nodeRows = db
    .prepare(
      `SELECT file_id, times, "values", lines FROM series
       WHERE node IS ? AND process IS NULL AND pid IS NULL AND metric LIKE '%memory%percent%'`,
    )
    .all(node) as SeriesRow[];
  const alias = db.prepare('SELECT process FROM process WHERE node IS ? AND pid IS ?').pluck().get(node, pid) as
    | string
    | null
    | undefined;
  const ownRows = db
    .prepare(
      `SELECT file_id, times, "values", lines FROM series
       WHERE node IS ? AND metric LIKE '%memory%' AND (pid = ? OR (pid IS NULL AND process = ?))`,
    )
    .all(node, pid, alias ?? null) as SeriesRow[];
  let percent = Number.NaN;
  const evidence: Ref[] = [];
  for (const row of nodeRows) {
    const { value, line } = highest(row, atUs);
    if (Number.isNaN(value)) continue;
    if (!(percent >= value)) percent = value;
    evidence.push({ fileId: row.file_id, line });
  }
  let hasGrown = false;
  for (const row of ownRows) {
    const line = grewUntil(row, atUs);
    if (line === null) continue;
    hasGrown = true;
    evidence.push({ fileId: row.file_id, line });
  }
  if (Number.isNaN(percent) && !hasGrown) return null;
  return {
    what: `memory in use on node ${node ?? ''}`.trim(),
    percent: Number.isNaN(percent) ? 0 : percent,
    hasGrown,
    evidence,
  };
}

/** The highest value shortly before a time, NaN where there is none, and its line. */
function highest(row: SeriesRow, atUs: number): { value: number; line: number } {
  const times = floats(row.times);
  const values = floats(row.values);
  let high = Number.NaN;
  let index = 0;
  for (let i = 0; i < times.length; i++) {
    const time = times[i] as number;
    if (time < atUs - BEFORE_US || time > atUs + AFTER_US) continue;
    const value = values[i] as number;
    if (high >= value) continue;
    high = value;
    index = i;
  }
  return { value: high, line: lineOf(row.lines, index) };
}

/** The line of the last sample before a time, where there are at least three, the last the highest (or nearly) and twice the first. */
function grewUntil(row: SeriesRow, atUs: number): number | null {
  const times = floats(row.times);
  const values = floats(row.values);
  const own: number[] = [];
  for (let i = 0; i < times.length; i++) {
    if ((times[i] as number) <= atUs + AFTER_US) own.push(values[i] as number);
  }
  const first = own[0];
  const last = own.at(-1);
  if (own.length < 3 || first === undefined || last === undefined || first <= 0) return null;
  return last >= 2 * first && last >= 0.95 * Math.max(...own) ? lineOf(row.lines, own.length - 1) : null;
}
