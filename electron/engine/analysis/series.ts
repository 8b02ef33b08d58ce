/** Resource series: samples of one metric of a node or process over time. */
import type { SeriesInfo, SeriesPoints, SeriesSummary } from '../../contract/series-records.ts';
import { selectQuantiles } from '../base/statistics.ts';
import { at, float64 } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import { ClockAlign, type ClockChoice } from './clocks.ts';

const seriesColumns = {
  id: 'number',
  file_id: 'number',
  node: 'text',
  process: 'text?',
  pid: 'number?',
  metric: 'text',
  unit: 'text',
  counter: 'number',
  points: 'number',
  from_us: 'number',
  to_us: 'number',
  min: 'number',
  max: 'number',
} as const;

/** Lists all series of a case by node, process and metric. */
export function seriesList(db: ReadableDb, choice: ClockChoice = 'written'): SeriesInfo[] {
  const clock = new ClockAlign(db, choice);
  const rows = selectRows(
    db,
    'SELECT id, file_id, node, process, pid, metric, unit, counter, points, from_us, to_us, min, max FROM series ORDER BY node, process, metric, from_us, file_id, pid',
    seriesColumns,
  ).all();
  return rows.map((row) => ({
    seriesId: row.id,
    node: row.node,
    process: row.process,
    pid: row.pid,
    metric: row.metric,
    unit: row.unit,
    counter: row.counter === 1,
    points: row.points,
    fromUs: clock.align(row.node, row.from_us),
    toUs: clock.align(row.node, row.to_us),
    min: row.min,
    max: row.max,
    fileId: row.file_id,
  }));
}

/**
 * Returns the points of a series between two times, decimated. Each bucket keeps its first, lowest,
 * highest and last point, so no peak is lost. A counter becomes its rate per second, with a gap
 * (null) where it was reset.
 */
export function seriesPoints(
  db: ReadableDb,
  seriesId: number,
  fromUs: number | null,
  toUs: number | null,
  maxPoints: number,
  choice: ClockChoice = 'written',
): SeriesPoints | null {
  const samples = samplesOf(db, seriesId, choice);
  if (samples === null) return null;
  const { times, values } = samples;
  const first = fromUs === null ? 0 : Math.max(0, lowerBound(times, fromUs) - 1);
  const last = toUs === null ? times.length : Math.min(times.length, lowerBound(times, toUs) + 1);
  const kept = decimate(times, values, first, last, maxPoints);
  return {
    seriesId,
    timesUs: kept.map((k) => at(times, k)),
    values: kept.map((k) => (Number.isNaN(values[k]) ? null : at(values, k))),
  };
}

const SHARES = [0, 0.25, 0.5, 0.75, 0.95, 1];

/**
 * Summarizes all samples of some series between two times, inclusive; null if there are none. A
 * counter counts as its rate.
 */
export function seriesSummary(
  db: ReadableDb,
  seriesIds: readonly number[],
  fromUs: number | null,
  toUs: number | null,
  choice: ClockChoice = 'written',
): SeriesSummary | null {
  const kept = float64();
  for (const seriesId of seriesIds) {
    const samples = samplesOf(db, seriesId, choice);
    if (samples === null) continue;
    const { times, values } = samples;
    for (let k = fromUs === null ? 0 : lowerBound(times, fromUs); k < times.length; k++) {
      if (toUs !== null && at(times, k) > toUs) break;
      const value = at(values, k);
      if (!Number.isNaN(value)) kept.push(value);
    }
  }
  if (kept.length === 0) return null;
  const [min = 0, p25 = 0, median = 0, p75 = 0, p95 = 0, max = 0] = selectQuantiles(kept.view(), SHARES);
  return { count: kept.length, min, p25, median, p75, p95, max };
}

interface Samples {
  times: Float64Array;
  values: Float64Array;
}

/**
 * Returns all samples of a series on the chosen clock, or the rates of a counter. Null if there is
 * no such series.
 */
function samplesOf(db: ReadableDb, seriesId: number, choice: ClockChoice): Samples | null {
  const row = selectRows(db, 'SELECT node, counter, times, "values" FROM series WHERE id = ?', {
    node: 'text',
    counter: 'number',
    times: 'bytes',
    values: 'bytes',
  }).get(seriesId);
  if (row === undefined) return null;
  const shift = new ClockAlign(db, choice).shift(row.node);
  let times = floats(row.times);
  if (shift !== 0) times = times.map((time) => time - shift);
  const values = floats(row.values);
  return row.counter === 1 ? rates(times, values) : { times, values };
}

function floats(bytes: Buffer): Float64Array {
  return new Float64Array(new Uint8Array(bytes).buffer);
}

function rates(times: Float64Array, values: Float64Array): Samples {
  const count = Math.max(0, times.length - 1);
  const ends = new Float64Array(count);
  const rate = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const seconds = (at(times, k + 1) - at(times, k)) / 1e6;
    const grown = at(values, k + 1) - at(values, k);
    ends[k] = at(times, k + 1);
    rate[k] = seconds > 0 && grown >= 0 ? grown / seconds : Number.NaN;
  }
  return { times: ends, values: rate };
}

function lowerBound(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(times, middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function decimate(times: Float64Array, values: Float64Array, from: number, to: number, maxPoints: number): number[] {
  const count = to - from;
  if (count <= maxPoints) return Array.from({ length: Math.max(0, count) }, (_, k) => from + k);
  const buckets = Math.max(1, Math.floor(maxPoints / 4));
  const start = at(times, from);
  const width = (at(times, to - 1) - start) / buckets || 1;
  const kept: number[] = [];
  for (let k = from; k < to; ) {
    const bucket = Math.min(buckets - 1, Math.floor((at(times, k) - start) / width));
    const first = k;
    let least = k;
    let greatest = k;
    while (k < to && Math.min(buckets - 1, Math.floor((at(times, k) - start) / width)) === bucket) {
      if (at(values, k) < at(values, least)) least = k;
      if (at(values, k) > at(values, greatest)) greatest = k;
      k++;
    }
    kept.push(...[...new Set([first, least, greatest, k - 1])].sort((a, b) => a - b));
  }
  return kept;
}
