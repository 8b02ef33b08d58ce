/** Small statistics over numbers that are sorted or may be reordered. */
import type { Numbers } from './typed.ts';

/** Value at a share 0…1 of ascending values (nearest rank); NaN where there are none. */
export function quantile(sorted: Numbers, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const index = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[index] as number;
}

/** Known values, ascending. */
export function sortedKnown(values: Iterable<number>): Float64Array {
  return Float64Array.from([...values].filter((value) => !Number.isNaN(value))).sort();
}

/** Median of known values; null where there are none. */
export function median(values: Iterable<number>): number | null {
  const sorted = sortedKnown(values);
  return sorted.length === 0 ? null : quantile(sorted, 0.5);
}

/** Median absolute deviation from the median, times 1.4826 (equal to the standard deviation where values are normal). */
export function spreadOf(sorted: Float64Array): number {
  const middle = quantile(sorted, 0.5);
  const gaps = Float64Array.from(sorted, (value) => Math.abs(value - middle)).sort();
  return 1.4826 * quantile(gaps, 0.5);
}
