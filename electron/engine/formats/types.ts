/** What formats produce: the class of a file, the prefix of a line, records and events. */
import type { FileKind } from '../../contract/records.ts';

/** What a path alone says of a file. */
export interface FileClass {
  kind: FileKind;
  /**
   * Id of the row in the registry: `prs1.worker-log`, `prs2.node-resources`, `text` for a file that
   * no row knows.
   */
  format: string;
  generation: string | null;
  /**
   * Folder name under `user/`, `sys/worker/`, `sys/node/`, `perf/` …; null where the path names
   * none.
   */
  node: string | null;
  /** `Process-3`, `process007`, `MainProcess`; an alias that can be reused, never the identity. */
  process: string | null;
  /**
   * How the bytes are read: lines of text, a table with a header row, or neither (`binary`: still
   * searched as text, never parsed).
   */
  shape: 'lines' | 'csv' | 'binary';
  /**
   * Where in the first-pass order the file is indexed: 0 first (overview, results, tables), 1
   * system logs, 2 user logs and the rest.
   */
  priority: 0 | 1 | 2;
}

/**
 * What a line's prefix says, filled in place by `parsePrefix` so that the hot path allocates
 * nothing. `level`: 0 none, 1 debug, 2 info, 3 warning, 4 error, 5 critical.
 */
export interface LinePrefix {
  /** Microseconds since the epoch; NaN where the line has no time of its own. */
  timeUs: number;
  /** Nanoseconds of the time beyond its microseconds, 0 to 999. */
  nanos: number;
  /**
   * Whether the time depends on those before it in the file: 0 no, -1 it is one only where it fits
   * them, more: it is later by so many microseconds where clocks were put back. See `settle` of
   * formats/prefix/settle.ts.
   */
  doubtUs: number;
  level: number;
  /** -1 where the line names none. */
  pid: number;
  /** Bytes before the message, from the start of the line; 0 where there is no prefix. */
  length: number;
}

/** Reads the prefix of the line `bytes[start, end)` into `out`. */
export type ReadPrefix = (bytes: Uint8Array, start: number, end: number, out: LinePrefix) => void;

/**
 * A logical record given to a parser: a first line that has a prefix (or, in free text, any line)
 * and the lines that continue it. `lines[0]` is the first line whole; a record is cut after 2,000
 * lines or 256 KB, the rest stays text.
 */
export interface LogRecord {
  fileId: number;
  /** 1-based line of `lines[0]`. */
  line: number;
  lines: string[];
  /** First line without its prefix. */
  head: string;
  /** Own time or the last one before it in the file; null where neither. */
  timeUs: number | null;
  level: number;
  /** Own pid or the last one before it in the file; null where neither. */
  pid: number | null;
  /** Whether the first line has a prefix of its own (a print or a bare traceback has none). */
  prefixed: boolean;
}

/** One pick-up, result or report of a mini-batch, from any of the places that tell of it. */
export interface TaskEvent {
  line: number;
  source: 'worker_log' | 'task_table' | 'master_log' | 'report' | 'error_log';
  type: 'picked' | 'processed' | 'failed' | 'timed_out' | 'poisoned' | 'aborted' | 'sent';
  miniBatchId: string;
  dequeueCount: number | null;
  node: string | null;
  pid: number | null;
  process: string | null;
  /** When the line was written (or the row's own time). */
  atUs: number | null;
  startUs: number | null;
  durationSeconds: number | null;
  processSeconds: number | null;
  runMethodSeconds: number | null;
  total: number | null;
  succeeded: number | null;
  failed: number | null;
  /**
   * As the service names it, without `ProgressStatus.` and `ENTRY_SCRIPT_`: `TASK_PROCESSED`,
   * `RUN_TIMEOUT` …
   */
  status: string | null;
  error: string | null;
  /** Inputs of the mini-batch as the logs give them (JSON text), where they do. */
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

/** What the run says of itself: progress, settings, result. */
export interface RunEvent {
  line: number;
  type:
    | 'run_started' // master or driver begins
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
    | 'advice' // where to look, as the logs say it
    | 'result' // the run's own word on how it ended: name = succeeded | failed | cancelled
    | 'driver_exit' // value = exit code
    | 'phase' // job preparation, job release, image build …; name = phase
    | 'failover'
    | 'node_joined' // name = what else the node is called: the address of a node whose folder is a number
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
 * An error as the lines show it: a traceback, or a line with level error or critical. Every one is
 * kept, never a sample.
 */
export interface ErrorEvent {
  line: number;
  /** How many lines belong to it. */
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
  /** Messages of the chain's exceptions in its order, where there are several; else empty. */
  messages: string[];
  /** `file:function:line` of each frame that is not the service's or a library's; at most 20. */
  userFrames: string[];
  miniBatchId: string | null;
  /**
   * First line of the log record around a traceback, at most 300 characters; null where the
   * traceback stands alone or `message` is that line.
   */
  head: string | null;
}

/** One value of one series. A parser gives rows of values; ingest packs them by series. */
export interface SampleSeries {
  node: string;
  process: string | null;
  pid: number | null;
  metric: string;
  unit: string;
  counter: boolean;
  timesUs: number[];
  values: number[];
  /** 1-based line of the file on which each value stands. */
  lines: number[];
}

/** What a parser found out; the sink is given by ingest. */
export interface RecordSink {
  task(event: TaskEvent): void;
  process(event: ProcessEvent): void;
  run(event: RunEvent): void;
  error(event: ErrorEvent): void;
  samples(series: SampleSeries): void;
  /**
   * Something at this line was not understood or is damaged; same kind and message are counted
   * together.
   */
  problem(kind: string, message: string, line: number | null): void;
}

/** The last lines of what was read of a file, a few kilobytes. */
export interface FileTail {
  /** 1-based line of `lines[0]`. */
  firstLine: number;
  lines: readonly string[];
  /** The last time that the file names; null where it names none. */
  timeUs: number | null;
}

/** What a parser knows of its file before it reads a line of it. */
export interface FileContext extends FileClass {
  fileId: number;
  path: string;
}

/**
 * A parser of a file with lines. Ingest gives it the records whose first line (or any line) matches
 * `needles` or whose level is error or critical, and every traceback; a line that no parser asks
 * for costs nothing but being a line.
 */
export interface LogParser {
  /**
   * One global regular expression over the block's text (latin1 of its bytes); null: only errors
   * and tracebacks.
   */
  needles: RegExp | null;
  record(record: LogRecord, sink: RecordSink): void;
  /** After the last record of the file (or of a part of a large one), with its last lines. */
  end?(sink: RecordSink, tail: FileTail): void;
  /** Whether `end` reads the tail; otherwise it is empty. */
  readonly wantsTail?: boolean;
  /**
   * All that it remembers from one record to the next, in one plain object that can be cloned; left
   * out where that is nothing. A new parser of the same file goes on where this one was when a
   * clone is assigned to its state (a file that has grown). Whoever changes what is in it raises
   * SCHEMA_VERSION.
   */
  readonly state?: object;
}

/** A parser of a table. `line` is the 1-based line on which the row starts; row 1 is the header. */
export interface TableParser {
  row(cells: string[], line: number, sink: RecordSink): void;
  /**
   * Before the first row: what separates the cells. Where it is no comma, commas can be decimal.
   */
  begin?(delimiter: string): void;
  /** True as soon as no further row is wanted. */
  readonly isDone?: boolean;
  /** `isWhole`: the file has no more rows than were read. */
  end?(sink: RecordSink, isWhole: boolean): void;
}
