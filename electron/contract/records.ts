/**
 * The records that cross from the engine to a shell.
 *
 * Times are integer microseconds since the Unix epoch in UTC (`…Us`), durations are seconds
 * (`…Seconds`), sizes are bytes; `null` means that the logs do not say. The CLI prints the same
 * records with ISO times.
 */

import type { ExceptionInfo, FrameInfo, Testimony } from './testimony.ts';

export const levels = ['debug', 'info', 'warning', 'error', 'critical'] as const;
export type Level = (typeof levels)[number];

/**
 * The purpose of a file. Several formats of several generations share a kind, so that one filter
 * finds them all.
 */
export const fileKinds = [
  'progress', // overview, job progress overview: what the run reports about itself
  'result', // job result, job error
  'driver', // 70_driver_log, std_log: the controller's console
  'master', // orchestrator
  'worker', // system log of a worker process or of a node's supervisor
  'user', // what the entry script logged, printed and raised
  'issues', // warnings and errors that the system collected
  'tasks', // tables of mini-batches and tasks
  'resources', // CPU, memory, disk, network
  'compute', // image build, job preparation, life cycle: everything around the run
  'profile', // profiler output
  'other', // matched by no format, yet still listed, searched and shown
] as const;
export type FileKind = (typeof fileKinds)[number];

export const runStatuses = ['succeeded', 'failed', 'cancelled', 'running', 'unknown'] as const;
export type RunStatus = (typeof runStatuses)[number];

export const outcomes = ['succeeded', 'partial', 'failed', 'timed_out', 'unfinished'] as const;
/** How an attempt ended. A mini-batch ends as its last attempt did. */
export type Outcome = (typeof outcomes)[number];

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
 * One line of one file of the run. The app, the CLI and the reports use the same reference. `line`
 * is 1-based.
 */
export interface LineRef {
  file: string;
  line: number;
  text: string;
}

export interface FileRow {
  fileId: number;
  path: string;
  kind: FileKind;
  /** Id of the row in the formats registry; `other` if none matched. */
  format: string;
  generation: string | null;
  node: string | null;
  process: string | null;
  /** The only pid that wrote the file. Null if several did, or none is known. */
  pid: number | null;
  bytes: number;
  /** Null until the file is indexed. */
  lines: number | null;
  firstUs: number | null;
  lastUs: number | null;
  /** Lines with level error or critical, tracebacks included. */
  errors: number;
  warnings: number;
  problems: number;
  state: 'pending' | 'indexed' | 'failed';
  /**
   * How its times are read: the first time as written, the zone of times that name none, the order
   * of day and month. See `files.reading`.
   */
  timeExample?: string | null;
  zone?: string | null;
  dateOrder?: string | null;
  encoding?: string;
  /** 1: a person has set some of these. */
  isReadingSet?: 0 | 1;
}

export interface MiniBatchRow {
  miniBatchId: string;
  status: Outcome;
  attempts: number;
  node: string | null;
  pid: number | null;
  total: number | null;
  succeeded: number | null;
  failed: number | null;
  /** Start of the first attempt. The other fields describe the last attempt. */
  startUs: number | null;
  endUs: number | null;
  durationSeconds: number | null;
}

export interface AttemptRow {
  miniBatchId: string;
  /** From 1, in time order. */
  attempt: number;
  node: string | null;
  pid: number | null;
  process: string | null;
  startUs: number | null;
  endUs: number | null;
  durationSeconds: number | null;
  processSeconds: number | null;
  runMethodSeconds: number | null;
  total: number | null;
  succeeded: number | null;
  failed: number | null;
  outcome: Outcome;
  error: string | null;
  pickedUp: LineRef | null;
  finished: LineRef | null;
}

export interface ProcessRow {
  node: string;
  process: string | null;
  pid: number | null;
  startUs: number | null;
  endUs: number | null;
  exitCode: number | null;
  attempts: number;
  succeeded: number;
  failed: number;
  busySeconds: number;
  files: number[];
}

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

export interface Problem {
  file: string | null;
  line: number | null;
  kind: string;
  message: string;
  count: number;
}

