/** The cells of a heat map: which rows, how high, and what each is worth. Pure. */

import { type Curve, lowerBound, valueAt } from '../../charts/series-data.ts';

const LEAST_ROW_PX = 4;
const MOST_ROW_PX = 22;
/** From here a row has its name beside it. */
export const LABEL_ROW_PX = 12;
export const CELL_PX = 3;

/** Rows fill the height that there is, as long as they can be told apart. */
export function rowHeight(rows: number, height: number): number {
  return Math.max(LEAST_ROW_PX, Math.min(MOST_ROW_PX, Math.floor(height / Math.max(1, rows))));
}

/**
 * What a stretch of time is worth: the greatest sample in it, so that no peak is lost; else the
 * sample next to it.
 */
export function cellValue(curve: Curve, fromUs: number, toUs: number): number | null {
  let most: number | null = null;
  for (let i = lowerBound(curve.timesUs, fromUs); i < curve.timesUs.length; i++) {
    if ((curve.timesUs[i] ?? 0) >= toUs) break;
    const value = curve.values[i];
    if (value !== null && value !== undefined && (most === null || value > most)) most = value;
  }
  return most ?? valueAt(curve, (fromUs + toUs) / 2);
}
