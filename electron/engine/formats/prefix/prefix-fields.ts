/** Fields of a prefix after its time: pid, thread, logger, level. */
import type { LinePrefix } from '../types.ts';
import { isDigit } from './digits.ts';
import { readAndroidTag } from './prefix-android.ts';
import { readInnerJson } from './prefix-json.ts';
import { isWordByte, levelAt, levelOfLetter } from './prefix-level.ts';
import { readLogfmtLevel } from './prefix-logfmt.ts';
import { fields, groupEnd, isBlank, isTokenByte, longestField, skipBlanks, wordStart } from './prefix-scan.ts';
import type { Reading } from './reading.ts';

/**
 * The fields between a line's time and its message: process numbers, thread and logger names, source places, and the level. A level is a
 * word of its own in the place of a field, never a word of the message: `1234 ERROR boom` has one, `ERROR=0` and `Got an ERROR` do not.
 */

/** Fields that are looked through for a level. */
const MOST_FIELDS = 7;

/** Where the last level was found, for deciding what holds for a file: behind so many fields, and whether a mark tells it. */
export const seenLevel = { fields: -1, isMarked: false, isLetter: false };

/**
 * Read the fields from `start` on, right behind the time that begins at `lineStart` or after it. Returns where the message begins, or
 * -1 where what stands before `start` was no time: a letter or digit goes on with it.
 */
export function readFields(
  bytes: Uint8Array,
  lineStart: number,
  start: number,
  end: number,
  out: LinePrefix,
  reading: Reading,
): number {
  seenLevel.fields = -1;
  if (start >= end) return end;
  const first = bytes[start] ?? 0;
  if (isWordByte(first)) return -1;
  const found = findLevel(bytes, start, end, out, reading);
  if (found !== -1) return found;
  fields.loggerStart = -1;
  if (reading.levelWord !== -1) {
    const after = levelInWord(bytes, lineStart, start, end, out, reading.levelWord);
    if (after !== -1) return after;
  }
  if (reading.hasInnerJson) readInnerJson(bytes, start, end, out);
  return first === 32 || first === 9 || first === 58 || first === 44 || first === 59 || first === 93 || first === 41
    ? start + 1
    : start;
}

function findLevel(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): number {
  let next = start;
  let isMarked = false;
  let isNumber = false;
  let isField = false;
  let isBehindGroup = false;
  for (let count = 0; count < MOST_FIELDS; count++) {
    let blank = count === 0;
    let structural = false;
    let open = 0;
    let mark = 0;
    while (next < end && next - start < longestField) {
      const byte = bytes[next] ?? 0;
      if (isBlank(byte)) blank = true;
      else if (byte === 91 || byte === 40 || byte === 60 || (byte === 123 && bytes[next + 1] !== 34)) {
        open = byte;
        structural = true;
        next++;
        break;
      } else if (isMark(byte)) {
        structural = true;
        mark = byte;
        if (byte === 124) isMarked = true;
      } else break;
      next++;
    }
    if (next >= end) return -1;
    const isAnyCase = open !== 0 || isMarked || (count === 0 && mark === 44);
    let level = levelAt(bytes, next, end, isAnyCase || mark === 45 || mark === 42 || bytes[next - 1] === 9);
    if (level === 0 && (count === 0 || mark === 58)) level = levelBeforeColon(bytes, next, end);
    if (level !== 0) {
      const after = next + (level & 15);
      const isClosed =
        isAnyCase || isUpper(bytes, next) || mark === 42
          ? closesLevel(bytes, after, end, mark === 42 ? 42 : open)
          : closesBetween(bytes, after, end);
      const isPlace = count === 0 || structural || (isField && isOpen(reading, count)) || bytes[after] === 58;
      if (isClosed && isPlace) {
        out.level = level >> 4;
        seenLevel.fields = count;
        seenLevel.isMarked = count === 0 || structural;
        seenLevel.isLetter = false;
        return afterLevel(bytes, after, end, open);
      }
      if (isClosed || open === 0) return -1;
    }
    const tagged = count === 0 && open === 0 && bytes[next + 1] === 47 ? readAndroidTag(bytes, next, end, out) : -1;
    if (tagged !== -1) return tagged;
    if (isLevelLetter(bytes, next, end, { open, mark, count, isNumber }, reading)) {
      out.level = levelOfLetter(bytes[next] ?? 0);
      seenLevel.fields = count;
      seenLevel.isMarked = open !== 0 || mark !== 0;
      seenLevel.isLetter = true;
      return afterLevel(bytes, next + 1, end, open);
    }
    if (count > 0 && !structural && !isField) return -1;
    if (!blank && !structural && !isBehindGroup) return -1;
    isBehindGroup = open !== 0;
    const from = next;
    if (open !== 0) {
      const close = groupEnd(bytes, next, end, open);
      if (close === -1) return -1;
      const inner = levelAfterColon(bytes, next, close);
      if (inner !== 0 && open === 91) {
        out.level = inner;
        seenLevel.fields = count;
        seenLevel.isMarked = true;
        seenLevel.isLetter = false;
        return skipBlanks(bytes, close + 1, end);
      }
      next = close + 1;
      isField = true;
      isNumber = false;
      continue;
    }
    while (next < end && next - from < 120 && isTokenByte(bytes[next] ?? 0)) next++;
    if (next === from) return -1;
    if (bytes[next] === 61) return readLogfmtLevel(bytes, from, end, out);
    isNumber = isAllDigits(bytes, from, next);
    isField = isNumber || isFieldName(bytes, from, next);
    const tokenEnd = next;
    // `f.py[line:12]`, `Name$(main)`, `file.c:77`, `module::path`
    for (;;) {
      const byte = next < end ? (bytes[next] ?? 0) : 0;
      if (byte === 91 || byte === 40) {
        const close = groupEnd(bytes, next + 1, end, byte);
        if (close === -1) break;
        next = close + 1;
        isField = true;
      } else if (byte === 58 && next + 1 < end && isTokenByte(bytes[next + 1] ?? 0)) {
        next++;
        while (next < end && isTokenByte(bytes[next] ?? 0)) next++;
        isField = true;
      } else break;
    }
    if (count === 0) {
      fields.loggerStart = from;
      fields.loggerEnd = tokenEnd;
    }
  }
  return -1;
}