/**
 * A line as the views draw it. `text` is cut at the requested number of characters; `length` is its
 * whole length.
 */
export interface LineRow {
  fileId: number;
  /** 1-based. */
  line: number;
  text: string;
  length: number;
  /**
   * The line's own time. A line without one takes the time of the last dated line before it in its
   * file, or otherwise of the first one after it. On the requested clock.
   */
  timeUs: number | null;
  /** The same time as written. */
  writtenUs: number | null;
  ownTime: boolean;
  /** Nanoseconds of the time beyond its microseconds, 0 to 999. */
  nanos: number;
  /**
   * UTC offset of the line's local time (`-04:00`), if that time occurred twice because clocks were
   * set back. Otherwise null.
   */
  offset: string | null;
  level: Level | null;
  /** The line continues an earlier record, and shares its time, level, pid and mini-batch. */
  isContinuation: boolean;
  /**
   * How many texts the line showed one after another (a progress bar); `text` is the last of them.
   * 1 for any other line.
   */
  states: number;
  /** `text` lacks the line's terminal codes or earlier states. */
  isCleaned: boolean;
  /**
   * Number of characters of the parsed prefix (time, level, pid …) before the message; 0 if there
   * is none.
   */
  prefix: number;
  /** Part of a traceback: its first line, an inner line, or its last line (the exception). */
  traceback: 'first' | 'inner' | 'last' | null;
  node: string | null;
  pid: number | null;
  process: string | null;
  miniBatchId: string | null;
  /**
   * Character ranges [start, end) that the search matched: those in `text`, or otherwise the first
   * one beyond it.
   */
  matches: [number, number][];
}

export interface SeriesInfo {
  seriesId: number;
  node: string;
  /** Null for a series of the whole node. */
  process: string | null;
  pid: number | null;
  /**
   * `cpu_percent`, `memory_used`, `memory_used_percent`, `disk_read_bytes`,
   * `network_received_bytes`, …
   */
  metric: string;
  unit: string;
  /** A counter is drawn as its rate per second. */
  counter: boolean;
  points: number;
  fromUs: number;
  toUs: number;
  min: number;
  max: number;
  fileId: number;
}

/**
 * A series decimated for drawing: at most the requested number of points, with minima and maxima
 * kept.
 */
export interface SeriesPoints {
  seriesId: number;
  timesUs: number[];
  values: (number | null)[];
}

/** Summary of all samples of some series within a range. */
export interface SeriesSummary {
  /** Number of samples. */
  count: number;
  min: number;
  p25: number;
  median: number;
  p75: number;
  p95: number;
  max: number;
}

export interface IndexProgress {
  caseId: string;
  phase: 'listing' | 'indexing' | 'deriving' | 'complete' | 'cancelled' | 'failed';
  bytesDone: number;
  bytesTotal: number;
  filesDone: number;
  filesTotal: number;
  bytesPerSecond: number;
  secondsLeft: number | null;
  /** The case already existed and needed no indexing. */
  reused: boolean;
  /**
   * Only growth of the folder is being read, and it is small: the case can be viewed as if nothing
   * were under way.
   */
  isRefresh: boolean;
  message: string | null;
}

export interface RunRoot {
  /** Path of the run's root inside the source; '' for the source itself. */
  root: string;
  name: string;
  files: number;
  bytes: number;
  generation: string | null;
}

export interface SourceInspection {
  path: string;
  kind: 'folder' | 'zip' | 'case';
  roots: RunRoot[];
}

/** `notify` reports the folder's growth; `follow` reads it immediately. */
export type WatchMode = 'off' | 'notify' | 'follow';

/** How a case's folder is watched, and what it holds that the case has not read yet. */
export interface WatchState {
  caseId: string;
  mode: WatchMode;
  /** A folder can be watched; a zip or a portable case cannot. */
  canWatch: boolean;
  /** Changed files. `bytes` counts only their growth. */
  files: number;
  newFiles: number;
  goneFiles: number;
  bytes: number;
}

export interface CaseSummary {
  caseId: string;
  source: string;
  root: string;
  /** Folder of the case in the application's data folder. */
  caseDir: string;
  progress: IndexProgress;
}
