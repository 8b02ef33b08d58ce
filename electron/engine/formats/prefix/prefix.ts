import type { LinePrefix } from '../types.ts';
import { readApacheLine, readGlog, readSyslogHost } from './prefix-foreign.ts';
import { readJsonPrefix } from './prefix-json.ts';
import { isWordByte, levelAt } from './prefix-level.ts';
import { bracketEnd, clearFields, fields, isTokenByte, longestField, skipBlanks } from './prefix-scan.ts';
import { isDigit, monthAt, readApacheTime, readDateTime, readEpoch, readSyslogTime } from './prefix-time.ts';

export { setDefaultYear } from './prefix-time.ts';

/** An empty prefix to be filled by `parsePrefix`. */
export function createPrefix(): LinePrefix {
  return { timeUs: Number.NaN, level: 0, pid: -1, length: 0 };
}

/** Whether a line has a prefix of its own: a JSON line has one though all of it is message (`length` 0). */
export function hasPrefix(prefix: LinePrefix): boolean {
  return prefix.length > 0 || prefix.level > 0 || !Number.isNaN(prefix.timeUs);
}

/**
 * Reads time, level and pid at the start of the line `bytes[start, end)` into `out` (formats file, section H, and the usual
 * forms of other logs). Called for every line of many gigabytes: no allocation, no string, no regular expression.
 */
export function parsePrefix(bytes: Uint8Array, start: number, end: number, out: LinePrefix): void {
  out.timeUs = Number.NaN;
  out.level = 0;
  out.pid = -1;
  out.length = 0;
  if (end - start < 6) return;
  const at = readStart(bytes, start, end, out);
  if (at > 0) out.length = at - start;
}

/** Index of the message, or -1. */
function readStart(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  const first = bytes[start] ?? 0;
  if (first >= 97 && first <= 122) return -1;
  if (first === 32 || first === 9) return -1;
  if (first >= 48 && first <= 57) return readDigits(bytes, start, end, out);
  if (first === 91) return readBracket(bytes, start, end, out);
  if (first >= 65 && first <= 90) return readCapital(bytes, start, end, out, first);
  if (first === 123) {
    readJsonPrefix(bytes, start, end, out);
    return -1;
  }
  // A byte order mark, or the colour that some loggers write before the time.
  if (first === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf)
    return readAfterMark(bytes, start + 3, end, out);
  if (first === 0x1b && bytes[start + 1] === 91) {
    let next = start + 2;
    while (next < end && next - start < 12 && (bytes[next] ?? 0) !== 109) next++;
    if ((bytes[next] ?? 0) === 109) return readAfterMark(bytes, next + 1, end, out);
  }
  return -1;
}

function readAfterMark(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  const first = start < end ? (bytes[start] ?? 0) : 0;
  if (first >= 48 && first <= 57) return readDigits(bytes, start, end, out);
  if (first === 91) return readBracket(bytes, start, end, out);
  if (first >= 65 && first <= 90) return readCapital(bytes, start, end, out, first);
  return -1;
}

function readDigits(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  clearFields();
  let next = readDateTime(bytes, start, end, out);
  if (next < 0) next = readEpoch(bytes, start, end, out);
  if (next < 0) return readApacheLine(bytes, start, end, out);
  if (next >= end) return end;
  return (bytes[next] ?? 0) === 124 ? readPipe(bytes, next + 1, end, out) : readAfterTime(bytes, next, end, out);
}

/**
 * PIPE, from the field after the time: logger?, LEVEL, pid?, thread?, func()? and the message, told apart by their shape.
 * Without a thread field a message that starts with `digits|` loses them to the thread: the format cannot tell.
 */
function readPipe(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  let next = start;
  let level = levelAt(bytes, next, end, false);
  if (level === 0 || (bytes[next + (level & 15)] ?? 0) !== 124 || next + (level & 15) >= end) {
    const limit = Math.min(end, start + longestField);
    while (next < limit && (bytes[next] ?? 0) !== 124) next++;
    if (next >= limit) return start;
    level = levelAt(bytes, next + 1, end, false);
    const after = next + 1 + (level & 15);
    if (level === 0 || after >= end || (bytes[after] ?? 0) !== 124) return start;
    fields.loggerStart = start;
    fields.loggerEnd = next;
    next++;
  }
  out.level = level >> 4;
  next += (level & 15) + 1;

  // A number too long for a pid is a thread's.
  let from = next;
  let number = 0;
  let byte = next < end ? (bytes[next] ?? 0) : 0;
  while (byte >= 48 && byte <= 57 && next - from < 21) {
    number = number * 10 + byte - 48;
    next++;
    byte = next < end ? (bytes[next] ?? 0) : 0;
  }
  if (byte !== 124 || next === from) {
    next = from;
  } else if (next - from <= 10) {
    out.pid = number;
    from = next + 1;
    next = from;
    byte = next < end ? (bytes[next] ?? 0) : 0;
    while (byte >= 48 && byte <= 57 && next - from < 21) {
      next++;
      byte = next < end ? (bytes[next] ?? 0) : 0;
    }
    if (byte === 124 && next > from) {
      fields.threadStart = from;
      fields.threadEnd = next;
      next++;
    } else next = from;
  } else {
    fields.threadStart = from;
    fields.threadEnd = next;
    next++;
  }
  let index = next;
  while (index < end && index - next < longestField && isNameByte(bytes[index] ?? 0)) index++;
  if (index > next && end - index >= 3 && bytes[index] === 40 && bytes[index + 1] === 41 && bytes[index + 2] === 124) {
    fields.funcStart = next;
    fields.funcEnd = index;
    next = index + 3;
  }
  return next;
}

