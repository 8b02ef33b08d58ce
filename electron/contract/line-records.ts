/** Lines of the logs: a reference to one, and one as the views draw it. */

export const levels = ['debug', 'info', 'warning', 'error', 'critical'] as const;
export type Level = (typeof levels)[number];

/**
 * One line of one file of the run. The app, the CLI and the reports use the same reference. `line`
 * is 1-based.
 */
export interface LineRef {
  file: string;
  line: number;
  text: string;
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
