import type { OwnFormat } from '../formats/own-formats.ts';
import type { ErrorEvent, FileClass, ProcessEvent, RunEvent, SampleSeries, TaskEvent } from '../formats/types.ts';
import type { Inside } from '../source/inside.ts';
import type { ZipPlace } from '../source/source.ts';
import type { SegmentData } from '../store/segment-builder.ts';

/** A file as the workers know it. */
export interface IngestFile extends FileClass {
  fileId: number;
  path: string;
  bytes: number;
  zip: ZipPlace | null;
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

/** How a part can be gone on with when its file has grown: a place between blocks, and the state of its reader there (`v8.serialize`). */
export interface ResumePoint {
  /** Byte of the file. */
  position: number;
  state: Uint8Array;
}

/** What one worker reads in one go. */
export interface Unit {
  unitId: number;
  bytes: number;
  parts: UnitPart[];
}

export interface BlockRow {
  fileId: number;
  part: number;
  line: number;
  lines: number;
  start: number;
  bytes: number;
  minUs: number | null;
  maxUs: number | null;
  carryUs: number | null;
  carryPid: number | null;
  traceback: number;
  continues: boolean;
  /** Lines with level debug, info, warning, error, critical. */
  levels: [number, number, number, number, number];
}

export interface PidSpan {
  fileId: number;
  node: string | null;
  process: string | null;
  pid: number;
  fromUs: number | null;
  toUs: number | null;
  lines: number;
  /** As {@link Found}: of a file that can be gone on with the reader's state has all of it. */
  isTail: boolean;
}

/** What became of a part of a file; given with the last segment that has something of it. */
export interface PartResult {
  fileId: number;
  part: number;
  lines: number;
  carryUs: number | null;
  carryPid: number | null;
  firstUs: number | null;
  lastUs: number | null;
  errors: number;
  warnings: number;
  encoding: string;
  failed: boolean;
  /** Of a file that is read in place, with its last part: what its bytes up to there are known by. */
  check: string | null;
  /** Set where the file can be gone on with: what was found after it is marked as its tail. */
  resume: ResumePoint | null;
}

/** An event, of which file, and whether it was found after the place at which the file can be gone on with: then it is found anew. */
export type Found<Event> = [fileId: number, event: Event, isTail: boolean];

export interface ProblemRow {
  fileId: number | null;
  line: number | null;
  kind: string;
  message: string;
  count: number;
  /** As {@link Found}. */
  isTail: boolean;
}

/** The rows that a worker hands to the writer: all of a unit, or of a stretch of a large one (`last` false until its end). */
export interface SegmentRows {
  unitId: number;
  last: boolean;
  blocks: BlockRow[];
  /** Compressed text of the blocks that cannot be read in place, by the block's number in the segment. */
  texts: [number, Uint8Array][];
  index: SegmentData;
  parts: PartResult[];
  tasks: Found<TaskEvent>[];
  processes: Found<ProcessEvent>[];
  runs: Found<RunEvent>[];
  errors: Found<ErrorEvent>[];
  series: [number, SampleSeries][];
  pidSpans: PidSpan[];
  problems: ProblemRow[];
}

/** The rows of a segment of which nothing is read yet. */
export function emptyRows(unitId: number): SegmentRows {
  return {
    unitId,
    last: false,
    blocks: [],
    texts: [],
    index: { blocks: 0, tokens: 0, longBlocks: new Uint32Array(0), postings: [], vocabulary: [] },
    parts: [],
    tasks: [],
    processes: [],
    runs: [],
    errors: [],
    series: [],
    pidSpans: [],
    problems: [],
  };
}

export interface IngestWorkerData {
  kind: 'folder' | 'zip';
  /** Absolute path of the folder or zip. */
  path: string;
  /** Path of the run's root within it, '' or ending in '/'. */
  prefix: string;
  /** Of the newest file: the year of lines whose time names none (syslog). */
  year: number;
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
