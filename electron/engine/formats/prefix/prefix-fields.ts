/**
 * Fields between a line's time and its message: process numbers, thread and logger names, source
 * places, and the level. A level is a separate word in the position of a field, never a word of the
 * message: `1234 ERROR boom` has one, `ERROR=0` and `Got an ERROR` do not.
 */
import type { LinePrefix } from '../types.ts';
import { BLANK, DIGIT, INNER, kinds, MARK, TOKEN } from './byte-kinds.ts';
import { readAndroidTag } from './prefix-android.ts';
import { readInnerJson } from './prefix-json.ts';
import { isWordByte, levelAt, levelOfLetter } from './prefix-level.ts';
import { readLogfmtLevel } from './prefix-logfmt.ts';
import { fields, groupEnd, isBlank, isTokenByte, longestField, skipBlanks, wordStart } from './prefix-scan.ts';
import type { Reading } from './reading.ts';

const BAR = 124;
/** Number of fields searched for a level. */
const MOST_FIELDS = 7;

/**
 * Position of the last level, for the decisions about a file: the number of fields before it, and
 * whether a mark identifies it.
 */
export const seenLevel = { fields: -1, isMarked: false, isLetter: false };

/**
 * Reads the fields from `start` on, right after the time, which begins at `lineStart` or after it.
 * Returns where the message begins, or -1 if a letter or digit continues what stands before
 * `start`, so that it was not a time.
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

/**
 * The bytes before a field: an opening bracket or the last mark, and whether there is a blank, a
 * mark, a bar.
 */
const lead = { open: 0, mark: 0, hasBlank: false, isStructural: false, hasBar: false };

/** Returns where the next field begins from `from` on; sets {@link lead}. */
function fieldStart(bytes: Uint8Array, from: number, limit: number): number {
  lead.open = 0;
  lead.mark = 0;
  lead.hasBlank = false;
  lead.isStructural = false;
  lead.hasBar = false;
  for (let next = from; next < limit; next++) {
    const byte = bytes[next] ?? 0;
    const kind = kinds[byte] as number;
    if ((kind & BLANK) !== 0) lead.hasBlank = true;
    else if ((kind & MARK) !== 0) {
      lead.isStructural = true;
      lead.mark = byte;
      if (byte === BAR) lead.hasBar = true;
    } else if (byte === 91 || byte === 40 || byte === 60 || (byte === 123 && bytes[next + 1] !== 34)) {
      lead.open = byte;
      lead.isStructural = true;
      return next + 1;
    } else return next;
  }
  return limit;
}

/** Kind of the last field: a number, or a name unlike prose. */
const field = { isNumber: false, isName: false };

/**
 * Finds the level among the fields from `start` on. Returns where the message begins, or -1 if no
 * field is a level.
 */
