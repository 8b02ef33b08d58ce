/**
 * Time rules are what is decided about the times of a file: the order of day and month, the decimal
 * comma, the zone, the year. {@link seen} is what the reader noticed about the last time, on which
 * the decisions rest.
 */
import type { DateOrder } from '../../../contract/time-forms.ts';
import { ISO } from './time-forms.ts';
import type { PlaceClock } from './zones.ts';

export interface TimeRules {
  /** Order in `19.03.2020`; never `ymd`. */
  readonly longOrder: DateOrder;
  /** Order in `20/03/19`. */
  readonly shortOrder: DateOrder;
  /** A date that is invalid in this order is read in another. */
  readonly isOrderOpen: boolean;
  /** `15:37:07,101` has thousandths; otherwise the comma separates cells. */
  readonly isCommaDecimal: boolean;
  /** A word one blank after the time (`+01`, `KST`) is its zone. */
  readonly hasZoneAfterBlank: boolean;
  /** For times without a zone: minutes east of UTC, or the clock of a place. */
  readonly zone: number | PlaceClock;
  /**
   * Times without a year are in the last year that makes them no later than this, in microseconds.
   */
  readonly latestUs: number;
}

/** The reader's observations besides the time, for the decisions about a file. */
export const seen = {
  form: ISO,
  /** Range of the time in the line, and position of the byte before its fraction. */
  start: 0,
  end: 0,
  markAt: 0,
  /**
   * Notation of the time within its form, less than {@link SHAPES}: its fraction, and the bytes
   * within and after the date.
   */
  shape: 0,
  /** Byte before the fraction (`.`, `,`, `:`), or 0, and its number of digits. */
  mark: 0,
  digits: 0,
  hasSeconds: true,
  isHalfDay: false,
  /**
   * Notation of the zone: none, an offset, or a word. Range of the word, and whether it is known.
   */
  zone: 'none' as 'none' | 'offset' | 'word',
  zoneStart: -1,
  zoneEnd: -1,
  isZoneKnown: true,
  /** The three numbers of a date whose order is open, and the byte between them. */
  first: 0,
  second: 0,
  third: 0,
  separator: 0,
  /**
   * Microseconds to add if the time is the second of two equal local times (clocks put back); 0 if
   * there is only one.
   */
  foldUs: 0,
};

const nothingSeen = { ...seen };

/**
 * Clears {@link seen}, so that deciding a file's reading does not confuse an earlier line with this
 * one.
 */
export function clearSeen(): void {
  copySeen(nothingSeen, seen);
}

/** Copies field by field, because it runs for each line of a sample. */
export function copySeen(from: typeof seen, to: typeof seen): void {
  to.form = from.form;
  to.start = from.start;
  to.end = from.end;
  to.markAt = from.markAt;
  to.shape = from.shape;
  to.mark = from.mark;
  to.digits = from.digits;
  to.hasSeconds = from.hasSeconds;
  to.isHalfDay = from.isHalfDay;
  to.zone = from.zone;
  to.zoneStart = from.zoneStart;
  to.zoneEnd = from.zoneEnd;
  to.isZoneKnown = from.isZoneKnown;
  to.first = from.first;
  to.second = from.second;
  to.third = from.third;
  to.separator = from.separator;
  to.foldUs = from.foldUs;
}

/** The latest time of files without rules: the end of the run's year. */
let usualLatestUs = Date.UTC(new Date().getUTCFullYear(), 11, 31, 23, 59, 59) * 1000;

/**
 * Sets the year of times without one, if nothing else is known. Ingest takes it from the run's
 * dated files before it reads lines.
 */
export function setDefaultYear(year: number): void {
  usualLatestUs = Date.UTC(year, 11, 31, 23, 59, 59) * 1000;
}

export function defaultYear(): number {
  return new Date(usualLatestUs / 1000).getUTCFullYear();
}

/** Rules for lines of an unknown file. */
export const usualRules: TimeRules = {
  longOrder: 'mdy',
  shortOrder: 'ymd',
  isOrderOpen: false,
  isCommaDecimal: true,
  hasZoneAfterBlank: false,
  zone: 0,
  get latestUs() {
    return usualLatestUs;
  },
};
