/**
 * Pure functions that summarise many curves as one band (minimum, quartiles, median and maximum at
 * each moment) and find the curves that stand out.
 */

import { type Curve, lineAt } from './series-data.ts';

export interface Band {
  timesUs: number[];
  min: (number | null)[];
  low: (number | null)[];
  median: (number | null)[];
  high: (number | null)[];
  max: (number | null)[];
  /** The number of curves with a value. */
  count: number[];
  /** The indexes of the curves with the minimum and the maximum; -1 for none. */
  minOf: number[];
  maxOf: number[];
}

export function bandOf(curves: readonly Curve[], fromUs: number, toUs: number, steps: number): Band {
  const band: Band = { timesUs: [], min: [], low: [], median: [], high: [], max: [], count: [], minOf: [], maxOf: [] };
  const step = (toUs - fromUs) / Math.max(1, steps);
  for (let i = 0; i <= steps; i++) {
    const us = fromUs + i * step;
    const values: { value: number; of: number }[] = [];
    for (const [of, curve] of curves.entries()) {
      const value = lineAt(curve, us);
      if (value !== null) values.push({ value, of });
    }
    values.sort((a, b) => a.value - b.value);
    const at = (share: number) => values[Math.round(share * (values.length - 1))]?.value ?? null;
    band.timesUs.push(us);
    band.min.push(at(0));
    band.low.push(at(0.25));
    band.median.push(at(0.5));
    band.high.push(at(0.75));
    band.max.push(at(1));
    band.count.push(values.length);
    band.minOf.push(values[0]?.of ?? -1);
    band.maxOf.push(values.at(-1)?.of ?? -1);
  }
  return band;
}

export interface Outlier {
  index: number;
  /** The mean distance from the median in the same unit. Positive is above. */
  distance: number;
  /** In multiples of the usual distance between a curve and the median. */
  times: number;
}

/** A curve stands out if its mean distance from the median is this many times the usual one. */
const OUTLIER_TIMES = 4;

/**
 * Returns curves that stay away from the median of all, the farthest first. Fewer than four curves
 * form no crowd to stand out from.
 */
export function outliersOf(curves: readonly Curve[], band: Band, most: number): Outlier[] {
  if (curves.length < 4) return [];
  const rows = curves.map((curve, index) => {
    let sum = 0;
    let count = 0;
    for (const [i, us] of band.timesUs.entries()) {
      const value = lineAt(curve, us);
      const median = band.median[i];
      if (value === null || median === null || median === undefined) continue;
      sum += value - median;
      count++;
    }
    return { index, distance: count === 0 ? 0 : sum / count };
  });
  const sizes = rows.map((row) => Math.abs(row.distance)).sort((a, b) => a - b);
  const usual = sizes[sizes.length >> 1] ?? 0;
  const spread = Math.max(...band.max.map((max, i) => (max ?? 0) - (band.min[i] ?? 0)), 0);
  // If all agree to within a hundredth of the visible range, none stands out.
  const least = Math.max(usual, spread * 0.01);
  if (least === 0) return [];
  return rows
    .map((row) => ({ ...row, times: Math.abs(row.distance) / least }))
    .filter((row) => row.times >= OUTLIER_TIMES)
    .sort((a, b) => b.times - a.times)
    .slice(0, most);
}