function findLevel(bytes: Uint8Array, start: number, end: number, out: LinePrefix, reading: Reading): number {
  const limit = Math.min(end, start + longestField);
  let next = start;
  let isMarked = false;
  let isBehindGroup = false;
  field.isNumber = false;
  field.isName = false;
  for (let count = 0; count < MOST_FIELDS; count++) {
    next = fieldStart(bytes, next, Math.max(next, limit));
    if (next >= end) return -1;
    if (lead.hasBar) isMarked = true;
    const { open, mark, isStructural } = lead;
    const level = levelOfField(bytes, next, end, count, isMarked);
    if (level !== 0) {
      const after = next + (level & 15);
      const isAnyCase = canBeAnyCase(count, isMarked) || mark === 42;
      const isClosed =
        isAnyCase || isUpper(bytes, next)
          ? closesLevel(bytes, after, end, mark === 42 ? 42 : open)
          : closesBetween(bytes, after, end);
      const isPlace = count === 0 || isStructural || (field.isName && isOpen(reading, count)) || bytes[after] === 58;
      if (isClosed && isPlace) {
        noteLevel(out, level >> 4, count, count === 0 || isStructural, false);
        return afterLevel(bytes, after, end, open);
      }
      if (isClosed || open === 0) return -1;
    }
    const byte = bytes[next] ?? 0;
    if (count === 0 && open === 0 && bytes[next + 1] === 47) {
      const tagged = readAndroidTag(bytes, next, end, out);
      if (tagged !== -1) return tagged;
    }
    if (
      levelOfLetter(byte) !== 0 &&
      !isWordByte(bytes[next + 1] ?? 0) &&
      isLevelLetter(bytes, next, end, count, reading)
    ) {
      noteLevel(out, levelOfLetter(byte), count, open !== 0 || mark !== 0, true);
      return afterLevel(bytes, next + 1, end, open);
    }
    if (count > 0 && !isStructural && !field.isName) return -1;
    if (count > 0 && !lead.hasBlank && !isStructural && !isBehindGroup) return -1;
    isBehindGroup = open !== 0;
    if (open !== 0) {
      const close = groupEnd(bytes, next, end, open);
      if (close === -1) return -1;
      const inner = open === 91 ? levelAfterColon(bytes, next, close) : 0;
      if (inner !== 0) {
        noteLevel(out, inner, count, true, false);
        return skipBlanks(bytes, close + 1, end);
      }
      next = close + 1;
      field.isName = true;
      field.isNumber = false;
      continue;
    }
    const from = next;
    next = nameEnd(bytes, from, end);
    if (next === from) return -1;
    if (bytes[next] === 61) return readLogfmtLevel(bytes, from, end, out);
    if (count === 0) {
      fields.loggerStart = from;
      fields.loggerEnd = next;
    }
    next = placeEnd(bytes, next, end);
  }
  return -1;
}

function noteLevel(out: LinePrefix, level: number, count: number, isMarked: boolean, isLetter: boolean): void {
  out.level = level;
  seenLevel.fields = count;
  seenLevel.isMarked = isMarked;
  seenLevel.isLetter = isLetter;
}

/**
 * Decides whether a level may have any case: in brackets, after a bar, or as the second cell of a
 * table.
 */
function canBeAnyCase(count: number, isMarked: boolean): boolean {
  return lead.open !== 0 || isMarked || (count === 0 && lead.mark === 44);
}

/**
 * Returns the level word that begins the field at `index`, after {@link lead}, in the form of
 * {@link levelAt}.
 */
function levelOfField(bytes: Uint8Array, index: number, end: number, count: number, isMarked: boolean): number {
  const level = levelAt(bytes, index, end, true);
  if (level === 0) return 0;
  const { mark } = lead;
  if (canBeAnyCase(count, isMarked) || mark === 45 || mark === 42 || bytes[index - 1] === 9) return level;
  const upper = levelAt(bytes, index, end, false);
  if (upper !== 0 || (count !== 0 && mark !== 58)) return upper;
  // `error: boom`
  const after = index + (level & 15);
  return bytes[after] === 58 && (after + 1 >= end || isBlank(bytes[after + 1] ?? 0)) ? level : 0;
}

/** Returns the end of the name or number at `from`; sets {@link field}. */
function nameEnd(bytes: Uint8Array, from: number, end: number): number {
  const limit = Math.min(end, from + 120);
  let all = DIGIT;
  let hasMark = false;
  let wasInner = false;
  let next = from;
  for (; next < limit; next++) {
    const kind = kinds[bytes[next] ?? 0] as number;
    if ((kind & TOKEN) === 0) break;
    // A mark at either end is not part of a name.
    if (wasInner || (kind & DIGIT) !== 0) hasMark = true;
    wasInner = next > from && (kind & INNER) !== 0;
    all &= kind;
  }
  field.isNumber = all !== 0;
  field.isName = hasMark || isUsualName(bytes, from, next);
  return next;
}

