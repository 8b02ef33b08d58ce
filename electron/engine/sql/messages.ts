/** Messages between the engine and the thread that evaluates SQL. */
import type { ErrorInfo } from '../../contract/errors.ts';
import type { SqlRead, SqlResultColumn } from '../../contract/sql-records.ts';
import type { CasePlace } from './tables/case-tables.ts';

export interface SqlWorkerData {
  cases: CasePlace[];
  /** Setting the first element to 1 stops the running statement. */
  stop: SharedArrayBuffer;
}

/**
 * A statement to evaluate. Its rows go to the open file `fd`, which both sides can read and write.
 */
export interface SqlJob {
  sql: string;
  maxSeconds: number;
  maxRows: number;
  fd: number;
}

/** A piece of the result in its file: a JSON array of rows. */
export interface ResultChunk {
  /** Place of its first row in the result. */
  firstRow: number;
  rows: number;
  start: number;
  bytes: number;
}

export type SqlReply =
  | { type: 'columns'; columns: SqlResultColumn[] }
  | { type: 'chunk'; chunk: ResultChunk; reads: SqlRead }
  | { type: 'end'; error: ErrorInfo | null; reads: SqlRead };
