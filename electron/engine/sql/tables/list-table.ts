/**
 * A list table is a small public table whose rows analysis computes. They are made once and looked
 * up in a map by the requested columns.
 */
import type { SqlTable } from '../../../contract/sql-schema.ts';
import { type Cell, type Condition, cursorOver, type RowRequest, type RowSource } from './row-source.ts';

/** `make` returns the rows in the order of the table's columns, and is called at first use. */
export function listTable(table: SqlTable, make: () => Cell[][]): RowSource {
  let rows: Cell[][] | null = null;
  const maps = new Map<string, Map<string, Cell[][]>>();
  const places = new Map(table.columns.map((column, index) => [column.name, index]));
  return {
    open({ conditions }: RowRequest) {
      rows ??= make();
      const equal = conditions.filter((condition) => condition.op === 'eq');
      if (equal.length === 0) return cursorOver(rows.values());
      const columns = equal.map((condition) => places.get(condition.column) ?? 0);
      const name = columns.join(' ');
      let map = maps.get(name);
      if (map === undefined) {
        map = new Map();
        for (const row of rows) {
          const key = keyOf(columns.map((column) => row[column] ?? null));
          const list = map.get(key);
          if (list === undefined) map.set(key, [row]);
          else list.push(row);
        }
        maps.set(name, map);
      }
      return cursorOver((map.get(keyOf(equal.map(valueIn))) ?? []).values());
    },
  };
}

const valueIn = (condition: Condition): Cell => condition.value;

/** A number and its text share a key, because SQL decides which of them are equal. */
function keyOf(cells: readonly Cell[]): string {
  return JSON.stringify(cells.map((cell) => (cell === null ? null : String(cell))));
}
