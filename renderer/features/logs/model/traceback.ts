/**
 * A traceback as one item: its lines from the first to the last, including the exceptions that
 * caused it or in whose handling it was raised.
 */
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import type { Fold } from './fold-map.ts';

type Part = Pick<LineRow, 'line' | 'traceback'>;

/**
 * Returns folds of whole tracebacks, which hide everything between the first line and the last. The
 * rows are in file order and may lack those outside tracebacks. In a chain of exceptions each part
 * ends with a `last`, and the next part begins with an `inner` after an empty line.
 */
export function tracebackFolds(rows: readonly Part[]): Fold[] {
  const folds: Fold[] = [];
  for (const { first, last } of tracebacks(rows)) {
    if (last - first > 1) folds.push({ head: first - 1, from: first, to: last - 2 });
  }
  return folds;
}

/** Returns the lines of the traceback around a line, or that line alone if it belongs to none. */
export function tracebackAround<Row extends Part>(rows: readonly Row[], line: number): readonly Row[] {
  const found = tracebacks(rows).find(({ first, last }) => first <= line && line <= last);
  return rows.filter((row) =>
    found === undefined ? row.line === line : row.line >= found.first && row.line <= found.last,
  );
}

/**
 * Returns the first and last line of each traceback, even if its start or end is not among the
 * rows.
 */
function tracebacks(rows: readonly Part[]): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = [];
  let open: { first: number; last: number } | null = null;
  for (const { line, traceback } of rows) {
    if (traceback === null) continue;
    const isNext: boolean = open !== null && line === open.last + 1;
    const isChained: boolean = open !== null && line === open.last + 2 && traceback !== 'first';
    if (open !== null && traceback !== 'first' && (isNext || isChained)) {
      open.last = line;
      continue;
    }
    open = { first: line, last: line };
    found.push(open);
  }
  return found;
}
