/**
 * The public tables in ClickHouse, limited to what an old server (18.16) and current ones share.
 * Each run is a partition, so that one step replaces it. A time is two columns, because old servers
 * have no finer type: `time` in seconds and `time_us` in microseconds since 1970.
 */
import type { SqlColumn, SqlTable, SqlTableName } from '../../contract/sql-schema.ts';
import { type ColumnValues, columnsOf, type NumberColumn, type RowGroup } from './columns.ts';
import { rowsOf, tabCell, tabEscaped, type WriteCell, type WriteRows } from './text-rows.ts';

/**
 * Columns that rows are sorted by within a run. They cannot be unknown: '' or 0 replaces an unknown
 * value.
 */
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
/** First server version with indexes that skip data by tokens. */
const TOKEN_INDEX_SINCE = [20, 3];

const quote = (name: string) => `\`${name}\``;

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

/** Returns the statement that creates a table. */
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

/** Returns the column names of a row, in the order of {@link insertRows}. */
export function insertColumns(table: SqlTable): string {
  const key = keys[table.name as SqlTableName];
  return ['run', ...columnsOf(table).flatMap((column) => typesOf(column, key).map(([name]) => name))]
    .map(quote)
    .join(', ');
}

/**
 * Writes the rows of a group in ClickHouse's TabSeparated format, in the order of {@link
 * insertColumns}.
 */
export function insertRows(table: SqlTable, runId: string, group: RowGroup): WriteRows {
  const key = keys[table.name as SqlTableName];
  const writers = columnsOf(table).flatMap((column, k): WriteCell[] => {
    const values = group.columns[k] as ColumnValues;
    const absent = (name: string, otherwise: string) => (key.includes(name) ? otherwise : '\\N');
    const { name, type } = column;
    if (type !== 'time' || values.kind !== 'numbers')
      return [tabCell(column, values, absent(name, type === 'text' ? '' : '0'))];
    return [secondCell(values, absent(name, '0')), tabCell(column, values, absent(`${name}_us`, '0'))];
  });
  // The run is part of the first lead, because it is the same in each row.
  const leads = writers.map((_, k) => (k === 0 ? `${tabEscaped(runId)}\t` : '\t'));
  return rowsOf(leads, '\n', writers);
}

/** The server's type covers 1970 to 2106. Times outside are unknown to it. */
function secondCell({ values }: NumberColumn, unknown: string): WriteCell {
  return (out, row) => {
    const seconds = Math.floor((values[row] as number) / 1_000_000);
    out.ascii(seconds >= 0 && seconds < 2 ** 32 ? String(seconds) : unknown);
  };
}
