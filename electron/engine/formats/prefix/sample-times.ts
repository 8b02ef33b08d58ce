/**
 * Sample times are the times of the lines from which a file's reading is decided, with what their
 * notation leaves open, such as the order of day and month.
 */
import type { TimeForm } from '../../../contract/time-forms.ts';
import type { LinePrefix } from '../types.ts';
import { took } from './accept-time.ts';
import { createPrefix } from './empty-prefix.ts';
import { parsePrefix } from './prefix.ts';
import { seenLevel } from './prefix-fields.ts';
import { skipBlanks } from './prefix-scan.ts';
import type { Reading } from './reading.ts';
import { clearSeen, seen } from './time-rules.ts';
import { zoneWord, zoneWordAt } from './zones.ts';

export const DAY_US = 86_400_000_000;

/** A form of time in a place of the line, and how many lines of the sample have it there. */
export interface Agreed {
  form: TimeForm;
  words: number;
  shape: number;
  lines: number;
}

/** A form in a place within a line, and one time found there. */
export interface Found extends Agreed {
  line: Uint8Array;
  start: number;
  end: number;
}

/** A line of the sample with a time, and what is open about it. */
export interface Timed {
  line: number;
  form: number;
  shape: number;
  us: number;
  /** Range of the time in the line. */
  start: number;
  end: number;
  first: number;
  second: number;
  third: number;
  separator: number;
  mark: number;
  digits: number;
  hasLeadingZero: boolean;
  isCommaNext: boolean;
  isHalfDay: boolean;
  zone: 'none' | 'offset' | 'word';
  isZoneKnown: boolean;
  /** An unknown zone. */
  zoneText: string;
  /** The word one blank after the time, if it can be a zone. */
  nextWord: string;
  isNextZone: boolean;
  isNextOffset: boolean;
}

export function isBlankLine(line: Uint8Array): boolean {
  return skipBlanks(line, 0, line.length) >= line.length;
}

export const prefix: LinePrefix = createPrefix();

/**
 * Returns the time at the start of a line (also in brackets, or after a level), `keyed` for a time
 * with a key, or null if there is none.
 */
export function timedAtStart(line: Uint8Array, index: number, rules: Reading): Timed | 'keyed' | null {
  clearSeen();
  took.form = -1;
  seenLevel.fields = -1;
  parsePrefix(line, 0, line.length, prefix, rules);
  if (Number.isNaN(prefix.timeUs)) return null;
  if (took.form === -1) return 'keyed';
  return timedOf(line, index, prefix.timeUs, took);
}

/**
 * Returns the time of a line for which {@link timedAtStart} returns `keyed`: as written if that is
 * text, otherwise as ISO 8601.
 */
export function keyedText(line: Uint8Array, rules: Reading): string {
  clearSeen();
  parsePrefix(line, 0, line.length, prefix, rules);
  const { start, end } = seen;
  const before = line[start - 1];
  const isText = end > start && (before === 34 || before === 61);
  return isText ? latin.decode(line.subarray(start, end)) : new Date(prefix.timeUs / 1000).toISOString();
}

export const latin = new TextDecoder('latin1');

function timedOf(line: Uint8Array, index: number, us: number, what: typeof seen): Timed {
  const { start, end } = what;
  const wordAt = line[end] === 32 && canBeZone(line[end + 1] ?? 0) ? end + 1 : -1;
  let wordEnd = wordAt;
  while (wordAt !== -1 && wordEnd < line.length && line[wordEnd] !== 32 && wordEnd - wordAt < 12) wordEnd++;
  const next = wordAt === -1 ? noWord : wordBehind(line, wordAt, wordEnd);
  const fractionAt = what.markAt;
  return {
    line: index,
    form: what.form,
    shape: what.shape,
    us,
    start,
    end,
    first: what.first,
    second: what.second,
    third: what.third,
    separator: what.separator,
    mark: what.mark,
    digits: what.digits,
    hasLeadingZero: line[fractionAt + 1] === 48,
    isCommaNext: line[fractionAt + 1 + what.digits] === 44,
    isHalfDay: what.isHalfDay,
    zone: what.zone,
    isZoneKnown: what.isZoneKnown,
    zoneText:
      what.zone === 'word' && !what.isZoneKnown ? latin.decode(line.subarray(what.zoneStart, what.zoneEnd)) : '',
    nextWord: next.text,
    isNextZone: next.isZone,
    isNextOffset: next.isOffset,
  };
}

/** A word after a time, and what it can be. */
interface WordBehind {
  text: string;
  isZone: boolean;
  isOffset: boolean;
}

const noWord: WordBehind = { text: '', isZone: false, isOffset: false };

/** The last word examined and the byte after it; most lines have the same one. */
const lastBytes = new Uint8Array(16);
let lastLength = -1;
let lastWord = noWord;

/** Classifies the word `line[at, end)`, which ends at a blank, with the line, or after 12 bytes. */
function wordBehind(line: Uint8Array, at: number, end: number): WordBehind {
  const length = end - at + 1;
  let same = length === lastLength;
  for (let k = 0; same && k < length; k++) same = (line[at + k] ?? 32) === lastBytes[k];
  if (same) return lastWord;
  const text = latin.decode(line.subarray(at, end)).replace(/[\]:,]$/, '');
  const isWord = zoneWordAt(line, at, line.length) && zoneWord.end === at + text.length;
  lastWord = {
    text,
    isZone: isWord && zoneWord.isKnown && text.length >= 3,
    isOffset: isOffsetWord(line, at, text),
  };
  for (let k = 0; k < length; k++) lastBytes[k] = line[at + k] ?? 32;
  lastLength = length;
  return lastWord;
}

/** Decides whether a byte can begin a zone. */
function canBeZone(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || byte === 40 || byte === 43 || byte === 45;
}

function isOffsetWord(line: Uint8Array, at: number, word: string): boolean {
  if (/^\(?(?:UTC|GMT)?[+-]\d\d?\)?$/.test(word)) return true;
  return /^\([A-Z]{2,5}\)$/.test(word) && zoneWordAt(line, at + 1, line.length) && zoneWord.isKnown;
}

/** Returns the first 48 bytes of a time as written. */
export function textOfTime(line: Uint8Array, { start, end }: { start: number; end: number }): string {
  return latin.decode(line.subarray(start, Math.min(end, start + 48)));
}
