/**
 * The cursor of a plot stands at one of its samples: pure functions that find the sample, step by
 * keys and read the values there.
 */
import type { PlotSpec } from './plot-layout.ts';

/** Returns the index in `xs` of the value nearest to `x`, or −1 for an empty list. `xs` ascends. */
export function nearestIndex(xs: readonly number[], x: number): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return xs.length === 0 ? -1 : 0;
  if (low === xs.length) return xs.length - 1;
  return x - (xs[low - 1] ?? 0) <= (xs[low] ?? 0) - x ? low - 1 : low;
}

/** Returns the sample that a key goes to, or null if it goes to none. `index` is -1 for none. */
export function stopAfterKey(key: string, index: number, stops: number): number | null {
  if (stops === 0) return null;
  if (key === 'ArrowRight') return Math.min(stops - 1, index + 1);
  if (key === 'ArrowLeft') return index < 0 ? stops - 1 : Math.max(0, index - 1);
  if (key === 'Home') return 0;
  return key === 'End' ? stops - 1 : null;
}

/** The value of a line at a sample, in words. */
export interface PlotValue {
  key: string;
  title: string;
  text: string;
}

/** Returns the value of each line at x. Dots and bars have one only there, lines also between. */
export function valuesAt(spec: PlotSpec, x: number): PlotValue[] {
  return spec.lines.flatMap((line) => {
    const index = nearestIndex(line.xs, x);
    const isHere = line.xs[index] === x || line.shape === 'steps' || line.shape === undefined || line.shape === 'line';
    const value = index < 0 || !isHere ? null : (line.ys[index] ?? null);
    return value === null ? [] : [{ key: line.key, title: line.title, text: spec.y.format(value) }];
  });
}
