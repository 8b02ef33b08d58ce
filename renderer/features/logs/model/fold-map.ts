/**
 * A fold map converts between the lines of a file and the rows on the screen when lines are folded.
 * Indexes are 0-based.
 */

export interface Fold {
  /** The row that stays visible and stands for the fold. */
  head: number;
  /** The hidden lines, first and last included. */
  from: number;
  to: number;
}

export interface FoldMap {
  folds: readonly Fold[];
  /** The number of rows hidden before each fold. */
  hiddenBefore: readonly number[];
  hidden: number;
}

export const noFolds: FoldMap = { folds: [], hiddenBefore: [], hidden: 0 };

/** Makes a fold map. Drops folds that overlap an earlier one. */
export function foldMap(folds: readonly Fold[]): FoldMap {
  const sorted = folds.filter((fold) => fold.to >= fold.from).toSorted((a, b) => a.from - b.from);
  const kept: Fold[] = [];
  const hiddenBefore: number[] = [];
  let hidden = 0;
  let end = -1;
  for (const fold of sorted) {
    if (fold.from <= end) continue;
    kept.push(fold);
    hiddenBefore.push(hidden);
    hidden += fold.to - fold.from + 1;
    end = fold.to;
  }
  return { folds: kept, hiddenBefore, hidden };
}

/**
 * Returns the last fold for which `isBefore` holds, or -1. It must hold for all folds up to that
 * one.
 */
function lastWhere(map: FoldMap, isBefore: (at: number) => boolean): number {
  let low = 0;
  let high = map.folds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Returns the line that a row shows. */
export function lineOfRow(map: FoldMap, row: number): number {
  const at = lastWhere(map, (k) => (map.folds[k]?.from ?? 0) - (map.hiddenBefore[k] ?? 0) <= row);
  const fold = map.folds[at];
  return fold === undefined ? row : row + (map.hiddenBefore[at] ?? 0) + fold.to - fold.from + 1;
}

/** Returns how many folded lines lie between a row and the row before it. */
export function hiddenBeforeRow(map: FoldMap, row: number): number {
  const before = row === 0 ? -1 : lineOfRow(map, row - 1);
  return lineOfRow(map, row) - before - 1;
}

/** Returns the row that shows a line or, if the line is folded, the row that stands for it. */
export function rowOfLine(map: FoldMap, line: number): number {
  const at = lastWhere(map, (k) => (map.folds[k]?.from ?? 0) <= line);
  const fold = map.folds[at];
  if (fold === undefined) return line;
  const before = map.hiddenBefore[at] ?? 0;
  if (line <= fold.to) return fold.from - before - 1;
  return line - before - (fold.to - fold.from + 1);
}

/** Returns the fold that a line heads or lies in. */
export function foldAt(map: FoldMap, line: number): Fold | null {
  const at = lastWhere(map, (k) => (map.folds[k]?.head ?? 0) <= line);
  const fold = map.folds[at];
  return fold !== undefined && line <= fold.to ? fold : null;
}
