/**
 * The look of the n-th of many curves: a colour in Okabe and Ito's order, then the same colours
 * with other dashes.
 */

import { seriesToken } from '../../base/looks.ts';
import { type Curve, valueAt } from '../../charts/series-data.ts';

const dashes: readonly (readonly number[] | undefined)[] = [undefined, [6, 3], [2, 2], [8, 3, 2, 3]];

export interface CurveLook {
  token: string;
  dash: readonly number[] | undefined;
}

export function curveLook(index: number): CurveLook {
  return { token: seriesToken(index), dash: dashes[Math.floor(index / 8) % dashes.length] };
}

/**
 * Returns the index of the curve nearest to a value at a time, or null if no curve has a sample
 * close enough.
 */
export function nearestCurve(curves: readonly Curve[], us: number, value: number, within: number): number | null {
  let best: number | null = null;
  let least = within;
  for (const [index, curve] of curves.entries()) {
    const here = valueAt(curve, us);
    if (here === null || Math.abs(here - value) > least) continue;
    least = Math.abs(here - value);
    best = index;
  }
  return best;
}
