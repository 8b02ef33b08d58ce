/**
 * Time rules are what a file decides about its times: the order of day and month, the decimal
 * comma, the zone, the year. {@link seen} is what the reader noticed about the last time, from
 * which those rules are decided.
 */
import type { DateOrder } from '../../../contract/time-forms.ts';
import { ISO } from './time-forms.ts';
import type { PlaceClock } from './zones.ts';

/** What is decided for a file about the times in it. */
export interface TimeRules {
  /** Of `19.03.2020`; never `ymd`. */
  readonly longOrder: DateOrder;
  /** Of `20/03/19`. */
  readonly shortOrder: DateOrder;
  /** A date that is none in this order is read in another. */
  readonly isOrderOpen: boolean;
  /** `15:37:07,101` has thousandths. Else the comma separates cells. */
  readonly isCommaDecimal: boolean;
  /** What stands one blank behind the time (`+01`, `KST`) is its zone. */
  readonly hasZoneAfterBlank: boolean;
  /** Minutes east of UTC of times that name no zone, or the clock of a place. */
  readonly zone: number | PlaceClock;
  /**
   * Times that name no year are of the last year in which they are not later than this, in
   * microseconds.
   */
  readonly latestUs: number;
}

/** What the reader saw besides the time: for deciding what holds for a file. */
export const seen = {
  form: ISO,
  /** Bytes of the line that are the time, and where the byte before its fraction stands. */
  start: 0,
  end: 0,
  markAt: 0,
  /**
   * How the time is written within its form, less than {@link SHAPES}: its fraction, and the bytes
   * within the date and behind it.
   */
  shape: 0,
  /** Byte before the fraction (`.`, `,`, `:`), 0 without one, and its digits. */
  mark: 0,
  digits: 0,
  hasSeconds: true,
  isHalfDay: false,
  /**
   * How the zone is written: not at all, as an offset, as a word. Where a word stands, and whether
   * it is known.
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
   * Microseconds by which the time would be later, had it come the second time (clocks put back); 0
   * where it came once.
   */
  foldUs: 0,
};

const nothingSeen = { ...seen };

/**
 * Clear {@link seen}, so that nothing of an earlier line is taken for this one's while a file's
 * reading is decided.
 */
export function clearSeen(): void {
  copySeen(nothingSeen, seen);
}

/** Make `to` what `from` is; field by field, since it is done for each line of a sample. */
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

/** The latest time of files of which no rules are known: the end of the run's year. */
let usualLatestUs = Date.UTC(new Date().getUTCFullYear(), 11, 31, 23, 59, 59) * 1000;

/**
 * Year of the times that name none where nothing else is known: ingest sets it from the run's dated
 * files before it reads lines.
 */
export function setDefaultYear(year: number): void {
  usualLatestUs = Date.UTC(year, 11, 31, 23, 59, 59) * 1000;
}

/** That year. */
export function defaultYear(): number {
  return new Date(usualLatestUs / 1000).getUTCFullYear();
}

/** Rules for lines of which the file is not known. */
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
