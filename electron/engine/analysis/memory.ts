/**
 * Memory before a death: what the resource samples say about a process and its node shortly before.
 * Node samples give a percentage, or bytes used, available and total; process samples give a
 * percentage of the node or bytes.
 */
import type { GraphPlace } from '../../contract/run-info.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectCells, selectRows } from '../store/select.ts';
import type { Ref } from './refs.ts';

/** What the samples say about one owner, a node or a process. */
interface MemoryUse {
  /** Percentage of the node's memory in use at the end; NaN if only bytes are known. */
  percent: number;
  /**
   * True if use grew until the end: the last samples are the highest, and well above the lowest
   * before.
   */
  hasGrown: boolean;
  /** The last sample. */
  ref: Ref;
  graph: GraphPlace;
}

export interface MemorySign {
  node: MemoryUse | null;
  own: MemoryUse | null;
}

const seriesColumns = {
  metric: 'text',
  file_id: 'number',
  times: 'bytes',
  values: 'bytes',
  lines: 'bytes',
} as const;
type SeriesRow = RowOf<typeof seriesColumns>;

/**
 * Samples within this time before an event describe it. The service samples every 60 s, later every
 * 600 s.
 */
const BEFORE_US = 1_300_000_000;
/** Allowance for clocks and late rows. */
const AFTER_US = 30_000_000;
/** Growth is measured over this many samples before the end. */
const RECENT = 30;
/** A percentage has grown if it is this many points above the lowest of them … */
const GROWN_POINTS = 10;
/** … and bytes, if they are this many times the lowest. */
const GROWN_TIMES = 1.5;
/** The end must reach this share of the highest sample. */
const NEARLY = 0.95;

/** Decodes a column of a series: Float64, little-endian. */
export function floats(data: Buffer): Float64Array {
  const copy = new ArrayBuffer(data.byteLength - (data.byteLength % 8));
  new Uint8Array(copy).set(data.subarray(0, copy.byteLength));
  return new Float64Array(copy);
}

/** Returns the line of a sample, from a series' Int32 column. */
export function lineOf(lines: Buffer, index: number): number {
  return lines.readInt32LE(index * 4);
}

interface Moment {
  /** First sign of the process; NaN if unknown. */
  fromUs: number;
  /** Its end, on the clock of its node. */
  atUs: number;
}

const SERIES = 'SELECT metric, file_id, times, "values", lines FROM series WHERE node IS ?';

/**
 * Returns what the samples say about memory before a process ended. Both parts are null without
 * samples. Times are on the node's clock.
 */
export function memoryBefore(db: ReadableDb, node: string | null, pid: number | null, when: Moment): MemorySign {
  const nodeRows = selectRows(
    db,
    `${SERIES} AND process IS NULL AND pid IS NULL AND metric LIKE '%memory%' ORDER BY metric, file_id, id`,
    seriesColumns,
  ).all(node);
  const alias = selectCells(db, 'SELECT process FROM process WHERE node IS ? AND pid IS ?', 'text?').get(node, pid);
  const ownRows = selectRows(
    db,
    `${SERIES} AND metric LIKE '%memory%' AND (pid = ? OR (pid IS NULL AND process = ?)) ORDER BY metric, file_id, id`,
    seriesColumns,
  ).all(node, pid, alias ?? null);
  const total = highestOf(
    nodeRows.filter((row) => row.metric === 'memory_total'),
    when,
  );
  const place = (metric: string, ofProcess: boolean, timeUs: number): GraphPlace => ({
    node: node ?? '',
    process: ofProcess ? (alias ?? null) : null,
    pid: ofProcess ? pid : null,
    metric,
    timeUs: Math.round(timeUs),
  });
  const inNode = { fromUs: Number.NaN, atUs: when.atUs };
  return {
    node: mostTelling(nodeRows.map((row) => useOf(row, inNode, total, (time) => place(row.metric, false, time)))),
    own: mostTelling(ownRows.map((row) => useOf(row, when, total, (time) => place(row.metric, true, time)))),
  };
}

/** Picks the series with the highest percentage. One with a percentage wins over one without. */
function mostTelling(uses: readonly (MemoryUse | null)[]): MemoryUse | null {
  let best: MemoryUse | null = null;
  for (const use of uses) {
    if (use === null) continue;
    if (best === null || use.percent > best.percent || (Number.isNaN(best.percent) && !Number.isNaN(use.percent)))
      best = use;
  }
  return best;
}

/** Returns the samples around the moment in time order. */
function samplesOf(
  row: SeriesRow,
  { fromUs, atUs }: Moment,
): { values: Float64Array; times: Float64Array; first: number; end: number } {
  const times = floats(row.times);
  const values = floats(row.values);
  // If the name was used before, earlier samples belong to the previous process.
  const from = Math.max(Number.isNaN(fromUs) ? Number.NEGATIVE_INFINITY : fromUs - AFTER_US, atUs - 4 * BEFORE_US);
  let first = 0;
  while (first < times.length && at(times, first) < from) first++;
  let end = first;
  while (end < times.length && at(times, end) <= atUs + AFTER_US) end++;
  return { values, times, first, end };
}

function highestOf(rows: readonly SeriesRow[], when: Moment): number {
  let most = Number.NaN;
  for (const row of rows) {
    const { values, first, end } = samplesOf(row, { ...when, fromUs: Number.NaN });
    for (let i = first; i < end; i++) if (!(most >= at(values, i))) most = at(values, i);
  }
  return most;
}

/**
 * Returns a function from a sample to a percentage of the node's memory, or to bytes if the total
 * is unknown; null for a metric that does not tell what is in use.
 */
function scaleOf(metric: string, total: number): ((value: number) => number) | null {
  if (metric.includes('percent')) return (value) => value;
  if (metric === 'memory_available') return Number.isNaN(total) ? null : (value) => 100 * (1 - value / total);
  if (metric === 'memory_used') return Number.isNaN(total) ? (value) => value : (value) => (100 * value) / total;
  return null;
}

function useOf(row: SeriesRow, when: Moment, total: number, graph: (timeUs: number) => GraphPlace): MemoryUse | null {
  const scale = scaleOf(row.metric, total);
  if (scale === null) return null;
  const isShare = row.metric !== 'memory_used' || !Number.isNaN(total);
  const { values, times, first, end } = samplesOf(row, when);
  const from = Math.max(first, end - RECENT);
  // A sample at the very end may already be without the process, so take the highest of the last
  // three.
  let last = -1;
  for (let i = Math.max(first, end - 3); i < end; i++) {
    if (at(times, i) < when.atUs - BEFORE_US) continue;
    if (last < 0 || scale(at(values, i)) >= scale(at(values, last))) last = i;
  }
  if (last < 0) return null;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = from; i < last; i++) {
    least = Math.min(least, scale(at(values, i)));
    most = Math.max(most, scale(at(values, i)));
  }
  const value = scale(at(values, last));
  const isHighest = last - from >= 2 && value >= NEARLY * most;
  const hasGrown = isHighest && (isShare ? value >= least + GROWN_POINTS : value >= GROWN_TIMES * least);
  return {
    percent: isShare ? value : Number.NaN,
    hasGrown,
    ref: { fileId: row.file_id, line: lineOf(row.lines, last) },
    graph: graph(at(times, last)),
  };
}
