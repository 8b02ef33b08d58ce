/**
 * How the n-th of many curves looks: a colour in the order of Okabe and Ito, then the same colours
 * with other dashes. Pure.
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
 * The curve that is nearest to a value at a time, by index; null where none has a sample, or none
 * is near enough.
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