export function isNameByte(byte: number): boolean {
  return isWordByte(byte) || byte === 60 || byte === 62;
}

/**
 * After a time that no bar follows: ` - name - LEVEL - `, ` LEVEL name: `, ` [LEVEL] `, ` [thread] LEVEL `, ` | LEVEL | `.
 * A level counts only where the separators show that it is one, so that prose with the word ERROR in it stays prose.
 */
function readAfterTime(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  const first = bytes[start] ?? 0;
  if (isWordByte(first)) {
    out.timeUs = Number.NaN;
    return -1;
  }
  let next = start;
  let marked = false;
  for (let token = 0; token < 3; token++) {
    let blank = token === 0;
    let structural = false;
    while (next < end && next - start < longestField) {
      const byte = bytes[next] ?? 0;
      if (byte === 32 || byte === 9) blank = true;
      else if (byte === 91 || byte === 124) {
        structural = true;
        marked = true;
      } else if (byte === 45 || byte === 58 || byte === 44 || byte === 93) structural = true;
      else break;
      next++;
    }
    const level = levelAt(bytes, next, end, marked);
    if (level !== 0) {
      const after = next + (level & 15);
      if (token === 0 || structural || tokenIsLogger(bytes, end, after)) {
        out.level = level >> 4;
        return afterLevel(bytes, after, end);
      }
      break;
    }
    if (token > 0 && !structural) break;
    if (!blank && !structural) break;
    const from = next;
    while (next < end && next - from < 80 && isTokenByte(bytes[next] ?? 0)) next++;
    if (next === from) break;
    if (token === 0) {
      fields.loggerStart = from;
      fields.loggerEnd = next;
    }
  }
  fields.loggerStart = -1;
  return first === 32 || first === 9 || first === 58 || first === 44 || first === 59 ? start + 1 : start;
}

/** `root INFO msg`, `azureml.core INFO msg`: a name that prose would not have, or a level that a mark follows. */
function tokenIsLogger(bytes: Uint8Array, end: number, afterLevelWord: number): boolean {
  const { loggerStart, loggerEnd } = fields;
  if (loggerStart < 0) return false;
  const first = bytes[loggerStart] ?? 0;
  if (first >= 65 && first <= 90) return false;
  const follows = afterLevelWord < end ? (bytes[afterLevelWord] ?? 0) : 0;
  if (follows === 58 || follows === 93 || follows === 124) return true;
  if (loggerEnd - loggerStart === 4 && first === 114 && bytes[loggerStart + 3] === 116) return true;
  for (let index = loggerStart + 1; index < loggerEnd - 1; index++) {
    const byte = bytes[index] ?? 0;
    if (byte === 46 || byte === 95) return true;
  }
  return false;
}

/** Past what closes a level: `/MainProcess]`, `]`, blanks, one of `- : |` and blanks. */
function afterLevel(bytes: Uint8Array, start: number, end: number): number {
  let next = start;
  if (next < end && (bytes[next] ?? 0) === 47) {
    const limit = Math.min(end, next + longestField);
    let close = next;
    while (close < limit && (bytes[close] ?? 0) !== 93) close++;
    if (close < limit) next = close;
  }
  if (next < end && (bytes[next] ?? 0) === 93) next++;
  next = skipBlanks(bytes, next, end);
  const mark = next < end ? (bytes[next] ?? 0) : 0;
  if (mark === 58 || mark === 124 || (mark === 45 && (next + 1 >= end || (bytes[next + 1] ?? 0) === 32))) {
    next = skipBlanks(bytes, next + 1, end);
  }
  return next;
}