/**
 * Returns the end of the place that follows a name at `at`: `f.py[line:12]`, `Name$(main)`,
 * `file.c:77`, `module::path`.
 */
function placeEnd(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end) {
    const byte = bytes[next] ?? 0;
    if (byte === 91 || byte === 40) {
      const close = groupEnd(bytes, next + 1, end, byte);
      if (close === -1) break;
      next = close + 1;
    } else if (byte === 58 && next + 1 < end && isTokenByte(bytes[next + 1] ?? 0)) {
      next++;
      while (next < end && isTokenByte(bytes[next] ?? 0)) next++;
    } else break;
    field.isName = true;
  }
  return next;
}

function isOpen(reading: Reading, count: number): boolean {
  return (reading.levelFields & (1 << count)) !== 0;
}

function isUpper(bytes: Uint8Array, index: number): boolean {
  const second = bytes[index + 1] ?? 0;
  return second >= 65 && second <= 90;
}

/** Decides whether a level ends here that is upper case or stands between marks. */
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

/** Decides whether a lower-case level after a dash or a tab ends here. */
function closesBetween(bytes: Uint8Array, after: number, end: number): boolean {
  const byte = after < end ? (bytes[after] ?? 0) : 0;
  if (byte === 9 || byte === 58 || byte === 124) return true;
  return (
    byte === 32 && after + 1 < end && (bytes[after + 1] === 45 || bytes[after + 1] === 124 || bytes[after + 1] === 58)
  );
}

/**
 * Decides whether a letter is a level (`[E]`, `|E|`, `: E tensorflow/core/…`, `1702 2395 D
 * WindowManager: …`): marks surround it, or it precedes a source file, or it stands between a
 * number and a name with a colon, or the file has letters there.
 */
function isLevelLetter(bytes: Uint8Array, index: number, end: number, count: number, reading: Reading): boolean {
  if (index + 1 >= end) return false;
  const { open, mark } = lead;
  const after = bytes[index + 1] ?? 0;
  if (open !== 0) return after === (open === 40 ? 41 : open + 2);
  if (after === BAR) return mark === BAR;
  if (mark === BAR && after === 32 && bytes[index + 2] === BAR) return true;
  if (!isBlank(after)) return false;
  if (reading.hasLetterLevels && isOpen(reading, count)) return true;
  const name = skipBlanks(bytes, index + 1, end);
  let at = name;
  let hasSlash = false;
  while (at < end && at - name < 80 && isTokenByte(bytes[at] ?? 0)) {
    if (bytes[at] === 47) hasSlash = true;
    at++;
  }
  if (mark === 58 && count === 0) return hasSlash || bytes[at] === 93 || bytes[at] === 58;
  return field.isNumber && at > name && bytes[skipBlanks(bytes, at, end)] === 58;
}

/** Returns the level in `[core:error]` and `[Server thread/INFO]`. */
function levelAfterColon(bytes: Uint8Array, start: number, close: number): number {
  for (let at = start; at < close && at - start < 40; at++) {
    if (bytes[at] !== 58 && bytes[at] !== 47) continue;
    const level = levelAt(bytes, at + 1, close, true);
    if (level !== 0 && at + 1 + (level & 15) === close) return level >> 4;
  }
  return 0;
}

/** Decides whether a name is `root` or `main`. */
function isUsualName(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 4) return false;
  const packed =
    ((bytes[start] ?? 0) << 24) |
    ((bytes[start + 1] ?? 0) << 16) |
    ((bytes[start + 2] ?? 0) << 8) |
    (bytes[start + 3] ?? 0);
  return packed === 0x726f6f74 || packed === 0x6d61696e;
}

/**
 * Reads the level in the given word of the line, also in brackets. Returns where the message
 * begins, or -1 if the word is not a level.
 */
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

/** Skips what closes a level: `/MainProcess]`, `]`, blanks, one of `- : |` and blanks. */
function afterLevel(bytes: Uint8Array, start: number, end: number, open: number): number {
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
