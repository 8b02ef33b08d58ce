/** Prefixes with bars between their fields, as the service writes them. */
import type { LinePrefix } from '../types.ts';
import { isDayOfMemo, memoDay } from './calendar.ts';
import { twoDigits } from './digits.ts';
import { isWordByte, levelAt } from './prefix-level.ts';
import { clearFields, fields, longestField } from './prefix-scan.ts';
import { AGREED, type Reading } from './reading.ts';
import { ISO, SHAPES } from './time-forms.ts';

/** `2020-03-19 15:37:07,101|` */
export const BARRED_LENGTH = 24;

/**
 * Reads the time of nearly every line that the service writes: fixed width, the same day as the
 * line before, and a bar after it. The result is that of `readTime` and the file's rules, in a
 * fifth of the time. Returns false for anything else, or if it is not certain to be a time.
 */
export function readBarredTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: LinePrefix,
  reading: Reading,
): boolean {
  if (end - start < BARRED_LENGTH || bytes[start + 23] !== 124 || reading.isTrial) return false;
  const behind = bytes[start + 10];
  const mark = bytes[start + 19];
  if ((behind !== 32 && behind !== 84) || bytes[start + 13] !== 58 || bytes[start + 16] !== 58) return false;
  if (mark !== 46 && (mark !== 44 || !reading.isCommaDecimal)) return false;
  const shape = (behind === 84 ? 16 : 0) | (mark === 46 ? 1 : 2);
  if (reading.atStart[ISO * SHAPES + shape] !== AGREED || !isDayOfMemo(bytes, start)) return false;
  const hours = twoDigits(bytes, start + 11);
  const minutes = twoDigits(bytes, start + 14);
  const seconds = twoDigits(bytes, start + 17);
  const tenths = (bytes[start + 20] ?? 0) - 48;
  const thousandths = twoDigits(bytes, start + 21);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return false;
  if (tenths < 0 || tenths > 9 || thousandths < 0 || typeof reading.zone !== 'number') return false;
  const millis = (hours * 3600 + (minutes - reading.zone) * 60 + seconds) * 1000 + tenths * 100 + thousandths;
  const us = (memoDay[0] ?? 0) + millis * 1000;
  if (us < reading.fromUs || us > reading.toUs) return false;
  clearFields();
  out.timeUs = us;
  return true;
}

/**
 * Reads PIPE from the field after the time: logger?, LEVEL, pid?, thread?, func()? and the message,
 * told apart by their shape. Without a thread field, a message that starts with `digits|` loses
 * them to the thread; the format is ambiguous.
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
