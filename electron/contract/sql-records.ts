/** What a query tells of itself and gives, as it crosses from the engine to a shell. */

/** What the reading of lines cost, for all scans of the table `lines` in a query. */
export interface SqlRead {
  scans: number;
  /** Blocks of the files that could have such lines. */
  blocksTotal: number;
  blocksRead: number;
  bytesRead: number;
  /** Lines that were handed to SQL. */
  lines: number;
}

export interface SqlResultColumn {
  name: string;
  /** The public column that it shows as it is, `table.column`; null for what is computed. */
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
  /** Why it ended early: its limit, somebody, an error on the way. Rows up to then can be read. */
  error: { code: string; message: string; where: string | null } | null;
}

export type SqlCell = string | number | null;

/** A statement that was run. */
export interface SqlHistoryEntry {
  sql: string;
  atUs: number;
  rows: number;
}

/** Names of columns, each once: a second `count` is `count:2`. */
export function uniqueNames(columns: readonly { name: string }[]): string[] {
  const seen = new Map<string, number>();
  return columns.map(({ name }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}:${times}`;
  });
}
