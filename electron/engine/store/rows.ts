/** The rows that an ingest worker produces and the store writes. */
import type { ErrorEvent, ProcessEvent, RunEvent, SampleSeries, TaskEvent } from '../formats/types.ts';
import type { SegmentData } from './segment-builder.ts';

/**
 * The place to resume a part when its file has grown: a position between blocks, and the reader's
 * state there (`v8.serialize`).
 */
export interface ResumePoint {
  /** Byte offset in the file. */
  position: number;
  state: Uint8Array;
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
  /** Nanoseconds of `carryUs` beyond its microseconds. */
  carryNanos: number;
  /** Level of the record that is open at the start of the block; -1 if none. */
  carryLevel: number;
  traceback: number;
  continues: boolean;
  /** The case stores its text, because the file is not UTF-8 there or cannot be read in place. */
  stored: boolean;
  /** Number of lines with level debug, info, warning, error, critical. */
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
  /** See {@link Found}. The reader's state in a resume point covers the whole span. */
  isTail: boolean;
}

/** The outcome of a part, sent with its last segment. */
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
  /**
   * With the last part of a file that is read in place: the content check of its bytes up to there.
   */
  check: string | null;
  /** Set if the file can resume; what was found after this point is marked as its tail. */
  resume: ResumePoint | null;
}

/**
 * An event and its file. `isTail`: it was found after the resume point, so resuming finds it again.
 */
export type Found<Event> = [fileId: number, event: Event, isTail: boolean];

/** The events of a segment in columns (task-columns.ts) and the number that have figures. */
export interface PackedTasks {
  count: number;
  figures: number;
  data: Uint8Array;
}

export interface ProblemRow {
  fileId: number | null;
  line: number | null;
  kind: string;
  message: string;
  count: number;
  /** See {@link Found}. */
  isTail: boolean;
}

/**
 * The rows that a worker sends to the writer: those of a unit, or of a stretch of a large unit
 * (`last` marks its end).
 */
export interface SegmentRows {
  unitId: number;
  last: boolean;
  /** Readings of the files whose blocks begin here. */
  readings: [number, string][];
  blocks: BlockRow[];
  /**
   * Compressed text of the blocks that cannot be read in place, by block number within the segment.
   */
  texts: [number, Uint8Array][];
  index: SegmentData;
  parts: PartResult[];
  tasks: Found<TaskEvent>[];
  /** The task events in columns; null if there are none. */
  taskColumns: PackedTasks | null;
  processes: Found<ProcessEvent>[];
  runs: Found<RunEvent>[];
  errors: Found<ErrorEvent>[];
  series: [number, SampleSeries][];
  pidSpans: PidSpan[];
  problems: ProblemRow[];
}

/** Returns the rows of an empty segment. */
export function emptyRows(unitId: number): SegmentRows {
  return {
    unitId,
    last: false,
    readings: [],
    blocks: [],
    texts: [],
    index: { blocks: 0, tokens: 0, longBlocks: new Uint32Array(0), postings: [], vocabulary: [] },
    parts: [],
    tasks: [],
    taskColumns: null,
    processes: [],
    runs: [],
    errors: [],
    series: [],
    pidSpans: [],
    problems: [],
  };
}
