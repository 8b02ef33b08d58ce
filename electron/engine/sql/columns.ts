/** The columns that a statement gives, and the public columns that they show. */
import { sqlTables } from '../../contract/sql-schema.ts';
import type { SqliteWasm } from './sqlite-wasm.ts';

export interface SqlColumnInfo {
  name: string;
  /** The public column that it shows unchanged: `table.column`. Null for a computed column. */
  origin: string | null;
  isTime: boolean;
}

/** Returns the columns of a prepared statement. */
export function columnsOf(wasm: SqliteWasm, statement: number): SqlColumnInfo[] {
  const { exports } = wasm;
  return Array.from({ length: exports.sqlite3_column_count(statement) }, (_, column) => {
    const name = wasm.cstrToJs(exports.sqlite3_column_name(statement, column)) ?? '';
    const table = wasm.cstrToJs(exports.sqlite3_column_table_name(statement, column));
    const origin = wasm.cstrToJs(exports.sqlite3_column_origin_name(statement, column));
    const known = sqlTables.find((each) => each.name === table)?.columns as
      | readonly { name: string; type: string }[]
      | undefined;
    return {
      name,
      origin: table === null || origin === null ? null : `${table}.${origin}`,
      isTime: known?.find((each) => each.name === origin)?.type === 'time',
    };
  });
}
