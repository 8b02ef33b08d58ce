/** A reference to a block of text, and the lines of it that a search found. */
import type { FacetFilter } from '../../../contract/facets.ts';

/** A block, or a chain of blocks that share a line, as a worker needs it. */
export interface BlockRef {
  blockId: number;
  span: number;
  fileId: number;
  start: number;
  bytes: number;
  /** First line in its file, 0-based. */
  fileLine: number;
  carryUs: number;
  carryPid: number;
  carryNanos: number;
  /** Level of the record that goes on at its start, -1 where there is none. */
  carryLevel: number;
  traceback: number;
  /**
   * It begins within a line whose first part, in the segment before, is all of it that is searched;
   * its own lines come after that.
   */
  startsInLine: boolean;
  /** How its lines are read (JSON), where that is not kept with its file yet. */
  reading?: string;
  /** The case keeps the text of it, or of some of its blocks. */
  isStored: boolean;
  /**
   * Its text, where it cannot be read again: compressed. For blocks of a zip that is not indexed
   * yet.
   */
  text?: Uint8Array;
}

/** What a block gave. `lines`, `us` and `levels` only where asked for. */
export interface BlockHits {
  count: number;
  minUs: number;
  maxUs: number;
  /** Hits by level, none first. */
  levels: number[];
  pids: [number, number][];
  lines: Uint32Array | null;
  us: Float64Array | null;
  /** Nanoseconds beyond the microseconds; null where no line has any. */
  nanos: Uint16Array | null;
}

/** What cuts lines, after the files and blocks were cut. Times are half-open. */
export interface LineFilter {
  minLevel: number;
  /** Only lines that begin a record. */
  firstOnly: boolean;
  fromUs: number | null;
  toUs: number | null;
  /** The facets that narrow anything, by the property of a line that they are about. */
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
 * A process writes of a mini-batch's end just after it (the failure and its traceback, some
 * milliseconds later): until the next pick-up, lines of this long after an attempt are still of it.
 */
export const ATTEMPT_TAIL_US = 100_000;
