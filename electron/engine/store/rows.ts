/** The rows that an ingest worker produces and the store writes. */
import type { ErrorEvent, ProcessEvent, RunEvent, SampleSeries, TaskEvent } from '../formats/types.ts';
import type { SegmentData } from './segment-builder.ts';

/**
 * How a part can be gone on with when its file has grown: a place between blocks, and the state of
 * its reader there (`v8.serialize`).
 */
export interface ResumePoint {
  /** Byte of the file. */
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
  /** Level of the record that goes on at the start of the block; -1 where there is none. */
  carryLevel: number;
  traceback: number;
  continues: boolean;
  /**
   * Its text is kept in the case: what stands in the file is no UTF-8, or cannot be read in place.
   */
  stored: boolean;
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
  /**
   * Of a file that is read in place, with its last part: what its bytes up to there are known by.
   */
  check: string | null;
  /** Set where the file can be gone on with: what was found after it is marked as its tail. */
  resume: ResumePoint | null;
}

/**
 * An event, of which file, and whether it was found after the place at which the file can be gone
 * on with: then it is found anew.
 */
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

/**
 * The rows that a worker hands to the writer: all of a unit, or of a stretch of a large one (`last`
 * false until its end).
 */
export interface SegmentRows {
  unitId: number;
  last: boolean;
  /** How the lines of files are read, of those whose blocks begin here. */
  readings: [number, string][];
  blocks: BlockRow[];
  /**
   * Compressed text of the blocks that cannot be read in place, by the block's number in the
   * segment.
   */
  texts: [number, Uint8Array][];
  index: SegmentData;
  parts: PartResult[];
  tasks: Found<TaskEvent>[];
  /** The same events in columns; null where there are none. */
  taskColumns: Uint8Array | null;
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
