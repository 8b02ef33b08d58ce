/** A reading is what was decided about how the lines of one file begin. */
import { EPOCH, GLOG, ISO, MONTH_NAME, SHAPES, SYSLOG, timeForms } from './time-forms.ts';
import { type TimeRules, usualRules } from './time-rules.ts';

/**
 * A reading is what was decided for one file about how its lines begin: which forms of time are
 * times there and where they stand, and what the bytes of a line leave open. Indexing and searching
 * read the lines of a file by the same reading.
 */
export interface Reading extends TimeRules {
  /**
   * By form and shape, of times at the start of a line: {@link NO_TIME}, {@link DOUBTFUL}, {@link
   * AGREED}.
   */
  readonly atStart: Uint8Array;
  /** Where else in a line its time stands: so many words before it. */
  readonly places: readonly { readonly form: number; readonly words: number }[];
  /** The time stands in the first square bracket of the line, whatever is before it. */
  readonly isInBracket: boolean;
  /** What is read as `epoch`, or is doubtful, is a time only within this range, in microseconds. */
  readonly fromUs: number;
  readonly toUs: number;
  /**
   * Whether that range is known from the file's own times, so that ones far beyond it are part of
   * messages.
   */
  readonly isRangeKnown: boolean;
  /**
   * A level may stand behind so many fields without a mark before it: a bit for each number of
   * fields.
   */
  readonly levelFields: number;
  /** The word of the line that is its level, counted from 0; -1: it is told by the fields alone. */
  readonly levelWord: number;
  /** A single letter behind the time is the level. */
  readonly hasLetterLevels: boolean;
  /** The message of a line can be a JSON object, with a time and level of its own. */
  readonly hasInnerJson: boolean;
  /** A line may begin with a level in lower case and a colon. */
  readonly hasLowerLevels: boolean;
  /** Which lines begin a record, so that lines without a prefix continue it. */
  readonly records: RecordRule;
  /** What `isTime` took is copied to {@link took}: only while a file's reading is decided. */
  readonly isTrial: boolean;
}

/**
 * `timed`: every line with a time begins a record, and what has no prefix goes on with it.
 * `leveled`: every line with a level does. `indented`: records are rare in the file; only indented
 * lines go on with them.
 */
export type RecordRule = 'timed' | 'leveled' | 'indented';

/**
 * What a form at the start of a line is: no time, a time where it fits the ones before it, a time.
 */
export const NO_TIME = 0;
export const DOUBTFUL = 1;
export const AGREED = 2;

/** Forms that hardly anything but a time has. */
export const strongForms: readonly number[] = [ISO, MONTH_NAME, SYSLOG, GLOG];

const usualAtStart = new Uint8Array(timeForms.length * SHAPES).fill(AGREED);

/**
 * How lines are read of which the file is not known: all that looks like a time at their start is
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
 * A copy of a reading whose fields stand in the order of all others: the line reader is fast while
 * it meets readings of one hidden class only.
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
 * Whether a time of the file's own form is so far from its other times that it is part of a
 * message: a birthday, a default, a deadline.
 */
export function isStray(us: number, { fromUs, toUs, isRangeKnown }: Reading): boolean {
  return isRangeKnown && (us < fromUs || us > toUs + STRAY_US);
}

/** Whether a time of this form is one only within the reading's range. */
export function isBounded(form: number, accepted: number): boolean {
  return form === EPOCH || accepted === DOUBTFUL;
}
