import { wordsOf } from '../../base/line-end.ts';
import { hasTracebackStart, lineEnds, nextMatch, TRACEBACK_START } from '../../base/line-text.ts';
import type { ReadPrefix } from '../../formats/custom/format-book.ts';
import { createPrefix, hasPrefix, parsePrefix } from '../../formats/prefix/prefix.ts';
import { PrefixReader } from '../../formats/prefix/prefix-alike.ts';
import { nextTraceback, type TracebackRole } from '../../formats/traceback.ts';

/** What is carried into a block from the lines before it in its file. */
export interface BlockCarry {
  /** NaN, -1, 0 where there is nothing. */
  us: number;
  pid: number;
  traceback: number;
}

/** What a line is, as far as the lines up to it say. Reused from line to line. */
export interface WalkedLine {
  /** Bytes in the block; the end excludes `\n` and a trailing `\r`. */
  start: number;
  end: number;
  /** Effective time: own or carried; NaN where there is none. */
  us: number;
  ownTime: boolean;
  /** Effective level: own, or `error` within a traceback; 0 none. */
  level: number;
  /** Own or carried; -1 where there is none. */
  pid: number;
  prefix: number;
  role: TracebackRole;
}

const prefixes = new PrefixReader();

function firstLine({ us, pid }: BlockCarry): WalkedLine {
  return { start: 0, end: 0, us, ownTime: false, level: 0, pid, prefix: 0, role: null };
}

/** Lines of a block: where each begins and ends (without `\n` and `\r`), and its number. */
export interface FoundLines {
  starts: number[];
  ends: number[];
  indexes: number[];
}

/**
 * Report what {@link walkLines} would of lines that were found, in order. Where no traceback is near, only these are looked at, and lines before
 * those that name no time or pid of their own.
 */
export function lookAtLines(
  bytes: Buffer,
  carry: BlockCarry,
  { starts, ends, indexes }: FoundLines,
  report: (line: WalkedLine, index: number) => void,
  ownPrefix: ReadPrefix | null,
): void {
  if (carry.traceback !== 0 || hasTracebackStart(bytes)) {
    walkLines(bytes, carry, indexes, report, ownPrefix);
    return;
  }
  const prefix = createPrefix();
  const line = firstLine(carry);
  const words = wordsOf(bytes);
  prefixes.forget();
  const read = (from: number, to: number) => {
    if (ownPrefix === null) prefixes.read(bytes, words, from, to, prefix);
    else ownPrefix(bytes, from, to, prefix);
  };
  /** Up to here lines have been looked at for what they carry on. */
  let seen = 0;
  for (let k = 0; k < starts.length; k++) {
    const start = starts[k] as number;
    const end = ends[k] as number;
    read(start, bytes[end] === 13 ? end + 1 : end);
    line.start = start;
    line.end = end;
    line.level = prefix.level;
    line.prefix = prefix.length;
    line.ownTime = !Number.isNaN(prefix.timeUs);
    let hasPid = prefix.pid !== -1;
    let hasTime = line.ownTime;
    if (hasTime) line.us = prefix.timeUs;
    if (hasPid) line.pid = prefix.pid;
    for (let next = start; next > seen && !(hasTime && hasPid); ) {
      let from = next - 1;
      while (from > seen && bytes[from - 1] !== 10) from--;
      read(from, next - 1);
      if (!hasTime && !Number.isNaN(prefix.timeUs)) {
        hasTime = true;
        line.us = prefix.timeUs;
      }
      if (!hasPid && prefix.pid !== -1) {
        hasPid = true;
        line.pid = prefix.pid;
      }
      next = from;
    }
    seen = Math.min(bytes.length, (bytes[end] === 13 ? end + 1 : end) + 1);
    report(line, indexes[k] as number);
  }
}

/**
 * Walk the lines of a block in order up to the wanted ones and report these: what ingest computed while indexing, computed again for
 * the few lines that are shown or filtered. `wanted` are ascending line numbers within the block; null: all of them.
 * `ownPrefix`: how the lines of a format of one's own begin. Returns the state of the traceback tracker after the last line.
 */
export function walkLines(
  bytes: Buffer,
  carry: BlockCarry,
  wanted: ArrayLike<number> | null,
  report: (line: WalkedLine, index: number, k: number) => void,
  ownPrefix: ReadPrefix | null = null,
): number {
  const prefix = createPrefix();
  const line = firstLine(carry);
  let traceback = carry.traceback;
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
    if (ownPrefix === null) parsePrefix(bytes, at, end, prefix);
    else ownPrefix(bytes, at, end, prefix);
    line.ownTime = !Number.isNaN(prefix.timeUs);
    if (line.ownTime) line.us = prefix.timeUs;
    if (prefix.pid !== -1) line.pid = prefix.pid;
    line.level = prefix.level;
    line.role = null;
    const hasStart = nextStart !== -1 && nextStart < end;
    if (hasStart || traceback !== 0) {
      const step = nextTraceback(traceback, lineEnds(bytes, at, end), hasPrefix(prefix));
      traceback = step.state;
      line.role = step.role;
      if (step.role !== null && line.level < 4) line.level = 4;
    }
    if (hasStart && text !== null) nextStart = nextMatch(TRACEBACK_START, text, end);
    if (wanted === null || wanted[k] === index) {
      line.start = at;
      line.end = end > at && bytes[end - 1] === 13 ? end - 1 : end;
      line.prefix = prefix.length;
      report(line, index, k);
      k++;
    }
    at = end + 1;
  }
  return traceback;
}
