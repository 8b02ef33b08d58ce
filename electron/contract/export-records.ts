/** Results of an export. */

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
  /** Bytes of log whose lines have been written. */
  bytesDone: number;
  bytesTotal: number;
}

export interface LoadResult {
  /** Host and port of the server. */
  server: string;
  tables: ExportedTable[];
  seconds: number;
}
