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
  metric: string;
  times: Buffer;
  values: Buffer;
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

/** What the samples say of memory before a process ended; null where there are none. */
export function memoryBefore(db: ReadableDb, node: string | null, pid: number | null, atUs: number): MemorySign | null {
  const nodeRows = db
    .prepare(
      `SELECT file_id, metric, times, "values" FROM series
       WHERE node IS ? AND process IS NULL AND pid IS NULL AND metric LIKE '%memory%percent%'`,
    )
    .all(node) as SeriesRow[];
  const alias = db.prepare('SELECT process FROM process WHERE node IS ? AND pid IS ?').pluck().get(node, pid) as
    | string
    | null
    | undefined;
  const ownRows = db
    .prepare(
      `SELECT file_id, metric, times, "values" FROM series
       WHERE node IS ? AND metric LIKE '%memory%' AND (pid = ? OR (pid IS NULL AND process = ?))`,
    )
    .all(node, pid, alias ?? null) as SeriesRow[];
  let percent = Number.NaN;
  const evidence: Ref[] = [];
  for (const row of nodeRows) {
    const high = highest(row, atUs);
    if (Number.isNaN(high)) continue;
    if (!(percent >= high)) percent = high;
    evidence.push({ fileId: row.file_id, line: 1 });
  }
  let hasGrown = false;
  for (const row of ownRows) {
    if (!grew(row, atUs)) continue;
    hasGrown = true;
    evidence.push({ fileId: row.file_id, line: 1 });
  }
  if (Number.isNaN(percent) && !hasGrown) return null;
  return {
    what: `memory in use on node ${node ?? ''}`.trim(),
    percent: Number.isNaN(percent) ? 0 : percent,
    hasGrown,
    evidence,
  };
}

function highest(row: SeriesRow, atUs: number): number {
  const times = floats(row.times);
  const values = floats(row.values);
  let high = Number.NaN;
  for (let i = 0; i < times.length; i++) {
    const time = times[i] as number;
    if (time < atUs - BEFORE_US || time > atUs + AFTER_US) continue;
    const value = values[i] as number;
    if (!(high >= value)) high = value;
  }
  return high;
}

/** At least three samples before the end, the last the highest (or nearly) and twice the first. */
function grew(row: SeriesRow, atUs: number): boolean {
  const times = floats(row.times);
  const values = floats(row.values);
  const own: number[] = [];
  for (let i = 0; i < times.length; i++) {
    if ((times[i] as number) <= atUs + AFTER_US) own.push(values[i] as number);
  }
  const first = own[0];
  const last = own.at(-1);
  if (own.length < 3 || first === undefined || last === undefined || first <= 0) return false;
  return last >= 2 * first && last >= 0.95 * Math.max(...own);
}
