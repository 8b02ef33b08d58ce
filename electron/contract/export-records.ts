/** What an export gives back. */

export interface ExportedTable {
  table: string;
  rows: number;
  files: number;
  bytes: number;
}

export interface ExportResult {
  directory: string;
  format: string;
  tables: ExportedTable[];
  seconds: number;
}

export interface ExportProgress {
  caseId: string;
  /** Bytes of the logs whose lines are written. */
  bytesDone: number;
  bytesTotal: number;
}

export interface LoadResult {
  /** Host and port of the server. */
  server: string;
  tables: ExportedTable[];
  seconds: number;
}
