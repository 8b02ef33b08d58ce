/** Pure functions that make the curves of the run's progress: steps that count up. */
import type { OverTime } from '../../../electron/contract/analysis.ts';
import { csvTable } from '../../../electron/contract/csv.ts';
import { isoTime } from '../../../electron/contract/json-rows.ts';
import type { ProgressPoint } from '../../../electron/contract/run-info.ts';

export interface CurvePoint {
  us: number;
  value: number;
}

/**
 * Returns one curve of the run's progress. It never goes down, even if several logs report out of
 * order.
 */
export function curveOf(points: readonly ProgressPoint[], of: 'scheduled' | 'processed'): CurvePoint[] {
  const curve: CurvePoint[] = [];
  let most = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    const value = point[of];
    if (value === null || value <= most) continue;
    most = value;
    curve.push({ us: point.timeUs, value });
  }
  return curve;
}

/**
 * Returns the mini-batches that have ended: `before` the first bucket, and up to the end of each.
 * Unfinished ones do not count.
 */
export function endCurve(over: OverTime | null, before: number): CurvePoint[] {
  if (over === null) return [];
  let value = before;
  const curve: CurvePoint[] = before === 0 ? [] : [{ us: over.fromUs, value }];
  for (const [index, counts] of over.counts.entries()) {
    const ended = endedIn(counts);
    if (ended === 0) continue;
    value += ended;
    curve.push({ us: over.fromUs + (index + 1) * over.bucketUs, value });
  }
  return curve;
}

/** Counts the mini-batches of a bucket that have ended. */
export function endedIn([succeeded, partial, failed, timedOut]: OverTime['counts'][number]): number {
  return succeeded + partial + failed + timedOut;
}

/** Returns all moments at which one of the curves steps, in ascending order. */
export function stepTimes(curves: readonly (readonly CurvePoint[])[]): number[] {
  return [...new Set(curves.flatMap((curve) => curve.map(({ us }) => us)))].sort((a, b) => a - b);
}

/**
 * Returns the curves as a table: one row for each moment at which one of them steps, with the value
 * that each has reached.
 */
export function progressCsv(curves: Record<string, readonly CurvePoint[]>): string {
  const moments = stepTimes(Object.values(curves));
  return csvTable(
    ['time', ...Object.keys(curves)],
    moments.map((us) => [isoTime(Math.round(us)), ...Object.values(curves).map((curve) => valueAt(curve, us))]),
  );
}

/** Returns the value of a step curve at a moment, or null before its first point. */
export function valueAt(curve: readonly CurvePoint[], us: number): number | null {
  let low = 0;
  let high = curve.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((curve[middle]?.us ?? 0) <= us) low = middle + 1;
    else high = middle;
  }
  return curve[low - 1]?.value ?? null;
}

/** Returns a round number at or above the value whose half is whole: 240 → 300, 3,994 → 4,000. */
export function niceMost(value: number): number {
  if (value <= 4) return 4;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find((each) => each * magnitude >= value) ?? 10;
  const most = step * magnitude;
  return Number.isInteger(most / 2) ? most : Math.ceil(most / 2) * 2;
}
