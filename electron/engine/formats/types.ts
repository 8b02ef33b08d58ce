/** The output of formats: the class of a file, the prefix of a line, records and events. */
import type { FileKind } from '../../contract/file-records.ts';

/** The facts about a file in its path alone. */
export interface FileClass {
  kind: FileKind;
  /**
   * Id of the row in the registry: `prs1.worker-log`, `prs2.node-resources`, or `text` for a file
   * that no row matches.
   */
  format: string;
  generation: string | null;
  /**
   * Folder name under `user/`, `sys/worker/`, `sys/node/`, `perf/` …; null if the path names none.
   */
  node: string | null;
  /** `Process-3`, `process007`, `MainProcess`; an alias that can be reused, never the identity. */
  process: string | null;
  /**
   * Form of the bytes: lines of text, a table with a header row, or neither (`binary`: searched as
   * text, but never parsed).
   */
  shape: 'lines' | 'csv' | 'binary';
  /**
   * When the file is indexed: 0 first (overview, results, tables), then 1 (system logs), then 2
   * (user logs and the rest).
   */
  priority: 0 | 1 | 2;
}

/**
 * The content of a line's prefix. `parsePrefix` fills it in place so that the hot path allocates
 * nothing. `level`: 0 none, 1 debug, 2 info, 3 warning, 4 error, 5 critical.
 */
export interface LinePrefix {
  /** Microseconds since the epoch; NaN if the line has no time of its own. */
  timeUs: number;
  /** Nanoseconds of the time beyond its microseconds, 0 to 999. */
  nanos: number;
  /**
   * Dependence of the time on those before it in the file. 0: none; -1: it counts only if it fits
   * them; positive: it is that many microseconds later if clocks were put back. See `settle` in
   * formats/prefix/settle.ts.
   */
  doubtUs: number;
  level: number;
  /** -1 if the line names none. */
  pid: number;
  /** Bytes before the message, from the start of the line; 0 if there is no prefix. */
  length: number;
}

/** Reads the prefix of the line `bytes[start, end)` into `out`. */
export type ReadPrefix = (bytes: Uint8Array, start: number, end: number, out: LinePrefix) => void;

/**
 * A logical record for a parser: a first line with a prefix (or, in free text, any line) and the
 * lines that continue it. `lines[0]` is the whole first line. A record is cut after 2,000 lines or
 * 256 KB; the rest stays text.
 */
export interface LogRecord {
  fileId: number;
  /** 1-based line of `lines[0]`. */
  line: number;
  lines: string[];
  /** First line without its prefix. */
  head: string;
  /** Its own time, or the last one before it in the file; null if there is neither. */
  timeUs: number | null;
  level: number;
  /** Its own pid, or the last one before it in the file; null if there is neither. */
  pid: number | null;
  /** The first line has a prefix of its own (a print or a bare traceback has none). */
  prefixed: boolean;
}

/** One pick-up, result or report of a mini-batch, from any of the places that mention it. */
export interface TaskEvent {
  line: number;
  source: 'worker_log' | 'task_table' | 'master_log' | 'report' | 'error_log';
  type: 'picked' | 'processed' | 'failed' | 'timed_out' | 'poisoned' | 'aborted' | 'sent';
  miniBatchId: string;
  dequeueCount: number | null;
  node: string | null;
  pid: number | null;
  process: string | null;
  /** When the line was written, or the row's own time. */
  atUs: number | null;
  startUs: number | null;
  durationSeconds: number | null;
  processSeconds: number | null;
  runMethodSeconds: number | null;
  total: number | null;
  succeeded: number | null;
  failed: number | null;
  /**
   * The service's name, without `ProgressStatus.` and `ENTRY_SCRIPT_`: `TASK_PROCESSED`,
   * `RUN_TIMEOUT` …
   */
  status: string | null;
  error: string | null;
  /** Inputs of the mini-batch as JSON text, if the logs give them. */
  inputs: string | null;
}

/** A step in the life of a worker process. */
export interface ProcessEvent {
  line: number;
  type:
    | 'started'
    | 'init_started'
    | 'init_done'
    | 'init_failed'
    | 'init_timed_out'
    | 'run_failed'
    | 'run_timed_out'
    | 'exited'
    | 'replaced'
    | 'killed'
    | 'stopping';
  node: string | null;
  process: string | null;
  pid: number | null;
  atUs: number | null;
  exitCode: number | null;
  detail: string | null;
}

