/**
 * The public tables in ClickHouse: only what an old server (18.16) and current ones share. A run is a partition, so that it is replaced in one step.
 * Times are two columns: `time` to the second, `time_us` in microseconds since 1970, since old servers know no finer type.
 */
import type { SqlColumn, SqlTable, SqlTableName } from '../../contract/sql-schema.ts';
import type { Cell } from '../sql/tables/row-source.ts';
import type { RowGroup } from './rows.ts';
import { columnsOf } from './rows.ts';

/** Columns that rows are sorted by within a run; they are never unknown here: '' or 0 stands for it. */
const keys: Record<SqlTableName, readonly string[]> = {
  runs: [],
  nodes: ['node'],
  processes: ['node', 'pid'],
  mini_batches: ['mini_batch'],
  attempts: ['mini_batch', 'attempt'],
  events: ['source', 'type', 'file', 'line'],
  samples: ['metric', 'node', 'process', 'time_us'],
  files: ['file'],
  lines: ['kind', 'file', 'line'],
  errors: ['error_group', 'file', 'line'],
  error_groups: ['error_group'],
  findings: ['finding'],
  testimony: ['witness'],
};
/** The server's version from which on it has indexes that skip data by tokens. */
const TOKEN_INDEX_SINCE = [20, 3];

const quote = (name: string) => `\`${name}\``;

export function keyOf(name: SqlTableName): readonly string[] {
  return keys[name];
}

function typesOf(column: SqlColumn, key: readonly string[]): [name: string, type: string][] {
  const { name, type } = column;
  const wrap = (of: string, as: string) => (key.includes(as) ? of : `Nullable(${of})`);
  if (type === 'time') {
    return [
      [name, wrap("DateTime('UTC')", name)],
      [`${name}_us`, wrap('Int64', `${name}_us`)],
    ];
  }
  const of = type === 'text' ? 'String' : type === 'integer' ? 'Int64' : 'Float64';
  return [[name, wrap(of, name)]];
}

/** The statement that makes a table. */
export function createTable(database: string, table: SqlTable, version: readonly number[]): string {
  const key = keys[table.name as SqlTableName];
  const columns = columnsOf(table).flatMap((column) => typesOf(column, key));
  const lines = [`${quote('run')} String`, ...columns.map(([name, type]) => `${quote(name)} ${type}`)];
  if (table.name === 'lines' && isSince(version, TOKEN_INDEX_SINCE)) {
    lines.push("INDEX text_tokens lower(ifNull(text, '')) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 4");
  }
  const order = ['run', ...key].map(quote).join(', ');
  return `CREATE TABLE IF NOT EXISTS ${quote(database)}.${quote(table.name)} (${lines.join(', ')}) ENGINE = MergeTree() PARTITION BY run ORDER BY (${order})`;
}

export function isSince(version: readonly number[], since: readonly number[]): boolean {
  for (const [k, part] of since.entries()) if (version[k] !== part) return (version[k] ?? 0) > part;
  return true;
}

/** Names of the columns of a row, in the order of {@link rowsText}. */
export function insertColumns(table: SqlTable): string {
  const key = keys[table.name as SqlTableName];
  return ['run', ...columnsOf(table).flatMap((column) => typesOf(column, key).map(([name]) => name))]
    .map(quote)
    .join(', ');
}

const escapes: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
};
const special = /[\\\t\n\r\0\b\f]/g;

export function escapeText(text: string): string {
  return text.replace(special, (character) => escapes[character] ?? character);
}

/** Rows in ClickHouse's format TabSeparated. */
export function rowsText(table: SqlTable, runId: string, group: RowGroup): string {
  const key = keys[table.name as SqlTableName];
  const columns = columnsOf(table);
  const run = escapeText(runId);
  const lines: string[] = [];
  for (let row = 0; row < group.rows; row++) {
    let line = run;
    for (const [k, column] of columns.entries()) line += `\t${fields(column, group.columns[k]?.[row] ?? null, key)}`;
    lines.push(line);
  }
  return `${lines.join('\n')}\n`;
}

function fields(column: SqlColumn, cell: Cell, key: readonly string[]): string {
  const { name, type } = column;
  if (type === 'time') {
    const us = cell === null ? null : Math.round(Number(cell));
    const seconds = us === null ? null : Math.floor(us / 1_000_000);
    // The server's type ends in 2106 and begins in 1970.
    const isKept = seconds !== null && seconds >= 0 && seconds < 4_294_967_296;
    return `${isKept ? seconds : absent(name, key, '0')}\t${us ?? absent(`${name}_us`, key, '0')}`;
  }
  if (cell === null) return absent(name, key, type === 'text' ? '' : '0');
  if (typeof cell === 'number') return type === 'integer' ? String(Math.round(cell)) : String(cell);
  return escapeText(
    typeof cell === 'string' ? cell : Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('utf8'),
  );
}

function absent(name: string, key: readonly string[], otherwise: string): string {
  return key.includes(name) ? otherwise : '\\N';
}
