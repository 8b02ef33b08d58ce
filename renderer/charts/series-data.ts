/** Pure functions on curves of samples. They find the gaps, over which no line may be drawn. */

import type { SeriesInfo, SeriesPoints } from '../../electron/contract/series-records.ts';

/** Samples in order of time. A null value is a gap without a line. */
export interface Curve {
  timesUs: readonly number[];
  values: readonly (number | null)[];
}

export const noCurve: Curve = { timesUs: [], values: [] };

/** More than this many usual intervals without a sample are a gap. */
const GAP_INTERVALS = 3.5;

/**
 * Returns the points of a series, with gaps where samples are missing for several intervals.
 * `bucketUs` is the resolution of the points: decimation leaves steps of that size, which are no
 * gaps.
 */
export function withGaps(points: SeriesPoints, info: SeriesInfo, bucketUs: number): Curve {
  const { timesUs, values } = points;
  if (timesUs.length < 2) return { timesUs, values };
  const mean = info.points > 1 ? (info.toUs - info.fromUs) / (info.points - 1) : Number.POSITIVE_INFINITY;
  const most = Math.max(GAP_INTERVALS * Math.min(medianStep(timesUs), mean), bucketUs);
  const times: number[] = [];
  const out: (number | null)[] = [];
  for (let i = 0; i < timesUs.length; i++) {
    const us = timesUs[i] ?? 0;
    const before = timesUs[i - 1];
    if (before !== undefined && us - before > most) {
      // Two ends, so that a time in the gap reads no sample unless one is near.
      times.push(before + most / 2, us - most / 2);
      out.push(null, null);
    }
    times.push(us);
    out.push(values[i] ?? null);
  }
  return { timesUs: times, values: out };
}

function medianStep(times: readonly number[]): number {
  const steps: number[] = [];
  for (let i = 1; i < times.length; i++) steps.push((times[i] ?? 0) - (times[i - 1] ?? 0));
  steps.sort((a, b) => a - b);
  return steps[steps.length >> 1] ?? 0;
}

/** Merges several series of one thing, such as those of its files, into one curve. */
export function mergeCurves(curves: readonly Curve[]): Curve {
  const only = curves[0];
  if (only === undefined) return noCurve;
  if (curves.length === 1) return only;
  const rows: { us: number; value: number | null }[] = [];
  for (const curve of curves) {
    const last = curve.timesUs.at(-1);
    for (const [i, us] of curve.timesUs.entries()) rows.push({ us, value: curve.values[i] ?? null });
    if (last !== undefined) rows.push({ us: last + 1, value: null });
  }
  rows.sort((a, b) => a.us - b.us);
  return { timesUs: rows.map((row) => row.us), values: rows.map((row) => row.value) };
}

/**
 * Puts all curves on one column of times, as uPlot wants them: undefined if only another curve has
 * a sample there, null in a gap.
 */
export function alignCurves(curves: readonly Curve[]): {
  timesUs: number[];
  columns: (number | null | undefined)[][];
} {
  const only = curves[0];
  if (only !== undefined && curves.length === 1) return { timesUs: [...only.timesUs], columns: [[...only.values]] };
  const all = new Float64Array(curves.reduce((sum, curve) => sum + curve.timesUs.length, 0));
  let at = 0;
  for (const curve of curves) for (const us of curve.timesUs) all[at++] = us;
  all.sort();
  const timesUs: number[] = [];
  for (const us of all) if (timesUs.length === 0 || timesUs[timesUs.length - 1] !== us) timesUs.push(us);
  const columns = curves.map((curve) => {
    const column: (number | null | undefined)[] = new Array(timesUs.length).fill(undefined);
    let row = 0;
    for (const [i, us] of curve.timesUs.entries()) {
      while (timesUs[row] !== us && row < timesUs.length) row++;
      column[row] = curve.values[i] ?? null;
    }
    return column;
  });
  return { timesUs, columns };
}

/** Returns the first index whose time is not before `us`. */
export function lowerBound(times: readonly number[], us: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < us) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns the sample nearest to a time, or null in a gap and outside the measured range. */
export function valueAt(curve: Curve, us: number): number | null {
  const { timesUs, values } = curve;
  const after = lowerBound(timesUs, us);
  const [left, right] = [timesUs[after - 1], timesUs[after]];
  if (left === undefined) return right === us ? (values[after] ?? null) : null;
  if (right === undefined) return null;
  return (us - left <= right - us ? values[after - 1] : values[after]) ?? null;
}

/** Returns the value of the drawn line: interpolated between two samples, null in a gap. */
export function lineAt(curve: Curve, us: number): number | null {
  const { timesUs, values } = curve;
  const after = lowerBound(timesUs, us);
  const [left, right] = [timesUs[after - 1], timesUs[after]];
  const [from, to] = [values[after - 1], values[after]];
  if (right === us) return to ?? null;
  if (left === undefined || right === undefined || from == null || to == null) return null;
  return from + ((to - from) * (us - left)) / (right - left);
}

export interface Summary {
  last: number | null;
  min: number | null;
  max: number | null;
  mean: number | null;
}

/** Summarises the samples between two times. */
export function summaryOf(curve: Curve, fromUs: number, toUs: number): Summary {
  const summary: Summary = { last: null, min: null, max: null, mean: null };
  let sum = 0;
  let count = 0;
  for (let i = lowerBound(curve.timesUs, fromUs); i < curve.timesUs.length; i++) {
    if ((curve.timesUs[i] ?? 0) > toUs) break;
    const value = curve.values[i];
    if (value === null || value === undefined) continue;
    summary.last = value;
    if (summary.min === null || value < summary.min) summary.min = value;
    if (summary.max === null || value > summary.max) summary.max = value;
    sum += value;
    count++;
  }
  if (count > 0) summary.mean = sum / count;
  return summary;
}

/**
 * Returns the height of a scale from 0: a round number above the greatest value, so that the value
 * never touches the edge.
 */
export function niceMax(max: number): number {
  if (!(max > 0) || !Number.isFinite(max)) return 1;
  const power = 10 ** Math.floor(Math.log10(max));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((each) => each * power >= max * 1.02) ?? 12;
  return step * power;
}
