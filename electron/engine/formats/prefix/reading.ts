/**
 * A reading says how the lines of one file begin: which forms of time are times there, where these
 * are, and what the bytes of a line leave open. Indexing and searching use the same reading.
 */
import { EPOCH, GLOG, ISO, MONTH_NAME, SHAPES, SYSLOG, timeForms } from './time-forms.ts';
import { type TimeRules, usualRules } from './time-rules.ts';

export interface Reading extends TimeRules {
  /**
   * For times at the start of a line, by form and shape: {@link NO_TIME}, {@link DOUBTFUL}, {@link
   * AGREED}.
   */
  readonly atStart: Uint8Array;
  /** Other places of the time in a line: the number of words before it. */
  readonly places: readonly { readonly form: number; readonly words: number }[];
  /** The time is in the first square bracket of the line, whatever comes before it. */
  readonly isInBracket: boolean;
  /** Epoch times and doubtful times count only within this range, in microseconds. */
  readonly fromUs: number;
  readonly toUs: number;
  /** The range comes from the file's own times, so times far beyond it are part of messages. */
  readonly isRangeKnown: boolean;
  /** Numbers of fields after which a level may stand without a mark before it, one bit each. */
  readonly levelFields: number;
  /** The word of the line that is its level, counted from 0; -1 if only fields have levels. */
  readonly levelWord: number;
  /** A single letter after the time is the level. */
  readonly hasLetterLevels: boolean;
  /** The message of a line can be a JSON object with its own time and level. */
  readonly hasInnerJson: boolean;
  /** A line may begin with a lower-case level and a colon. */
  readonly hasLowerLevels: boolean;
  /** Which lines begin a record; lines without a prefix continue it. */
  readonly records: RecordRule;
  /** Makes `isTime` copy what it saw to {@link took}, while a file's reading is decided. */
  readonly isTrial: boolean;
}

/**
 * `timed`: every line with a time begins a record, and lines without a prefix continue it.
 * `leveled`: every line with a level begins one. `indented`: records are rare in the file; only
 * indented lines continue them.
 */
export type RecordRule = 'timed' | 'leveled' | 'indented';

/**
 * Meanings of a form at the start of a line: not a time, a time if it fits those before it, a time.
 */
export const NO_TIME = 0;
export const DOUBTFUL = 1;
export const AGREED = 2;

/** Forms that are hardly ever anything but a time. */
export const strongForms: readonly number[] = [ISO, MONTH_NAME, SYSLOG, GLOG];

const usualAtStart = new Uint8Array(timeForms.length * SHAPES).fill(AGREED);

/**
 * The reading for lines of an unknown file: everything at their start that looks like a time is
 * one.
 */
export const usualReading: Reading = {
  longOrder: usualRules.longOrder,
  shortOrder: usualRules.shortOrder,
  isOrderOpen: usualRules.isOrderOpen,
  isCommaDecimal: usualRules.isCommaDecimal,
  hasZoneAfterBlank: usualRules.hasZoneAfterBlank,
  zone: usualRules.zone,
  get latestUs() {
    return usualRules.latestUs;
  },
  atStart: usualAtStart,
  places: [],
  isInBracket: true,
  fromUs: Date.UTC(2010, 0, 1) * 1000,
  toUs: Date.UTC(2040, 0, 1) * 1000,
  isRangeKnown: false,
  levelFields: -1,
  levelWord: -1,
  hasLetterLevels: false,
  hasInnerJson: true,
  hasLowerLevels: false,
  records: 'timed',
  isTrial: false,
};

/**
 * Copies a reading with its fields in a fixed order: the line reader is only fast while all
 * readings have the same hidden class.
 */
export function readingOf(parts: Reading): Reading {
  return {
    longOrder: parts.longOrder,
    shortOrder: parts.shortOrder,
    isOrderOpen: parts.isOrderOpen,
    isCommaDecimal: parts.isCommaDecimal,
    hasZoneAfterBlank: parts.hasZoneAfterBlank,
    zone: parts.zone,
    latestUs: parts.latestUs,
    atStart: parts.atStart,
    places: parts.places,
    isInBracket: parts.isInBracket,
    fromUs: parts.fromUs,
    toUs: parts.toUs,
    isRangeKnown: parts.isRangeKnown,
    levelFields: parts.levelFields,
    levelWord: parts.levelWord,
    hasLetterLevels: parts.hasLetterLevels,
    hasInnerJson: parts.hasInnerJson,
    hasLowerLevels: parts.hasLowerLevels,
    records: parts.records,
    isTrial: parts.isTrial,
  };
}

const STRAY_US = 3 * 366 * 86_400_000_000;

/**
 * Decides whether a time of the file's own form is so far from its other times that it is part of a
 * message: a birthday, a default, a deadline.
 */
export function isStray(us: number, { fromUs, toUs, isRangeKnown }: Reading): boolean {
  return isRangeKnown && (us < fromUs || us > toUs + STRAY_US);
}

/** Decides whether a time of this form must be within the reading's range. */
export function isBounded(form: number, accepted: number): boolean {
  return form === EPOCH || accepted === DOUBTFUL;
}
