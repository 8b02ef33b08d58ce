/** The run as one record: how it ended, why, its findings and its figures. */
import type { LineRef } from './line-records.ts';
import type { ExceptionInfo, FrameInfo, Testimony } from './testimony.ts';

export const runStatuses = ['succeeded', 'failed', 'cancelled', 'running', 'unknown'] as const;
export type RunStatus = (typeof runStatuses)[number];

export const confidences = ['certain', 'likely', 'possible'] as const;
export type Confidence = (typeof confidences)[number];

export const causeKinds = [
  'init_failed',
  'init_timeout',
  'run_exception',
  'run_timeout',
  'error_threshold_exceeded',
  'out_of_memory',
  'disk_full',
  'process_killed',
  'node_lost',
  'mount_failed',
  'download_failed',
  'import_error',
  'no_progress',
  'first_task_timeout',
  'no_input',
  'bad_return_type',
  'cancelled',
  'unknown',
] as const;
export type CauseKind = (typeof causeKinds)[number];

/**
 * A place in the graphs of resources: the series that shows something, and when. `pid` and
 * `process` are null for a node's series.
 */
export interface GraphPlace {
  node: string;
  process: string | null;
  pid: number | null;
  metric: string;
  timeUs: number;
}

export interface Finding {
  kind: string;
  confidence: Confidence;
  /**
   * Worth knowing, though nothing went wrong: slow attempts, a long tail, leftovers of a retry by
   * the platform.
   */
  isObservation: boolean;
  message: string;
  evidence: LineRef[];
  /** The place in the graphs of resources that shows it. Absent if there is none. */
  graph?: GraphPlace | null;
}

export interface FirstCause {
  kind: CauseKind;
  confidence: Confidence;
  message: string;
  node: string | null;
  pid: number | null;
  miniBatchId: string | null;
  /** The exception behind it. Null if no log shows one. */
  exception: ExceptionInfo | null;
  /** The innermost frame of the user's own code. Null if no traceback shows one. */
  frame: FrameInfo | null;
  /** The input being processed, if the logs name one. */
  item: string | null;
  /** The next step for a person, for causes with a known remedy. */
  nextStep: string | null;
  /** The testimonies that the verdict weighed, as in {@link RunInfo.testimony}. */
  testimony: Testimony[];
  /** The place in the graphs of resources that shows it. Absent if there is none. */
  graph?: GraphPlace | null;
  evidence: LineRef[];
}

export interface RunInfo {
  /** Name for people: the run id if the logs name it, otherwise the name of the zip or folder. */
  name: string;
  source: string;
  generation: string | null;
  status: RunStatus;
  message: string | null;
  /** Statements of the logs about the run's end, the deciding one first, then by rank. */
  testimony: Testimony[];
  startUs: number | null;
  endUs: number | null;
  durationSeconds: number | null;
  /** `aliases`: the node's other names in the logs. A filter accepts any of them. */
  nodes: { node: string; aliases: string[]; processes: number; miniBatches: number; failed: number }[];
  processes: number;
  miniBatches: {
    total: number | null;
    processed: number;
    /** Null if the run counts more processed mini-batches than the logs give outcomes for. */
    succeeded: number | null;
    /** Null under the same condition as `succeeded`. */
    failed: number | null;
    /** Null if the total is unknown. */
    unfinished: number | null;
    retried: number;
  };
  items: { total: number | null; succeeded: number | null; failed: number | null; errorThreshold: number | null };
  settings: Record<string, string>;
  firstCause: FirstCause | null;
  /** Clocks that differ, certainly or probably. `aligned` times use them. */
  clocks: ClockOffset[];
  /** Starting points for troubleshooting, most telling first. */
  startHere: LineRef[];
  findings: Finding[];
  files: number;
  lines: number;
  bytes: number;
  problems: number;
}

/** A node's clock compared with the master's. */
export interface ClockOffset {
  node: string;
  /**
   * Seconds by which the node's clock is ahead (negative: behind), too small by the travel time of
   * a message.
   */
  offsetSeconds: number;
}

/** A point of the run's progress as its own logs report it. */
export interface ProgressPoint {
  timeUs: number;
  scheduled: number | null;
  processed: number | null;
  total: number | null;
  ref: { fileId: number; line: number };
}
