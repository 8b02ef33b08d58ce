import type { MiniBatchRow, ProgressPoint } from '../../../electron/contract/records.ts';

export interface CurvePoint {
  us: number;
  value: number;
}

/** One curve of the run's progress. What several logs tell out of order never goes down: nothing is un-processed. */
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

/** Mini-batches that have ended by then. */
export function endCurve(rows: readonly MiniBatchRow[]): CurvePoint[] {
  const times = rows
    .flatMap((row) => (row.status === 'unfinished' ? [] : (row.endUs ?? row.startUs ?? [])))
    .sort((a, b) => a - b);
  return times.map((us, index) => ({ us, value: index + 1 }));
}

/** Value of a curve of steps at a moment; null before its first point. */
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

/** A round number at or above, so that the middle of the axis is a whole one: 240 → 300, 3,994 → 4,000. */
export function niceMost(value: number): number {
  if (value <= 4) return 4;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find((each) => each * magnitude >= value) ?? 10;
  const most = step * magnitude;
  return Number.isInteger(most / 2) ? most : Math.ceil(most / 2) * 2;
}
