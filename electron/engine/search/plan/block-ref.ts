/** References to blocks of text, and the lines that a search found in them. */
import type { FacetFilter } from '../../../contract/facets.ts';

/** A block, or a chain of blocks that share a line, as a worker needs it. */
export interface BlockRef {
  blockId: number;
  span: number;
  fileId: number;
  start: number;
  bytes: number;
  /** Its first line in the file, 0-based. */
  fileLine: number;
  carryUs: number;
  carryPid: number;
  carryNanos: number;
  /** Level of the record that continues at its start; -1 if none. */
  carryLevel: number;
  traceback: number;
  /**
   * True if it begins within a line that is searched only up to the end of the segment before. Its
   * own lines come after that line.
   */
  startsInLine: boolean;
  /** How its lines are read (JSON), if not stored with its file yet. */
  reading?: string;
  /** True if the case stores the text of at least some of its blocks. */
  isStored: boolean;
  /**
   * Its text, compressed, if it cannot be read again: for blocks of a zip that is not indexed yet.
   */
  text?: Uint8Array;
}

/** The hits of a block. `lines`, `us` and `levels` only if requested. */
export interface BlockHits {
  count: number;
  minUs: number;
  maxUs: number;
  /** Hits by level, none first. */
  levels: number[];
  pids: [number, number][];
  lines: Uint32Array | null;
  us: Float64Array | null;
  /** Nanoseconds beyond the microseconds; null if no line has any. */
  nanos: Uint16Array | null;
}

/** Selects lines within the chosen files and blocks. Times are half-open. */
export interface LineFilter {
  minLevel: number;
  /** Only lines that begin a record. */
  firstOnly: boolean;
  fromUs: number | null;
  toUs: number | null;
  /** The facets that constrain lines, by property of a line. */
  facets: LineFacets;
}

export type LineFacets = Partial<Record<'pid' | 'miniBatchId' | 'outcome', FacetFilter<string | number>>>;

/** Kinds of files whose lines name mini-batches. */
export const NAMING_KINDS: ReadonlySet<string> = new Set([
  'master',
  'worker',
  'issues',
  'driver',
  'progress',
  'result',
]);

/**
 * A process writes about a mini-batch's end just after it: the failure and its traceback follow
 * within milliseconds. Lines within this time after an attempt still belong to it, until the next
 * pick-up.
 */
export const ATTEMPT_TAIL_US = 100_000;
