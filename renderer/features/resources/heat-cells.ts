/**
 * Pure functions that lay out the cells of a heat map: which rows, how high, and the value of each
 * cell.
 */

import { type Curve, lowerBound, valueAt } from '../../charts/series-data.ts';

const LEAST_ROW_PX = 4;
const MOST_ROW_PX = 22;
/** Rows at least this high have their names beside them. */
export const LABEL_ROW_PX = 12;
export const CELL_PX = 3;

/** Returns the row height. Rows fill the available height within limits that keep them distinct. */
export function rowHeight(rows: number, height: number): number {
  return Math.max(LEAST_ROW_PX, Math.min(MOST_ROW_PX, Math.floor(height / Math.max(1, rows))));
}

/** The rows in sight. Part of the first and the last may be hidden. */
export interface RowWindow {
  first: number;
  last: number;
}

export function rowsInSight(rows: number, rowPx: number, scrollTop: number, height: number): RowWindow {
  return {
    first: Math.max(0, Math.floor(scrollTop / rowPx)),
    last: Math.min(rows - 1, Math.ceil((scrollTop + height) / rowPx)),
  };
}

/** Returns where to scroll so that a row is in sight, or null if it is. */
export function scrollTopFor(index: number, rowPx: number, scrollTop: number, height: number): number | null {
  if (index * rowPx < scrollTop) return index * rowPx;
  const bottom = (index + 1) * rowPx;
  return bottom > scrollTop + height ? bottom - height : null;
}

/**
 * Returns the value of a stretch of time: its greatest sample, so that no peak is lost, otherwise
 * the nearest sample.
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
