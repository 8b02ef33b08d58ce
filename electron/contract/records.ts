/**
 * The nouns of Postrun as they cross from the engine to a shell.
 *
 * Times are integer microseconds since the Unix epoch in UTC (`…Us`), durations are seconds
 * (`…Seconds`), sizes are bytes; `null` means that the logs do not say. The CLI prints the same
 * records with ISO times.
 */

import type { ExceptionInfo, FrameInfo, Testimony } from './testimony.ts';

export const levels = ['debug', 'info', 'warning', 'error', 'critical'] as const;
export type Level = (typeof levels)[number];

/**
 * What a file is for. Several formats of several generations share a kind, so that one filter finds
 * them all.
 */
export const fileKinds = [
  'progress', // overview, job progress overview: what the run says of itself
  'result', // job result, job error
  'driver', // 70_driver_log, std_log: the controller's console
  'master', // orchestrator
  'worker', // system log of a worker process or of a node's supervisor
  'user', // what the entry script logged, printed and raised
  'issues', // warnings and errors that the system collected
  'tasks', // tables of mini-batches and tasks
  'resources', // CPU, memory, disk, network
  'compute', // image build, job preparation, life-cycle: around the run
  'profile', // profiler output
  'other', // nothing knows it: still listed, searched, shown
] as const;
export type FileKind = (typeof fileKinds)[number];

export const runStatuses = ['succeeded', 'failed', 'cancelled', 'running', 'unknown'] as const;
export type RunStatus = (typeof runStatuses)[number];

export const outcomes = ['succeeded', 'partial', 'failed', 'timed_out', 'unfinished'] as const;
/** How an attempt, and with its last attempt a mini-batch, ended. */
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
 * One line of one file of the run: the same reference in the app, the CLI and the reports. `line`
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
  /** Id of the row in the formats registry, `other` where none matched. */
  format: string;
  generation: string | null;
  node: string | null;
  process: string | null;
  /** The one pid that wrote the file; null where there are several or none is known. */
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
   * How its times are read: the first one as it is written, the zone of those that name none, the
   * order of day and month; see `files.reading`.
   */
  timeExample?: string | null;
  zone?: string | null;
  dateOrder?: string | null;
  encoding?: string;
  /** 1: a person has set some of that. */
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
  /** When its first attempt began; what else is said is of its last. */
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
   * Worth knowing, yet nothing went wrong: slow attempts, a long tail, what a retry of the platform
   * left behind.
   */
  isObservation: boolean;
  message: string;
  evidence: LineRef[];
  /** Where the graphs of resources show it; absent where they do not. */
  graph?: GraphPlace | null;
}

export interface FirstCause {
  kind: CauseKind;
  confidence: Confidence;
  message: string;
  node: string | null;
  pid: number | null;
  miniBatchId: string | null;
  /** The exception behind it; null where no log shows one. */
  exception: ExceptionInfo | null;
  /** The innermost frame of the user's own code; null where no traceback shows one. */
  frame: FrameInfo | null;
  /** The input that was being processed, where the logs name one. */
  item: string | null;
  /** What a person does next, for causes with a known remedy. */
  nextStep: string | null;
  /** The statements that the verdict weighed, as in {@link RunInfo.testimony}. */
  testimony: Testimony[];
  /** Where the graphs of resources show it; absent where they do not. */
  graph?: GraphPlace | null;
  evidence: LineRef[];
}

