/** Columns of fixed kinds after a time, as macOS, WebSphere, OpenVPN and Nagios write them. */
import type { LinePrefix } from '../types.ts';
import { isDigit } from './digits.ts';
import { isTokenByte, skipBlanks } from './prefix-scan.ts';
import { seen } from './time-rules.ts';

/** Returns the end of the word at `start`. */
function wordEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && at - start < 64 && isTokenByte(bytes[at] ?? 0)) at++;
  return at;
}

function textAt(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

function isHex(byte: number): boolean {
  return isDigit(byte) || ((byte | 0x20) >= 97 && (byte | 0x20) <= 102);
}

/** Returns the end of the number `0x1a2b` at `start`; -1 if there is none. */
function hexEnd(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== 48 || bytes[start + 1] !== 120) return -1;
  let at = start + 2;
  while (at < end && at - start < 20 && isHex(bytes[at] ?? 0)) at++;
  return at > start + 2 ? at : -1;
}

/** A number before a blank, and where the next column begins. */
const column = { value: 0, next: 0 };

function readColumn(bytes: Uint8Array, start: number, end: number): boolean {
  let value = 0;
  let at = start;
  while (at < end && at - start < 10 && isDigit(bytes[at] ?? 0)) {
    value = value * 10 + (bytes[at] ?? 0) - 48;
    at++;
  }
  column.value = value;
  column.next = skipBlanks(bytes, at, end);
  return at > start && column.next > at;
}

const unifiedTypes: Readonly<Record<string, number>> = { Default: 2, Info: 2, Debug: 1, Error: 4, Fault: 5 };

/**
 * Reads ` 0x1a2b Error 0x0 123 0 kernel: msg` of `log show`: thread, type, activity, process, time
 * to live.
 */
export function readUnifiedLog(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  const thread = hexEnd(bytes, start + 1, end);
  const type = thread === -1 ? -1 : skipBlanks(bytes, thread, end);
  if (type === -1 || type === thread) return -1;
  const typeEnd = wordEnd(bytes, type, end);
  const activity = hexEnd(bytes, skipBlanks(bytes, typeEnd, end), end);
  if (activity === -1 || !readColumn(bytes, skipBlanks(bytes, activity, end), end)) return -1;
  const pid = column.value;
  if (!readColumn(bytes, column.next, end)) return -1;
  out.pid = pid;
  out.level = unifiedTypes[textAt(bytes, type, typeEnd)] ?? 0;
  return column.next;
}

/**
 * Reads ` us=123456`, which OpenVPN writes after its times, and adds it to the time. Returns its
 * end, or -1 if there is none.
 */
export function readMicros(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  if (bytes[start + 1] !== 117 || bytes[start + 2] !== 115 || bytes[start + 3] !== 61) return -1;
  let micros = 0;
  let at = start + 4;
  while (at < end && at - start < 10 && isDigit(bytes[at] ?? 0)) {
    micros = micros * 10 + (bytes[at] ?? 0) - 48;
    at++;
  }
  if (at === start + 4 || (at < end && bytes[at] !== 32) || seen.mark !== 0) return -1;
  out.timeUs += micros;
  return at;
}

/**
 * Letters of WebSphere's events as levels: audit, configuration and a program's output are
 * information; `>` and `<` are trace.
 */
const eventLevels: Readonly<Record<string, number>> = {
  F: 5,
  E: 4,
  W: 3,
  A: 2,
  I: 2,
  C: 2,
  O: 2,
  R: 0,
  D: 1,
  '>': 1,
  '<': 1,
  '1': 1,
  '2': 1,
  '3': 1,
};

/**
 * Reads ` 00000001 SystemOut E msg`: thread (eight hexadecimal digits), logger, event. Returns
 * where the message begins, or -1 if the columns differ.
 */
export function readEventColumn(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  let at = start + 1;
  while (at < end && at - start < 10 && isHex(bytes[at] ?? 0)) at++;
  if (bytes[start] !== 32 || at - start !== 9 || bytes[at] !== 32) return -1;
  const logger = skipBlanks(bytes, at, end);
  const loggerEnd = wordEnd(bytes, logger, end);
  const event = skipBlanks(bytes, loggerEnd, end);
  if (loggerEnd === logger || event === loggerEnd || bytes[event + 1] !== 32) return -1;
  const level = eventLevels[String.fromCharCode(bytes[event] ?? 0)];
  if (level === undefined) return -1;
  out.level = level;
  return skipBlanks(bytes, event + 1, end);
}

/** States of hosts and services in Nagios and its relatives, as levels. */
const states: Readonly<Record<string, number>> = {
  OK: 2,
  UP: 2,
  WARNING: 3,
  UNKNOWN: 3,
  CRITICAL: 5,
  DOWN: 5,
  UNREACHABLE: 4,
};
/** Maximum number of fields before the state of a service. */
const MOST_FIELDS = 5;

/**
 * Reads the level from the state in ` SERVICE ALERT: web-1;HTTP;CRITICAL;HARD;3;msg`; false if the
 * line has none.
 */
export function readState(bytes: Uint8Array, start: number, end: number, out: LinePrefix): boolean {
  let at = start;
  while (at < end && at - start < 40 && (bytes[at] === 32 || ((bytes[at] ?? 0) >= 65 && (bytes[at] ?? 0) <= 90))) at++;
  if (at === start || bytes[at] !== 58) return false;
  at = skipBlanks(bytes, at + 1, end);
  for (let field = 0; field < MOST_FIELDS && at < end; field++) {
    let semicolon = at;
    while (semicolon < end && bytes[semicolon] !== 59) semicolon++;
    const level = semicolon - at > 12 ? undefined : states[textAt(bytes, at, semicolon)];
    if (field > 0 && semicolon < end && level !== undefined) {
      out.level = level;
      return true;
    }
    at = semicolon + 1;
  }
  return false;
}
