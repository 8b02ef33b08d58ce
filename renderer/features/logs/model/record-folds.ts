/** Records as one row each: the lines that go on with a record are folded into its first line. */
import type { Fold } from './fold-map.ts';

/**
 * Folds of what stands between first lines of records, given by their numbers in the order of the
 * file. `total`: lines of the file; null where the lines given do not reach its end.
 */
export function recordFolds(firstLines: readonly number[], total: number | null): Fold[] {
  const folds: Fold[] = [];
  for (const [k, line] of firstLines.entries()) {
    const next = firstLines[k + 1] ?? (total === null ? line + 1 : total + 1);
    if (next - line > 1) folds.push({ head: line - 1, from: line, to: next - 2 });
  }
  return folds;
}
