/**
 * Walks the lines of a block and gives each its time, level and process id, including what the
 * lines before carry.
 */
import { wordsOf } from '../../base/line-end.ts';
import { hasTracebackStart, nextMatch, TRACEBACK_START } from '../../base/line-text.ts';
import { hasStates, lastStateAt } from '../../base/terminal.ts';
import { LineReader, NO_RECORD } from '../../formats/line-reader.ts';
import { createPrefix, hasPrefix } from '../../formats/prefix/empty-prefix.ts';
import type { LineRules } from '../../formats/prefix/line-rules.ts';
import { PrefixReader } from '../../formats/prefix/prefix-alike.ts';
import type { TracebackRole } from '../../formats/traceback.ts';
import type { LinePrefix } from '../../formats/types.ts';
import type { BlockRef } from '../plan/block-ref.ts';

/** What the lines before a block in its file carry into it. */
export interface BlockCarry {
  /** NaN, 0, -1, -1, 0 if nothing is carried. */
  us: number;
  nanos: number;
  pid: number;
  /** Level of the record that continues. */
  level: number;
  traceback: number;
}

/** Carried into the first block of a file. */
export const NOTHING_CARRIED: BlockCarry = { us: Number.NaN, nanos: 0, pid: -1, level: NO_RECORD, traceback: 0 };

/** Returns what is carried into a block of an indexed file. */
export function carryOf(block: BlockRef): BlockCarry {
  return {
    us: block.carryUs,
    nanos: block.carryNanos,
    pid: block.carryPid,
    level: block.carryLevel,
    traceback: block.traceback,
  };
}

/** A line as known from the lines up to it. The object is reused for the next line. */
export interface WalkedLine {
  /** Bytes in the block; the end excludes `\n` and a trailing `\r`. */
  start: number;
  end: number;
  /** Where the shown text begins, after the earlier states of a progress bar. */
  shown: number;
  /** Effective time: own or carried; NaN if there is none. */
  us: number;
  nanos: number;
  ownTime: boolean;
  /** Effective level: own, or of its record, or `error` within a traceback; 0 if none. */
  level: number;
  /** Own or carried; -1 if unknown. */
  pid: number;
  prefix: number;
  role: TracebackRole;
  /** True if it continues a record that began earlier. */
  isContinuation: boolean;
  /**
   * Where in the block the record's first line begins: its own start for a first line, -1 if before
   * the block.
   */
  recordStart: number;
}

const prefixes = new PrefixReader();

function firstLine({ us, nanos, pid }: BlockCarry): WalkedLine {
  return {
    start: 0,
    end: 0,
    shown: 0,
    us,
    nanos,
    ownTime: false,
    level: 0,
    pid,
    prefix: 0,
    role: null,
    isContinuation: false,
    recordStart: -1,
  };
}

/** Lines of a block: start, end (without `\n` and `\r`) and number of each. */
export interface FoundLines {
  starts: number[];
  ends: number[];
  indexes: number[];
}

/**
 * Reports found lines, in order, as {@link walkLines} would. If no traceback is near and no line is
 * in doubt, it looks only at these lines, and at the lines before those without a time, pid or
 * record of their own.
 */
export function lookAtLines(
  bytes: Buffer,
  carry: BlockCarry,
  found: FoundLines,
  report: (line: WalkedLine, index: number) => void,
  rules: LineRules,
): void {
  if (carry.traceback !== 0 || rules.reading.records === 'indented' || hasTracebackStart(bytes)) {
    walkLines(bytes, carry, found.indexes, report, rules);
    return;
  }
  const { starts, ends, indexes } = found;
  const prefix = createPrefix();
  const line = firstLine(carry);
  const read = prefixReader(bytes, rules, prefix);
  /** Lines before this have been checked for what they carry. */
  let seen = 0;
  let recordLevel = carry.level;
  let recordStart = -1;
  for (let k = 0; k < starts.length; k++) {
    const start = starts[k] as number;
    const end = ends[k] as number;
    read(start, bytes[end] === 13 ? end + 1 : end);
    if (prefix.doubtUs !== 0) {
      walkLines(bytes, carry, indexes.slice(k), report, rules);
      return;
    }
    line.start = start;
    line.end = end;
    line.shown = read.shown;
    line.prefix = prefix.length;
    line.ownTime = !Number.isNaN(prefix.timeUs);
    const isFirst = hasPrefix(prefix);
    const { level } = prefix;
    let hasPid = prefix.pid !== -1;
    let hasTime = line.ownTime;
    let hasRecord = isFirst;
    if (hasTime) {
      line.us = prefix.timeUs;
      line.nanos = prefix.nanos;
    }
    if (hasPid) line.pid = prefix.pid;
    if (isFirst) {
      recordLevel = level;
      recordStart = start;
    }
    for (let next = start; next > seen && !(hasTime && hasPid && hasRecord); ) {
      let from = next - 1;
      while (from > seen && bytes[from - 1] !== 10) from--;
      read(from, next - 1);
      if (prefix.doubtUs !== 0) {
        walkLines(bytes, carry, indexes.slice(k), report, rules);
        return;
      }
      if (!hasTime && !Number.isNaN(prefix.timeUs)) {
        hasTime = true;
        line.us = prefix.timeUs;
        line.nanos = prefix.nanos;
      }
      if (!hasPid && prefix.pid !== -1) {
        hasPid = true;
        line.pid = prefix.pid;
      }
      if (!hasRecord && hasPrefix(prefix)) {
        hasRecord = true;
        recordLevel = prefix.level;
        recordStart = from;
      }
      next = from;
    }
    seen = Math.min(bytes.length, (bytes[end] === 13 ? end + 1 : end) + 1);
    line.isContinuation = !isFirst && recordLevel !== NO_RECORD;
    line.level = line.isContinuation ? recordLevel : level;
    line.recordStart = line.isContinuation ? recordStart : start;
    report(line, indexes[k] as number);
  }
}

