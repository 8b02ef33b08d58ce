/** Quartiles and the like of samples within a range. Pure. */
import type { SeriesPoints } from '../../../electron/contract/records.ts';

export interface Quantiles {
  min: number;
  median: number;
  p95: number;
  max: number;
}

/** Of all samples of some series between two times, both included; null where there is none. */
export function quantilesOf(points: readonly SeriesPoints[], fromUs: number, toUs: number): Quantiles | null {
  const values: number[] = [];
  for (const { timesUs, values: own } of points) {
    for (const [index, us] of timesUs.entries()) {
      const value = own[index];
      if (us >= fromUs && us <= toUs && value !== null && value !== undefined) values.push(value);
    }
  }
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.min(values.length - 1, Math.ceil(share * values.length) - 1)] ?? 0;
  const [min] = values;
  return min === undefined ? null : { min, median: at(0.5), p95: at(0.95), max: values.at(-1) ?? min };
}
