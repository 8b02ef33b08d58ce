/** Prefixes of glog, syslog and Android: what surrounds their times. */
import type { LinePrefix } from '../types.ts';
import { isDigit } from './digits.ts';
import { readFields } from './prefix-fields.ts';
import { levelAt, levelOfLetter, levelOfSeverity } from './prefix-level.ts';
import { bracketEnd, clearFields, fields, isTokenByte, longestField, skipBlanks } from './prefix-scan.ts';
import { readGlogTime } from './prefix-time.ts';
import type { Reading } from './reading.ts';

/** Reads `I0319 15:37:07.101250 25219 file.cc:12] msg`. */
export function readGlog(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): number {
  clearFields();
  let next = readGlogTime(bytes, start + 1, end, out, reading);
  if (next < 0) return -1;
  next = skipBlanks(bytes, next, end);
  const from = next;
  let pid = 0;
  while (next < end && next - from < 10 && isDigit(bytes[next] ?? 0)) {
    pid = pid * 10 + (bytes[next] ?? 0) - 48;
    next++;
  }
  const close = bracketEnd(bytes, next, end);
  if (next === from || close < 0 || (bytes[next] ?? 0) !== 32) {
    out.timeUs = Number.NaN;
    return -1;
  }
  out.pid = pid;
  out.level = levelOfLetter(bytes[start] ?? 0);
  return skipBlanks(bytes, close + 1, end);
}

/**
 * Reads ` host program[pid]: msg` after a syslog time; a line of another shape is read as after any
 * time.
 */
export function readSyslogHost(
  bytes: Uint8Array,
  lineStart: number,
  start: number,
  end: number,
  out: LinePrefix,
  reading: Reading,
): number {
  let next = skipBlanks(bytes, start, end);
  while (next < end && next - start < longestField && (bytes[next] ?? 0) !== 32) next++;
  next++;
  const program = next;
  while (
    next < end &&
    next - start < longestField &&
    (isTokenByte(bytes[next] ?? 0) || isParenthesis(bytes[next] ?? 0))
  )
    next++;
  if (next >= end || next === program) return readFields(bytes, lineStart, start, end, out, reading);
  const programEnd = next;
  let pid = -1;
  if ((bytes[next] ?? 0) === 91) {
    next++;
    const from = next;
    pid = 0;
    while (next < end && next - from < 10 && isDigit(bytes[next] ?? 0)) {
      pid = pid * 10 + (bytes[next] ?? 0) - 48;
      next++;
    }
    if (next === from || next >= end || (bytes[next] ?? 0) !== 93)
      return readFields(bytes, lineStart, start, end, out, reading);
    next++;
  }
  if (next >= end || (bytes[next] ?? 0) !== 58) return readFields(bytes, lineStart, start, end, out, reading);
  out.pid = pid;
  const message = skipBlanks(bytes, next + 1, end);
  const found = message > next + 1 ? readFields(bytes, lineStart, next + 1, end, out, reading) : message;
  fields.loggerStart = program;
  fields.loggerEnd = programEnd;
  return out.level === 0 || found < message ? message : found;
}

/**
 * Decides whether ` host program[pid]:` follows the time at `start`, as rsyslog and journalctl
 * write it after ISO times.
 */
export function hasHostAndPid(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start + 1;
  if (bytes[start] !== 32 || levelAt(bytes, at, end, false) !== 0) return false;
  while (at < end && at - start < 80 && isTokenByte(bytes[at] ?? 0)) at++;
  if (bytes[at] !== 32) return false;
  const program = ++at;
  while (at < end && at - program < 80 && (isTokenByte(bytes[at] ?? 0) || isParenthesis(bytes[at] ?? 0))) at++;
  if (at === program || bytes[at] !== 91) return false;
  for (at++; at < end && isDigit(bytes[at] ?? 0); ) at++;
  return bytes[at] === 93 && bytes[at + 1] === 58;
}

/** Decides whether a byte is a parenthesis, as in `sshd(pam_unix)[19939]:`. */
function isParenthesis(byte: number): boolean {
  return byte === 40 || byte === 41;
}

/**
 * Reads the level from `<34>1 ` or `<34>` before a syslog line (RFC 5424, RFC 3164). Returns the
 * index after it, or -1 if there is none.
 */
export function readPriority(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  let at = start + 1;
  let priority = 0;
  while (at < end && at - start < 5 && isDigit(bytes[at] ?? 0)) {
    priority = priority * 10 + (bytes[at] ?? 0) - 48;
    at++;
  }
  if (at === start + 1 || bytes[at] !== 62 || priority > 191) return -1;
  at++;
  out.level = levelOfSeverity(priority & 7);
  if (isDigit(bytes[at] ?? 0) && bytes[at + 1] === 32) at += 2;
  return at;
}
