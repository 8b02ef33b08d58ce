/** Prefixes with bars between their fields, as the service writes them. */
import type { LinePrefix } from '../types.ts';
import { isWordByte, levelAt } from './prefix-level.ts';
import { fields, longestField } from './prefix-scan.ts';

/**
 * PIPE, from the field after the time: logger?, LEVEL, pid?, thread?, func()? and the message, told apart by their shape.
 * Without a thread field a message that starts with `digits|` loses them to the thread: the format cannot tell.
 */
export function readPipe(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
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