/** Bytes that stand between fields: `| - : , ] ; > * #`. */
function isMark(byte: number): boolean {
  return (
    byte === 124 ||
    byte === 45 ||
    byte === 58 ||
    byte === 44 ||
    byte === 93 ||
    byte === 59 ||
    byte === 62 ||
    byte === 42 ||
    byte === 35
  );
}

/** The level word at `index` in any case, if a colon and a blank follow it (`error: boom`); as {@link levelAt}. */
function levelBeforeColon(bytes: Uint8Array, index: number, end: number): number {
  const level = levelAt(bytes, index, end, true);
  const after = index + (level & 15);
  return level !== 0 && bytes[after] === 58 && (after + 1 >= end || isBlank(bytes[after + 1] ?? 0)) ? level : 0;
}

function isOpen(reading: Reading, count: number): boolean {
  return (reading.levelFields & (1 << count)) !== 0;
}

function isUpper(bytes: Uint8Array, index: number): boolean {
  const second = bytes[index + 1] ?? 0;
  return second >= 65 && second <= 90;
}

/** What may follow a level in upper case, or one that stands between marks. */
function closesLevel(bytes: Uint8Array, after: number, end: number, open: number): boolean {
  if (after >= end) return true;
  const byte = bytes[after] ?? 0;
  if (open === 91) return byte === 93 || byte === 47 || byte === 58 || isBlank(byte) || byte === 44 || byte === 124;
  if (open === 40) return byte === 41 || byte === 47 || isBlank(byte);
  if (open === 60) return byte === 62;
  if (open === 42) return byte === 42;
  if (byte === 45) return after + 1 >= end || isBlank(bytes[after + 1] ?? 0);
  return (
    isBlank(byte) ||
    byte === 58 ||
    byte === 124 ||
    byte === 44 ||
    byte === 59 ||
    byte === 93 ||
    byte === 41 ||
    byte === 13
  );
}

/** What follows a level in lower case that has a dash or a tab before it. */
function closesBetween(bytes: Uint8Array, after: number, end: number): boolean {
  const byte = after < end ? (bytes[after] ?? 0) : 0;
  if (byte === 9 || byte === 58 || byte === 124) return true;
  return (
    byte === 32 && after + 1 < end && (bytes[after + 1] === 45 || bytes[after + 1] === 124 || bytes[after + 1] === 58)
  );
}

