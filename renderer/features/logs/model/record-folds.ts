/**
 * Record folds show each record as one row: the lines that continue a record are folded into its
 * first line.
 */
import type { Fold } from './fold-map.ts';

/**
 * Returns folds of the lines between the first lines of records, which are given by number in file
 * order. `total` is the number of lines in the file, or null if the given lines do not reach its
 * end.
 */
export function recordFolds(firstLines: readonly number[], total: number | null): Fold[] {
  const folds: Fold[] = [];
  for (const [k, line] of firstLines.entries()) {
    const next = firstLines[k + 1] ?? (total === null ? line + 1 : total + 1);
    if (next - line > 1) folds.push({ head: line - 1, from: line, to: next - 2 });
  }
  return folds;
}
