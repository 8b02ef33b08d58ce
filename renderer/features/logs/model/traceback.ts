/**
 * A traceback as one item: its lines from the first to the last, with the exceptions that it was
 * raised from or while.
 */
import type { LineRow } from '../../../../electron/contract/records.ts';
import type { Fold } from './fold-map.ts';

type Part = Pick<LineRow, 'line' | 'traceback'>;

/**
 * Folds of whole tracebacks out of rows in the order of the file, of which those outside of
 * tracebacks may be left out: everything between the first line and the last. In a chain of
 * exceptions each part ends with a `last`, and after an empty line the next part goes on with an
 * `inner`.
 */
export function tracebackFolds(rows: readonly Part[]): Fold[] {
  const folds: Fold[] = [];
  for (const { first, last } of tracebacks(rows)) {
    if (last - first > 1) folds.push({ head: first - 1, from: first, to: last - 2 });
  }
  return folds;
}

/** The lines of the traceback that a line is part of; that line alone where it is part of none. */
export function tracebackAround<Row extends Part>(rows: readonly Row[], line: number): readonly Row[] {
  const found = tracebacks(rows).find(({ first, last }) => first <= line && line <= last);
  return rows.filter((row) =>
    found === undefined ? row.line === line : row.line >= found.first && row.line <= found.last,
  );
}

/** First and last line of each, also of one whose start or end is not among the rows. */
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
