/** Rows on their way into a data set: gathered in columns, a row group at a time. */
import { isUtf8 } from 'node:buffer';
import type { SqlTable } from '../../contract/sql-schema.ts';
import type { Cell, RowCursor } from '../sql/tables/row-source.ts';

/** The column that the path of a file has, not the file. */
export const PARTITION = 'run';
/** A row group ends at so many rows or bytes of text, whichever comes first. */
export const GROUP_ROWS = 500_000;
export const GROUP_BYTES = 6 * 1024 * 1024;

/** Columns of one row group, in the order of {@link columnsOf}. */
export interface RowGroup {
  rows: number;
  columns: Cell[][];
}

/** The columns of a table that its files have: in a data set the run is in the path, not so in the file of a query's result. */
export function columnsOf(table: SqlTable): SqlTable['columns'] {
  return table.name === 'result' ? table.columns : table.columns.filter((column) => column.name !== PARTITION);
}

/** Changes the texts of a row group before it is written. */
export type TextChange = (table: SqlTable, group: RowGroup) => void;

/** The rows of a cursor in groups. Closes the cursor. */
export function* rowGroups(table: SqlTable, cursor: RowCursor): Generator<RowGroup> {
  const columns = columnsOf(table);
  const places = columns.map((column) => table.columns.indexOf(column));
  let group: RowGroup = { rows: 0, columns: columns.map(() => []) };
  let bytes = 0;
  try {
    while (cursor.next()) {
      for (const [k, place] of places.entries()) {
        const cell = cursor.cell(place);
        if (typeof cell === 'object' && cell !== null) {
          bytes += cell.length + 64;
          (group.columns[k] as Cell[]).push(isUtf8(cell) ? cell : Buffer.from(Buffer.from(cell).toString('utf8')));
        } else {
          if (typeof cell === 'string') bytes += 16;
          (group.columns[k] as Cell[]).push(cell);
        }
      }
      group.rows++;
      if (group.rows < GROUP_ROWS && bytes < GROUP_BYTES) continue;
      yield group;
      group = { rows: 0, columns: columns.map(() => []) };
      bytes = 0;
    }
    if (group.rows > 0) yield group;
  } finally {
    cursor.close();
  }
}
