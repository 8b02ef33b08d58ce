/**
 * A line reader classifies the lines of a file one after another: the prefix of each, its role in a
 * traceback, the record that it continues, and what it carries to the next. Indexing and reading
 * both use it, so that they agree on every line.
 */
import { lineEnds } from '../base/line-text.ts';
import { createPrefix, hasPrefix } from './prefix/empty-prefix.ts';
import { type LineRules, readPrefix } from './prefix/line-rules.ts';
import { nextTraceback, type TracebackRole } from './traceback.ts';
import type { LinePrefix } from './types.ts';

/** No record is open. */
export const NO_RECORD = -1;

/** Lowest level of a line in a traceback: error. */
const TRACEBACK_LEVEL = 4;

/** Reads lines in order. What they carry can be set before any of them. */
export class LineReader {
  /** Rules for reading the lines of the file. */
  rules: LineRules;

  /** Prefix of the line read last; the members below describe the same line. */
  readonly prefix: LinePrefix = createPrefix();
  /** True if it begins a record: it has a prefix of its own. */
  isPrefixed = false;
  role: TracebackRole = null;
  /** Its own level, raised to `error` in a traceback; 0 if none. */
  ownLevel = 0;
  /** The higher of its own level and that of the record that it continues. */
  level = 0;
  isContinuation = false;

  /** Memory of {@link us}. This and the members below are carried to the next line. */
  readonly time: Float64Array;
  /** Nanoseconds of the last time. */
  nanos = 0;
  /** -1 until a line names a process. */
  pid = -1;
  /** Level of the open record, or {@link NO_RECORD}. */
  recordLevel = NO_RECORD;
  /** State of {@link nextTraceback}. */
  traceback = 0;

  /** `time` is memory for the time that is carried. */
  constructor(rules: LineRules, time: Float64Array = new Float64Array(1).fill(Number.NaN)) {
    this.rules = rules;
    this.time = time;
  }

  /** The last time, or NaN. */
  get us(): number {
    return this.time[0] ?? Number.NaN;
  }

  /** Reads the line `bytes[start, end)`. `canBegin` says whether a traceback can begin with it. */
  read(bytes: Buffer, start: number, end: number, canBegin: boolean): void {
    const { prefix } = this;
    readPrefix(this.rules, bytes, start, end, prefix, this.us);
    this.isPrefixed = hasPrefix(prefix);
    if (!Number.isNaN(prefix.timeUs)) {
      this.time[0] = prefix.timeUs;
      this.nanos = prefix.nanos;
    }
    if (prefix.pid !== -1) this.pid = prefix.pid;
    this.ownLevel = prefix.level;
    this.role = null;
    if (canBegin || this.traceback !== 0) this.#stepTraceback(bytes, start, end);
    this.level = this.ownLevel;
    if (this.isPrefixed) {
      this.recordLevel = prefix.level;
      this.isContinuation = false;
    } else this.#stepRecord(bytes, start, end);
  }

  #stepTraceback(bytes: Buffer, start: number, end: number): void {
    const { state, role } = nextTraceback(this.traceback, lineEnds(bytes, start, end), this.isPrefixed);
    this.traceback = state;
    this.role = role;
    if (role !== null && this.ownLevel < TRACEBACK_LEVEL) this.ownLevel = TRACEBACK_LEVEL;
  }

  /**
   * A line without a prefix continues the open record; in files where records are rare, only if it
   * is indented or blank. Lines of a traceback continue its first line.
   */
  #stepRecord(bytes: Buffer, start: number, end: number): void {
    const first = start < end ? (bytes[start] ?? 0) : 10;
    const isIndented = first === 32 || first === 9 || first === 10 || first === 13;
    const goesOn = this.rules.reading.records !== 'indented' || isIndented;
    const isWithinTraceback = this.role === 'inner' || this.role === 'last';
    this.isContinuation = isWithinTraceback || (this.recordLevel !== NO_RECORD && goesOn);
    if (this.isContinuation && this.recordLevel > this.level) this.level = this.recordLevel;
    if (!goesOn && !isWithinTraceback) this.recordLevel = NO_RECORD;
  }
}
