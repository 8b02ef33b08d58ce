/** State and results of a SQL query as they cross from the engine to a shell. */

/** The cost of reading lines, for all scans of the table `lines` in a query. */
export interface SqlRead {
  scans: number;
  /** Blocks of the files that could hold matching lines. */
  blocksTotal: number;
  blocksRead: number;
  bytesRead: number;
  /** Lines handed to SQL. */
  lines: number;
}

export interface SqlResultColumn {
  name: string;
  /** The public column shown unchanged, as `table.column`. Null for a computed column. */
  origin: string | null;
  isTime: boolean;
}

export interface SqlState {
  queryId: string;
  /** Empty until the query is understood. */
  columns: SqlResultColumn[];
  /** Rows so far; all when `complete`. */
  rows: number;
  complete: boolean;
  milliseconds: number;
  reads: SqlRead;
  /**
   * The reason why it ended early: its limit, a person, an error on the way. The rows up to then
   * can be read.
   */
  error: { code: string; message: string; where: string | null } | null;
}

export type SqlCell = string | number | null;

/** A statement that was run. */
export interface SqlHistoryEntry {
  sql: string;
  atUs: number;
  rows: number;
}

/** Makes column names unique: a second `count` becomes `count:2`. */
export function uniqueNames(columns: readonly { name: string }[]): string[] {
  const seen = new Map<string, number>();
  return columns.map(({ name }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}:${times}`;
  });
}
