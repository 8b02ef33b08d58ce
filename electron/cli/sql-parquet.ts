/**
 * Writes the rows of a query as a Parquet file. A column has the common type of its values:
 * integer, real, time, or otherwise text. Integers mixed with reals are real.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { PostrunError } from '../contract/errors.ts';
import { type SqlCell, type SqlState, uniqueNames } from '../contract/sql-records.ts';
import type { SqlColumn } from '../contract/sql-schema.ts';
import { rowGroups } from '../engine/export/columns.ts';
import { createPart } from '../engine/export/part-file.ts';
import { cursorOver } from '../engine/sql/tables/row-source.ts';
import { timeOfText } from '../engine/sql/times.ts';

const PAGE_ROWS = 10_000;
const GROUP_ROWS = 100_000;

type Fetch = (start: number, count: number) => Promise<SqlCell[][]>;

/** Writes the rows. Throws `exists` if the file already exists. */
export async function writeParquet(file: string, state: SqlState, fetch: Fetch): Promise<void> {
  const path = resolve(file);
  if (existsSync(path)) {
    throw new PostrunError('user', 'exists', 'There is a file of this name already; choose another name.', {
      where: path,
    });
  }
  const kinds = state.columns.map(() => new Set<CellKind>());
  for (let at = 0; at < state.rows; at += PAGE_ROWS) {
    for (const row of await fetch(at, PAGE_ROWS)) for (const [k, cell] of row.entries()) kinds[k]?.add(kindOf(cell));
  }
  const names = uniqueNames(state.columns);
  const columns = names.map((name, k): SqlColumn => ({ name, type: typeOf(kinds[k] ?? new Set()), about: '' }));
  const table = { name: 'result', about: '', columns };
  const part = createPart('parquet', path, table);
  try {
    for (let at = 0; at < state.rows; at += GROUP_ROWS) {
      const rows: SqlCell[][] = [];
      while (rows.length < Math.min(GROUP_ROWS, state.rows - at))
        rows.push(...(await fetch(at + rows.length, PAGE_ROWS)));
      rows.length = Math.min(GROUP_ROWS, state.rows - at);
      const cells = rows.map((row) => columns.map(({ type }, k) => cellOf(type, row[k] ?? null)));
      for (const group of rowGroups(table, cursorOver(cells.values()))) part.write(group);
    }
    part.finish();
  } catch (error) {
    part.discard();
    throw error;
  }
}

type CellKind = 'null' | SqlColumn['type'];

function kindOf(cell: SqlCell): CellKind {
  if (cell === null) return 'null';
  if (typeof cell === 'number') return Number.isSafeInteger(cell) ? 'integer' : 'real';
  return cell.length >= 16 && timeOfText(cell) !== null ? 'time' : 'text';
}

function typeOf(kinds: ReadonlySet<CellKind>): SqlColumn['type'] {
  const only = [...kinds].filter((kind) => kind !== 'null');
  const [first] = only;
  if (only.length === 1 && first !== undefined) return first;
  return only.length > 0 && only.every((kind) => kind === 'integer' || kind === 'real') ? 'real' : 'text';
}

function cellOf(type: SqlColumn['type'], cell: SqlCell): SqlCell {
  if (cell === null) return null;
  if (type === 'time') return timeOfText(String(cell));
  return type === 'text' ? String(cell) : cell;
}
