/**
 * A row source returns the rows of one public table of one case: to SQL, which passes its
 * conditions, and to exports, which take all rows. Times are microseconds since the epoch and are
 * formatted when shown.
 */
export type Cell = string | number | Uint8Array | null;

export type ConditionOp = 'eq' | 'gt' | 'ge' | 'lt' | 'le' | 'null' | 'notnull' | 'match' | 'like' | 'glob' | 'regexp';

/**
 * A condition on a column. Its value has the column's type, in microseconds for a time. `null` and
 * `notnull` have no value.
 */
export interface Condition {
  column: string;
  op: ConditionOp;
  value: string | number | null;
}

export interface RowRequest {
  conditions: readonly Condition[];
  /** The requested columns, by place. Other columns may be NULL. */
  isUsed: readonly boolean[];
}

/**
 * Iterates over rows. A source may reuse the cursor for the next row, so read what you need before
 * `next`.
 */
export interface RowCursor {
  /** Returns false after the last row. */
  next(): boolean;
  /** Returns the cell of a column, by its place in the table. */
  cell(column: number): Cell;
  /** Releases what it reads from. Call it once, even before the last row. */
  close(): void;
}

export interface RowSource {
  /**
   * Conditions are hints: the result may include rows that do not meet them, but must include all
   * that do.
   */
  open(request: RowRequest): RowCursor;
}

/** Makes a cursor over an iterator of arrays. */
export function cursorOver(rows: Iterator<readonly Cell[]>): RowCursor {
  let row: readonly Cell[] = [];
  return {
    next() {
      const step = rows.next();
      if (step.done) return false;
      row = step.value;
      return true;
    },
    cell: (column) => row[column] ?? null,
    close: () => void rows.return?.(),
  };
}
