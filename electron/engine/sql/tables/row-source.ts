/**
 * A row source gives the rows of one public table of one case: to SQL, which passes on the
 * conditions it has, and to exports, which take all rows. Times are microseconds since the epoch
 * here; whoever shows them formats them.
 */
export type Cell = string | number | Uint8Array | null;

export type ConditionOp = 'eq' | 'gt' | 'ge' | 'lt' | 'le' | 'null' | 'notnull' | 'match' | 'like' | 'glob' | 'regexp';

/**
 * A condition on a column: a value of the column's own type, in microseconds for a time. `null` and
 * `notnull` have none.
 */
export interface Condition {
  column: string;
  op: ConditionOp;
  value: string | number | null;
}

export interface RowRequest {
  conditions: readonly Condition[];
  /** Which columns are asked for, by place; the others may be left NULL. */
  isUsed: readonly boolean[];
}

/**
 * Rows one after another. A source may use the same cursor for the next row: read what is needed
 * before `next`.
 */
export interface RowCursor {
  /** False where there is no more row. */
  next(): boolean;
  /** The cell of a column by its place in the table. */
  cell(column: number): Cell;
  /** Let go of what it reads from; to be called once, also before the last row. */
  close(): void;
}

export interface RowSource {
  /** Conditions are hints: rows that do not meet them may come, rows that do must. */
  open(request: RowRequest): RowCursor;
}

/** The rows of an iterator of arrays. */
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