/** A statement of the run about itself: progress, settings, result. */
export interface RunEvent {
  line: number;
  type:
    | 'run_started' // the master or driver begins
    | 'setting' // name = value
    | 'scheduling_started'
    | 'scheduling_progress'
    | 'scheduling_finished'
    | 'first_task'
    | 'progress'
    | 'all_processed'
    | 'summary' // There are T mini batches with I items. Processed …
    | 'stop_reason'
    | 'cancelled'
    | 'failure' // the final exception or message of the run; `message` holds its text, several lines
    | 'cause' // `* Error '…' occurred N times.`, `had raised exception for N times`, `No module named …` (name = import_error)
    | 'advice' // where to look, according to the logs
    | 'result' // how the run says it ended: name = succeeded | failed | cancelled
    | 'driver_exit' // value = exit code
    | 'phase' // job preparation, job release, image build …; name = phase
    | 'failover'
    | 'node_joined' // name = another name of the node: the address of a node whose folder is a number
    | 'node_left' // node as the line names it, which may be its address or its host's name
    | 'concatenating'
    | 'run_ended'
    | 'last_words' // how a log ends: name = LastWordsKind, value = signal
    | 'lost' // MPI names a process or node that it lost: name = signal | node, value = signal
    | 'too_many_results'; // run() returned `value` items for `total`
  atUs: number | null;
  node: string | null;
  name: string | null;
  value: number | null;
  message: string | null;
  scheduled: number | null;
  processed: number | null;
  total: number | null;
  items: number | null;
  itemsSucceeded: number | null;
  itemsFailed: number | null;
  errorThreshold: number | null;
}

/**
 * An error as the lines show it: a traceback, or a line with level error or critical. All of them
 * are kept, never a sample.
 */
export interface ErrorEvent {
  line: number;
  /** Number of its lines. */
  lines: number;
  atUs: number | null;
  node: string | null;
  pid: number | null;
  process: string | null;
  level: number;
  /**
   * Exception chain, innermost cause first: `['KeyError', 'EntryScriptException']`; empty for a
   * plain error line.
   */
  chain: string[];
  /** Message of the last exception, or the line's message; at most 2,000 characters. */
  message: string;
  /** Messages of the chain's exceptions in order, if there are several; otherwise empty. */
  messages: string[];
  /** `file:function:line` of each frame outside the service and libraries; at most 20. */
  userFrames: string[];
  miniBatchId: string | null;
  /**
   * First line of the log record around a traceback, at most 300 characters; null if the traceback
   * stands alone or `message` is that line.
   */
  head: string | null;
}

/** Values of one series. A parser emits rows of values; ingest packs them by series. */
export interface SampleSeries {
  node: string;
  process: string | null;
  pid: number | null;
  metric: string;
  unit: string;
  counter: boolean;
  timesUs: number[];
  values: number[];
  /** 1-based line of each value in the file. */
  lines: number[];
}

/** Receives what a parser finds; ingest provides it. */
export interface RecordSink {
  task(event: TaskEvent): void;
  process(event: ProcessEvent): void;
  run(event: RunEvent): void;
  error(event: ErrorEvent): void;
  samples(series: SampleSeries): void;
  /**
   * Something at this line is damaged or was not understood; equal kinds and messages are counted
   * together.
   */
  problem(kind: string, message: string, line: number | null): void;
}

/** The last lines read of a file, a few kilobytes. */
export interface FileTail {
  /** 1-based line of `lines[0]`. */
  firstLine: number;
  lines: readonly string[];
  /** The last time in the file; null if it has none. */
  timeUs: number | null;
}

/** The context that a parser knows before it reads a line. */
export interface FileContext extends FileClass {
  fileId: number;
  path: string;
}

/**
 * A parser of a file with lines. Ingest passes it every record in which a line matches `needles` or
 * whose level is error or critical, and every traceback. Lines that no parser asks for cost nothing
 * extra.
 */
export interface LogParser {
  /**
   * One global regular expression over the block's text (latin1 of its bytes); null for errors and
   * tracebacks only.
   */
  needles: RegExp | null;
  record(record: LogRecord, sink: RecordSink): void;
  /**
   * Called after the last record of the file (or of a part of a large one), with its last lines.
   */
  end?(sink: RecordSink, tail: FileTail): void;
  /** `end` reads the tail; otherwise the tail is empty. */
  readonly wantsTail?: boolean;
  /**
   * Everything it remembers from one record to the next, in one plain object that can be cloned;
   * absent if nothing. Assigning a clone to the state of a new parser for the same file, which has
   * grown, makes that one continue here. A change to its content requires a new SCHEMA_VERSION.
   */
  readonly state?: object;
}

/** A parser of a table. `line` is the 1-based line where the row starts; row 1 is the header. */
export interface TableParser {
  row(cells: string[], line: number, sink: RecordSink): void;
  /**
   * Called before the first row with the delimiter. If it is not a comma, commas can be decimal.
   */
  begin?(delimiter: string): void;
  /** True once no further row is wanted. */
  readonly isDone?: boolean;
  /** `isWhole` says that the file has no further rows. */
  end?(sink: RecordSink, isWhole: boolean): void;
}