/** Reads the prefixes of lines of a block. Lines like earlier ones are not parsed again. */
interface ReadLine {
  (from: number, to: number): void;
  /** Where the shown text of the last line read begins. */
  shown: number;
}

function prefixReader(bytes: Buffer, rules: LineRules, prefix: LinePrefix): ReadLine {
  const words = wordsOf(bytes);
  const isRewritten = hasStates(bytes);
  prefixes.forget();
  const read: ReadLine = (from, to) => {
    read.shown = isRewritten ? lastStateAt(bytes, from, to) : from;
    if (rules.own !== null) rules.own(bytes, read.shown, to, prefix);
    else prefixes.read(bytes, words, read.shown, to, prefix, rules.reading);
  };
  read.shown = 0;
  return read;
}

/**
 * Walks the lines of a block in order up to the last wanted one, and reports the wanted ones. This
 * repeats the work of ingest for the few lines that are shown or filtered. `wanted` holds ascending
 * line numbers within the block; null means all. Returns what is carried after the last line.
 */
export function walkLines(
  bytes: Buffer,
  carry: BlockCarry,
  wanted: ArrayLike<number> | null,
  report: (line: WalkedLine, index: number, k: number) => void,
  rules: LineRules,
): BlockCarry {
  const reader = readerOf(carry, rules);
  const line = firstLine(carry);
  const isRewritten = hasStates(bytes);
  let recordStart = -1;
  let text: string | null = null;
  let nextStart = -1;
  if (hasTracebackStart(bytes)) {
    text = bytes.toString('latin1');
    nextStart = nextMatch(TRACEBACK_START, text, 0);
  }
  const count = wanted === null ? Number.POSITIVE_INFINITY : wanted.length;
  let at = 0;
  let k = 0;
  for (let index = 0; at < bytes.length && k < count; index++) {
    const newline = bytes.indexOf(10, at);
    const end = newline === -1 ? bytes.length : newline;
    const shown = isRewritten ? lastStateAt(bytes, at, end) : at;
    const hasStart = nextStart !== -1 && nextStart < end;
    reader.read(bytes, shown, end, hasStart);
    if (hasStart && text !== null) nextStart = nextMatch(TRACEBACK_START, text, end);
    if (!reader.isContinuation) recordStart = at;
    if (wanted === null || wanted[k] === index) {
      line.start = at;
      line.shown = shown;
      line.end = end > at && bytes[end - 1] === 13 ? end - 1 : end;
      line.us = reader.us;
      line.nanos = reader.nanos;
      line.ownTime = !Number.isNaN(reader.prefix.timeUs);
      line.level = reader.level;
      line.pid = reader.pid;
      line.prefix = reader.prefix.length;
      line.role = reader.role;
      line.isContinuation = reader.isContinuation;
      line.recordStart = recordStart;
      report(line, index, k);
      k++;
    }
    at = end + 1;
  }
  return carriedBy(reader);
}

/** Creates a reader of the lines that follow `carry`. */
function readerOf({ us, nanos, pid, level, traceback }: BlockCarry, rules: LineRules): LineReader {
  const reader = new LineReader(rules);
  reader.time[0] = us;
  reader.nanos = nanos;
  reader.pid = pid;
  reader.recordLevel = level;
  reader.traceback = traceback;
  return reader;
}

function carriedBy({ us, nanos, pid, recordLevel, traceback }: LineReader): BlockCarry {
  return { us, nanos, pid, level: recordLevel, traceback };
}
