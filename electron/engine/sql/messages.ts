/** What the engine and the thread that evaluates SQL say to each other. */
import type { ErrorInfo } from '../../contract/errors.ts';
import type { SqlRead, SqlResultColumn } from '../../contract/sql-records.ts';
import type { CasePlace } from './tables/case-tables.ts';

export interface SqlWorkerData {
  cases: CasePlace[];
  /** When its first element is 1, the statement under way ends. */
  stop: SharedArrayBuffer;
}

/** Rows go to the open file `fd`, which both can read and write. */
export interface SqlJob {
  sql: string;
  maxSeconds: number;
  maxRows: number;
  fd: number;
}

/** A piece of the result in its file: JSON, an array of rows. */
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