/**
 * `[E]`, `|E|`, `: E tensorflow/core/…`, `1702  2395 D WindowManager: …`: a letter is a level where marks stand around it, where it stands
 * before a source file or behind a number and before a name with a colon, or where the file has letters there.
 */
function isLevelLetter(
  bytes: Uint8Array,
  index: number,
  end: number,
  place: { open: number; mark: number; count: number; isNumber: boolean },
  reading: Reading,
): boolean {
  if (index + 1 >= end || levelOfLetter(bytes[index] ?? 0) === 0) return false;
  const after = bytes[index + 1] ?? 0;
  if (place.open !== 0) return after === (place.open === 40 ? 41 : place.open + 2);
  if (after === 124) return place.mark === 124;
  if (place.mark === 124 && after === 32 && bytes[index + 2] === 124) return true;
  if (!isBlank(after)) return false;
  if (reading.hasLetterLevels && isOpen(reading, place.count)) return true;
  const name = skipBlanks(bytes, index + 1, end);
  let at = name;
  let hasSlash = false;
  while (at < end && at - name < 80 && isTokenByte(bytes[at] ?? 0)) {
    if (bytes[at] === 47) hasSlash = true;
    at++;
  }
  if (place.mark === 58 && place.count === 0) return hasSlash || bytes[at] === 93 || bytes[at] === 58;
  return place.isNumber && at > name && bytes[skipBlanks(bytes, at, end)] === 58;
}

/** Level of `[core:error]` and `[Server thread/INFO]`. */
function levelAfterColon(bytes: Uint8Array, start: number, close: number): number {
  for (let at = start; at < close && at - start < 40; at++) {
    if (bytes[at] !== 58 && bytes[at] !== 47) continue;
    const level = levelAt(bytes, at + 1, close, true);
    if (level !== 0 && at + 1 + (level & 15) === close) return level >> 4;
  }
  return 0;
}

/** A number, or a name that prose would not have: with a point, a slash, a digit, a dash; or `root`, `main`. */
function isFieldName(bytes: Uint8Array, start: number, end: number): boolean {
  let marks = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    const isInside = at > start && at < end - 1;
    if (
      isDigit(byte) ||
      (isInside && (byte === 46 || byte === 95 || byte === 45 || byte === 47 || byte === 36 || byte === 64))
    )
      marks++;
  }
  if (marks > 0) return true;
  const packed =
    ((bytes[start] ?? 0) << 24) |
    ((bytes[start + 1] ?? 0) << 16) |
    ((bytes[start + 2] ?? 0) << 8) |
    (bytes[start + 3] ?? 0);
  return end - start === 4 && (packed === 0x726f6f74 || packed === 0x6d61696e);
}

function isAllDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isDigit(bytes[at] ?? 0)) return false;
  return true;
}

/** The level that is this word of the line, also in brackets; returns where the message begins, -1 where the word is none. */
function levelInWord(
  bytes: Uint8Array,
  lineStart: number,
  start: number,
  end: number,
  out: LinePrefix,
  word: number,
): number {
  let at = wordStart(bytes, lineStart, end, word);
  if (at === -1) return -1;
  const open = bytes[at] ?? 0;
  const isWrapped = open === 91 || open === 40 || open === 60;
  if (isWrapped) at++;
  const level = levelAt(bytes, at, end, true);
  if (level === 0 || !closesLevel(bytes, at + (level & 15), end, isWrapped ? open : 0)) return -1;
  out.level = level >> 4;
  return Math.max(start, afterLevel(bytes, at + (level & 15), end, isWrapped ? open : 0));
}

/** Past what closes a level: `/MainProcess]`, `]`, blanks, one of `- : |` and blanks. */
export function afterLevel(bytes: Uint8Array, start: number, end: number, open: number): number {
  let next = start;
  if (open !== 0) {
    const close = groupEnd(bytes, next, end, open);
    if (close !== -1) next = close + 1;
  } else if (next < end && (bytes[next] === 93 || bytes[next] === 42)) next++;
  next = skipBlanks(bytes, next, end);
  const mark = next < end ? (bytes[next] ?? 0) : 0;
  if (mark === 58 || mark === 124 || (mark === 45 && (next + 1 >= end || (bytes[next + 1] ?? 0) === 32))) {
    next = skipBlanks(bytes, next + 1, end);
  }
  return next;
}
