import { lineEnds, nextMatch, TRACEBACK_START } from '../base/line-text.ts';
import type { ReadPrefix } from '../formats/own-formats.ts';
import { hasPrefix, parsePrefix } from '../formats/prefix.ts';
import { nextTraceback, type TracebackRole } from '../formats/traceback.ts';
import type { LinePrefix } from '../formats/types.ts';

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
  const prefix: LinePrefix = { timeUs: Number.NaN, level: 0, pid: -1, length: 0 };
  const line: WalkedLine = {
    start: 0,
    end: 0,
    us: carry.us,
    ownTime: false,
    level: 0,
    pid: carry.pid,
    prefix: 0,
    role: null,
  };
  let traceback = carry.traceback;
  let text: string | null = null;
  let nextStart = -1;
  if (bytes.includes('Traceback (most') || bytes.includes('Fatal Python') || bytes.includes('hread 0x')) {
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