/** `[2021-04-20T04:54:12.739549] msg` (BRK), `[2020-… : INFO/MainProcess] msg`, `[INFO] msg`, `[INFO 2020-… file] msg`. */
function readBracket(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  clearFields();
  const first = bytes[start + 1] ?? 0;
  if (isDigit(first)) {
    let next = readDateTime(bytes, start + 1, end, out);
    if (next < 0) next = readApacheTime(bytes, start + 1, end, out);
    if (next < 0) return -1;
    const close = bracketEnd(bytes, next, end);
    if (close < 0) {
      out.timeUs = Number.NaN;
      return -1;
    }
    if ((bytes[next] ?? 0) !== 93) {
      while (next < close && !isWordByte(bytes[next] ?? 0)) next++;
      const level = levelAt(bytes, next, close, true);
      if (level !== 0) {
        out.level = level >> 4;
        return skipBlanks(bytes, close + 1, end);
      }
    }
    return close + 1 < end && !isWordByte(bytes[close + 1] ?? 0)
      ? readAfterTime(bytes, close + 1, end, out)
      : close + 1;
  }
  const level = levelAt(bytes, start + 1, end, true);
  if (level === 0) return -1;
  const after = start + 1 + (level & 15);
  const close = bracketEnd(bytes, after, end);
  if (close < 0) return -1;
  const follows = bytes[after] ?? 0;
  if (follows === 93) {
    out.level = level >> 4;
    const next = skipBlanks(bytes, close + 1, end);
    const time = readDateTime(bytes, next, end, out);
    return time > 0 && (time >= end || !isWordByte(bytes[time] ?? 0))
      ? skipMark(bytes, time, end)
      : skipMark(bytes, next, end);
  }
  if (follows !== 32) return -1;
  if (readDateTime(bytes, skipBlanks(bytes, after, end), close, out) < 0) return -1;
  out.level = level >> 4;
  return skipBlanks(bytes, close + 1, end);
}

function skipMark(bytes: Uint8Array, start: number, end: number): number {
  const next = skipBlanks(bytes, start, end);
  const mark = next < end ? (bytes[next] ?? 0) : 0;
  const one = next + 1 < end ? (bytes[next + 1] ?? 0) : 0;
  return mark === 58 || mark === 124 || (mark === 45 && one === 32) ? skipBlanks(bytes, next + 1, end) : next;
}

function readCapital(bytes: Uint8Array, start: number, end: number, out: LinePrefix, first: number): number {
  if (isDigit(bytes[start + 1] ?? 0)) {
    return first === 73 || first === 87 || first === 69 || first === 70 ? readGlog(bytes, start, end, out, first) : -1;
  }
  const level = levelAt(bytes, start, end, false);
  if (level !== 0) return readLevelFirst(bytes, start + (level & 15), end, out, level >> 4);
  if ((bytes[start + 3] ?? 0) !== 32 || monthAt(bytes, start) === 0) return -1;
  clearFields();
  const next = readSyslogTime(bytes, start, end, out);
  return next < 0 ? -1 : readSyslogHost(bytes, next, end, out);
}

/** `INFO:name:msg`, `ERROR: msg`, `INFO - msg`, `INFO 2020-03-19 15:37:07 msg`. */
function readLevelFirst(bytes: Uint8Array, start: number, end: number, out: LinePrefix, level: number): number {
  clearFields();
  if (start >= end) return -1;
  const follows = bytes[start] ?? 0;
  if (follows === 58) {
    out.level = level;
    let next = start + 1;
    while (next < end && next - start < longestField && isTokenByte(bytes[next] ?? 0)) next++;
    if (next > start + 1 && next < end && (bytes[next] ?? 0) === 58) {
      fields.loggerStart = start + 1;
      fields.loggerEnd = next;
      return next + 1;
    }
    return skipBlanks(bytes, start + 1, end);
  }
  if (follows === 124) {
    out.level = level;
    return start + 1;
  }
  if (follows !== 32 && follows !== 9) return -1;
  const next = skipBlanks(bytes, start, end);
  const time = readDateTime(bytes, next, end, out);
  if (time > 0) {
    out.level = level;
    return skipMark(bytes, time, end);
  }
  const message = skipMark(bytes, next, end);
  if (message === next) return -1;
  out.level = level;
  return message;
}

/** A prefix with its named fields, for parsers and views; `length` counts characters, as `text` does. */
export interface DecodedPrefix {
  timeUs: number | null;
  level: number;
  pid: number | null;
  thread: string | null;
  logger: string | null;
  func: string | null;
  length: number;
}

/** How much of a line can be prefix (a JSON line's keys included). */
const longestPrefix = 8_192;
const scratch = new Uint8Array(longestPrefix);
const decoded = createPrefix();

/** The prefix of a line as text: the same reading as `parsePrefix`, because it is the same code. */
export function decodePrefix(text: string): DecodedPrefix | null {
  const size = Math.min(text.length, longestPrefix);
  for (let index = 0; index < size; index++) {
    const code = text.charCodeAt(index);
    scratch[index] = code < 128 ? code : 0x80;
  }
  // A mark is three bytes but one character: it is stepped over here.
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  clearFields();
  parsePrefix(scratch, start, size, decoded);
  if (!hasPrefix(decoded)) return null;
  const { loggerStart, loggerEnd, threadStart, threadEnd, funcStart, funcEnd } = fields;
  return {
    timeUs: Number.isNaN(decoded.timeUs) ? null : decoded.timeUs,
    level: decoded.level,
    pid: decoded.pid < 0 ? null : decoded.pid,
    thread: threadStart < 0 ? null : text.slice(threadStart, threadEnd),
    logger: loggerStart < 0 ? null : text.slice(loggerStart, loggerEnd),
    func: funcStart < 0 ? null : text.slice(funcStart, funcEnd),
    length: decoded.length > 0 ? decoded.length + start : 0,
  };
}
