/**
 * A file reading is what was decided about how the lines of one file are read. It is plain data
 * that is kept with the case; {@link compileReading} makes of it what the line reader uses.
 */
import type { ReadingChoice } from '../../../contract/reading.ts';
import type { DateOrder, TimeForm } from '../../../contract/time-forms.ts';
import { AGREED, DOUBTFUL, NO_TIME, type Reading, type RecordRule } from './reading.ts';
import { SHAPES, timeForms } from './time-forms.ts';
import { PlaceClock, parseZone } from './zones.ts';

/** A reading as it is kept: plain data. */
export interface FileReading {
  /**
   * Agreed on, the most frequent first; `words` before the time, -1 at the line's start, -2 in its
   * first bracket.
   */
  forms: { form: TimeForm; words: number; shape: number; lines: number }[];
  /** Forms at the start of a line that are times where they fit the others. */
  doubtful: TimeForm[];
  /** The first time, as it is written; null where the file has none. */
  example: string | null;
  longOrder: DateOrder;
  shortOrder: DateOrder;
  /** How the order of day and month is known; null where nothing leaves it open. */
  orderBy: 'evidence' | 'assumed' | 'set' | null;
  isCommaDecimal: boolean;
  hasZoneAfterBlank: boolean;
  /** As {@link parseZone} reads it: of times that name none. */
  zone: string;
  zoneBy: 'lines' | 'assumed' | 'set';
  /** A zone in the lines that is not known. */
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

/** What is known of the file besides its lines. */
export interface FileFacts {
  isTable: boolean;
  /** Of its last change, or that its archive tells; null where not known. */
  modifiedUs: number | null;
  /** A time of the run's own dated logs; null where there are none. */
  runUs: number | null;
  choice: ReadingChoice | null;
}

export const AT_START = -1;

export const IN_BRACKET = -2;

/** The reading of which {@link FileReading} is kept. */
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

/** Forms that say all of a time. */
const wholeForms: readonly TimeForm[] = ['iso', 'compact', 'month_name'];

/**
 * Whether nothing was decided by when the file was changed: a file that has grown is then read as
 * before.
 */
export function isIndependentOfChange({ forms }: FileReading): boolean {
  return forms.every(({ form }) => wholeForms.includes(form));
}

/**
 * What a person should know of a decision that may be wrong: kind and message for the problem list.
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
