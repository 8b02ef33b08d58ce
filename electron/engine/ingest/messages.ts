/** Messages between the indexer and its ingest workers, and the units of work they carry. */
import type { ReadingChoice } from '../../contract/reading.ts';
import type { OwnFormat } from '../formats/custom/format-book.ts';
import type { FileClass } from '../formats/types.ts';
import type { Inside } from '../source/inside.ts';
import type { ZipPlace } from '../source/zip-place.ts';
import type { ResumePoint, SegmentRows } from '../store/rows.ts';

/** A file as the workers know it. */
export interface IngestFile extends FileClass {
  fileId: number;
  path: string;
  bytes: number;
  zip: ZipPlace | null;
  /** Time of the last change; null if the source does not say. */
  modifiedUs: number | null;
  /** A person's settings for the file. */
  choice: ReadingChoice | null;
  /** Set if the file is read through an archive or a compressed file. */
  inside: Inside | null;
}

export interface UnitPart {
  file: IngestFile;
  part: number;
  /** Bytes of the file, [start, end). */
  start: number;
  end: number;
  /** The place to resume at; null to read the part from its beginning. */
  resume: ResumePoint | null;
}

/** The work that one worker takes at a time. */
export interface Unit {
  unitId: number;
  bytes: number;
  parts: UnitPart[];
}

export interface IngestWorkerData {
  kind: 'folder' | 'zip';
  /** Absolute path of the folder or zip. */
  path: string;
  /** Path of the run's root within it: '' or ending in '/'. */
  prefix: string;
  /** Year of the newest file, for lines whose time has no year (syslog). */
  year: number;
  /** A time from the run's own dated logs; null if there are none. */
  runUs: number | null;
  /** Custom formats. */
  formats: readonly OwnFormat[];
}

export type ToIngestWorker = { type: 'unit'; unit: Unit } | { type: 'stop' };

export type FromIngestWorker =
  | { type: 'ready' }
  | { type: 'progress'; bytes: number }
  | { type: 'segment'; rows: SegmentRows }
  | { type: 'unit_read'; unitId: number };

export type ToWriter = { type: 'segment'; rows: SegmentRows; worker: number } | { type: 'derive' } | { type: 'stop' };

export type FromWriter =
  | { type: 'written'; worker: number; unitId: number; last: boolean; fileIds: number[] }
  | { type: 'derived'; milliseconds: number }
  | { type: 'failed'; message: string };
