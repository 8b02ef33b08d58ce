/** Messages between an export and its threads. */
import type { ErrorInfo } from '../../contract/errors.ts';
import type { RedactionKind } from '../../contract/report-choices.ts';
import type { SqlTableName } from '../../contract/sql-schema.ts';
import type { CasePlace } from '../sql/tables/case-tables.ts';
import type { DataSetFormat } from './part-file.ts';

/** A piece of work: a whole table, or some segments of the lines as one part. */
export interface PartJob {
  table: SqlTableName;
  /** Number of the first part that it writes. */
  part: number;
  /** Places of the segments whose lines it writes; null for a whole table. */
  segments: number[] | null;
}

/** A part with its final name. `path` is relative to the data set. */
export interface PartRecord {
  table: SqlTableName;
  path: string;
  rows: number;
  bytes: number;
  sha256: string;
}

export interface DataSetWorkerData {
  place: CasePlace;
  directory: string;
  format: DataSetFormat;
  /** Kinds of values to hide; null for none. */
  redact: RedactionKind[] | null;
  stop: SharedArrayBuffer;
}

export type DataSetRequest = { type: 'learn' } | { type: 'part'; job: PartJob };

export type DataSetReply =
  | { type: 'learned' }
  | { type: 'written'; records: PartRecord[] }
  | { type: 'progress'; bytes: number }
  | { type: 'error'; error: ErrorInfo };