export interface RunInfo {
  /** Name for people: the run id where the logs name it, else the name of the zip or folder. */
  name: string;
  source: string;
  generation: string | null;
  status: RunStatus;
  message: string | null;
  /** What the logs say about the run's end, the deciding statement first, then by rank. */
  testimony: Testimony[];
  startUs: number | null;
  endUs: number | null;
  durationSeconds: number | null;
  /** `aliases`: what else the logs call the node; a filter finds it by any of its names. */
  nodes: { node: string; aliases: string[]; processes: number; miniBatches: number; failed: number }[];
  processes: number;
  miniBatches: {
    total: number | null;
    processed: number;
    /**
     * Null where the run counts more mini-batches as processed than the logs tell the outcome of.
     */
    succeeded: number | null;
    /** Null as `succeeded`. */
    failed: number | null;
    /** Null where the total is not known. */
    unfinished: number | null;
    retried: number;
  };
  items: { total: number | null; succeeded: number | null; failed: number | null; errorThreshold: number | null };
  settings: Record<string, string>;
  firstCause: FirstCause | null;
  /** Clocks that differ for sure, or nearly: what `aligned` times are read by. */
  clocks: ClockOffset[];
  /** Where troubleshooting should start, most telling first. */
  startHere: LineRef[];
  findings: Finding[];
  files: number;
  lines: number;
  bytes: number;
  problems: number;
}

/** A node's clock against the master's. */
export interface ClockOffset {
  node: string;
  /**
   * Seconds by which the node's clock is ahead (behind: negative), too small by the time a message
   * takes.
   */
  offsetSeconds: number;
}

/** A point of the run's progress as its own logs tell it. */
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
 * A line as the views draw it. `text` is cut at the number of characters asked for; `length` is its
 * whole length.
 */
export interface LineRow {
  fileId: number;
  /** 1-based. */
  line: number;
  text: string;
  length: number;
  /**
   * Own time, or for a line without one that of the last dated line before it in its file, or else
   * of the first one after it; on the clock asked for.
   */
  timeUs: number | null;
  /** The same as the line has it. */
  writtenUs: number | null;
  ownTime: boolean;
  /** Nanoseconds of the time beyond its microseconds, 0 to 999. */
  nanos: number;
  /**
   * Offset of the clock that wrote the line (`-04:00`), where its local time came twice because
   * clocks were put back; null elsewhere.
   */
  offset: string | null;
  level: Level | null;
  /**
   * It continues the record that began before it, and has that one's time, level, pid and
   * mini-batch.
   */
  isContinuation: boolean;
  /**
   * How many texts the line showed one after another (a progress bar), the last of which is `text`;
   * 1 for any other line.
   */
  states: number;
  /** Whether `text` is the line without the codes of a terminal or its earlier states. */
  isCleaned: boolean;
  /**
   * Number of characters of the parsed prefix (time, level, pid …) before the message; 0 where
   * there is none.
   */
  prefix: number;
  /** Part of a traceback: its first line, a line within it, its last line (the exception). */
  traceback: 'first' | 'inner' | 'last' | null;
  node: string | null;
  pid: number | null;
  process: string | null;
  miniBatchId: string | null;
  /**
   * Character ranges [start, end) that the search matched: those in `text`, or if none is the first
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
 * A series decimated to what can be drawn: at most the asked number of points, minima and maxima
 * kept.
 */
export interface SeriesPoints {
  seriesId: number;
  timesUs: number[];
  values: (number | null)[];
}

/** All samples of some series within a range. */
export interface SeriesSummary {
  /** Samples. */
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
  /** The case was there already and nothing had to be indexed. */
  reused: boolean;
  /**
   * What the folder has grown by is read, little beside what is there: that can be looked at as if
   * nothing were under way.
   */
  isRefresh: boolean;
  message: string | null;
}

export interface RunRoot {
  /** Path of the run's root inside the source, '' for the source itself. */
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

/** `notify`: it is told what the folder has grown by; `follow`: that is read at once. */
export type WatchMode = 'off' | 'notify' | 'follow';

/** How a case's folder is watched, and what it holds that the case has not read yet. */
export interface WatchState {
  caseId: string;
  mode: WatchMode;
  /** A folder can be watched, a zip or a portable case cannot. */
  canWatch: boolean;
  /** Files that changed; of these `bytes` counts only what they grew by. */
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
