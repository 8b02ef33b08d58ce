/**
 * A file reading is what was decided about how to read the lines of one file, as plain data that is
 * stored with the case. {@link compileReading} turns it into what the line reader uses.
 */
import type { ReadingChoice } from '../../../contract/reading.ts';
import type { DateOrder, TimeForm } from '../../../contract/time-forms.ts';
import { AGREED, DOUBTFUL, NO_TIME, type Reading, type RecordRule } from './reading.ts';
import { SHAPES, timeForms } from './time-forms.ts';
import { PlaceClock, parseZone } from './zones.ts';

/** A reading in its stored form. */
export interface FileReading {
  /**
   * Agreed forms, the most frequent first; `words` before the time, -1 at the line's start, -2 in
   * its first bracket.
   */
  forms: { form: TimeForm; words: number; shape: number; lines: number }[];
  /** Forms at the start of a line that are times if they fit the others. */
  doubtful: TimeForm[];
  /** The first time as written; null if the file has none. */
  example: string | null;
  longOrder: DateOrder;
  shortOrder: DateOrder;
  /** Basis of the order of day and month; null if nothing leaves it open. */
  orderBy: 'evidence' | 'assumed' | 'set' | null;
  isCommaDecimal: boolean;
  hasZoneAfterBlank: boolean;
  /** Zone of times that name none, as {@link parseZone} reads it. */
  zone: string;
  zoneBy: 'lines' | 'assumed' | 'set';
  /** An unknown zone in the lines. */
  unknownZone: string | null;
  isYearless: boolean;
  latestUs: number;
  fromUs: number;
  toUs: number;
  levelFields: number;
  levelWord: number;
  hasLetterLevels: boolean;
  hasInnerJson: boolean;
  hasLowerLevels: boolean;
  records: RecordRule;
}

/** Facts about the file besides its lines. */
export interface FileFacts {
  isTable: boolean;
  /** Last change of the file, or the time in its archive; null if unknown. */
  modifiedUs: number | null;
  /** A time from the run's own dated logs; null if there are none. */
  runUs: number | null;
  choice: ReadingChoice | null;
}

export const AT_START = -1;

export const IN_BRACKET = -2;

/** Compiles a stored reading. */
export function compileReading(file: FileReading): Reading {
  const atStart = new Uint8Array(timeForms.length * SHAPES).fill(NO_TIME);
  const fill = (form: TimeForm, value: number) => {
    const from = timeForms.indexOf(form) * SHAPES;
    atStart.fill(value, from, from + SHAPES);
  };
  for (const form of file.doubtful) fill(form, DOUBTFUL);
  const places: { form: number; words: number }[] = [];
  for (const { form, words, shape } of file.forms) {
    const number = timeForms.indexOf(form);
    if (words >= 0) places.push({ form: number, words });
    else if (words === AT_START && file.doubtful.includes(form)) atStart[number * SHAPES + shape] = AGREED;
    else if (words === AT_START) fill(form, AGREED);
  }
  const zone = parseZone(file.zone) ?? { minutes: 0 };
  return {
    longOrder: file.longOrder,
    shortOrder: file.shortOrder,
    isOrderOpen: false,
    isCommaDecimal: file.isCommaDecimal,
    hasZoneAfterBlank: file.hasZoneAfterBlank,
    zone: 'minutes' in zone ? zone.minutes : new PlaceClock(zone.place),
    latestUs: file.latestUs,
    atStart,
    places,
    isInBracket: file.forms.some(({ words }) => words === IN_BRACKET),
    fromUs: file.fromUs,
    toUs: file.toUs,
    isRangeKnown: true,
    levelFields: file.levelFields,
    levelWord: file.levelWord,
    hasLetterLevels: file.hasLetterLevels,
    hasInnerJson: file.hasInnerJson,
    hasLowerLevels: file.hasLowerLevels,
    records: file.records,
    isTrial: false,
  };
}

/** Forms that specify a time completely. */
const wholeForms: readonly TimeForm[] = ['iso', 'compact', 'month_name'];

/**
 * Decides whether no decision depends on when the file changed, so that a grown file is read as
 * before.
 */
export function isIndependentOfChange({ forms }: FileReading): boolean {
  return forms.every(({ form }) => wholeForms.includes(form));
}

/**
 * Returns the doubts about a decision that a person should know: kind and message for the problem
 * list.
 */
export function doubtsOf(file: FileReading): { kind: string; message: string }[] {
  const doubts: { kind: string; message: string }[] = [];
  if (file.unknownZone !== null && file.zoneBy !== 'set') {
    doubts.push({
      kind: 'unknown_zone',
      message: `The time zone ${file.unknownZone} is not known: these times are read as UTC. Set the zone of the file in Files.`,
    });
  }
  if (file.orderBy === 'assumed') {
    const order = file.forms.some(({ form }) => form === 'two_digit_year') ? file.shortOrder : file.longOrder;
    const words = { ymd: 'year, month, day', dmy: 'day, month, year', mdy: 'month, day, year' }[order];
    doubts.push({
      kind: 'date_order',
      message: `The lines do not tell day and month of dates such as ${file.example ?? ''} apart: they are read as ${words}. Set the order of the file in Files.`,
    });
  }
  return doubts;
}
