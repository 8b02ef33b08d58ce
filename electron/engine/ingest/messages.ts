/** Messages between the indexer and its ingest workers, and the units of work in them. */
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
  /** Of its last change; null where its source does not say. */
  modifiedUs: number | null;
  /** What a person has set for it. */
  choice: ReadingChoice | null;
  /** Set where it is read through an archive or a compressed file. */
  inside: Inside | null;
}

export interface UnitPart {
  file: IngestFile;
  part: number;
  /** Bytes of the file, [start, end). */
  start: number;
  end: number;
  /** Where to go on in a part that was read up to there; null: from its beginning. */
  resume: ResumePoint | null;
}

/** What one worker reads in one go. */
export interface Unit {
  unitId: number;
  bytes: number;
  parts: UnitPart[];
}

export interface IngestWorkerData {
  kind: 'folder' | 'zip';
  /** Absolute path of the folder or zip. */
  path: string;
  /** Path of the run's root within it, '' or ending in '/'. */
  prefix: string;
  /** Of the newest file: the year of lines whose time names none (syslog). */
  year: number;
  /** A time of the run's own dated logs; null where there are none. */
  runUs: number | null;
  /** Formats of one's own. */
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
