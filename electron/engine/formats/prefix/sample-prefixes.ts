/** The prefixes of the sample lines from which a file's reading is decided. */

import { took } from './accept-time.ts';
import { AT_START, type FileReading } from './file-reading.ts';
import { parsePrefix } from './prefix.ts';
import { seenLevel } from './prefix-fields.ts';
import { AGREED, type Reading } from './reading.ts';
import { prefix } from './sample-times.ts';
import { ISO, MONTH_NAME, SHAPES } from './time-forms.ts';

/**
 * The prefixes of the sample lines, parsed with what has been decided so far. Each step of deciding
 * could parse every line again, but most lines are parsed once: a step reads again only the lines
 * that it can change.
 */
export class SamplePrefixes {
  readonly lines: readonly Uint8Array[];
  /** Times in microseconds, NaN for none. */
  readonly us: Float64Array;
  readonly levels: Uint8Array;
  /** Number of fields before a level that no mark identifies; otherwise -1. */
  readonly levelFields: Int8Array;
  readonly #isDoubtful: Uint8Array;
  /**
   * Form and shape of the time at the line's start when all forms counted; {@link NONE} if there
   * was none.
   */
  readonly #tried: Int32Array;
  /**
   * Set if later steps would read the line as it was first read, except for where its time can be.
   */
  readonly #isFixed: Uint8Array;

  constructor(lines: readonly Uint8Array[]) {
    this.lines = lines;
    this.us = new Float64Array(lines.length);
    this.levels = new Uint8Array(lines.length);
    this.levelFields = new Int8Array(lines.length);
    this.#isDoubtful = new Uint8Array(lines.length);
    this.#tried = new Int32Array(lines.length);
    this.#isFixed = new Uint8Array(lines.length);
  }

  isTimed(index: number): boolean {
    return !Number.isNaN(this.us[index]);
  }

  /** Decides whether the line has a time that does not depend on its neighbours. */
  isSure(index: number): boolean {
    return this.isTimed(index) && this.#isDoubtful[index] === 0;
  }

  /** Records what `timedAtStart` last read, which was this line. */
  noteTrial(index: number): void {
    this.#note(index);
    this.#tried[index] = took.form === -1 ? NONE : took.form * SHAPES + took.shape;
  }

  /** Records a line that is like an earlier one except for its time. */
  noteLike(index: number, model: number, us: number): void {
    this.us[index] = us;
    this.levels[index] = this.levels[model] as number;
    this.levelFields[index] = this.levelFields[model] as number;
    this.#isDoubtful[index] = this.#isDoubtful[model] as number;
    this.#tried[index] = this.#tried[model] as number;
  }

  /** Reads lines by the agreed forms, except those that would not change. */
  agree(file: FileReading, reading: Reading): void {
    const isUsual = file.forms.every(
      ({ form, words }) => words === AT_START && (form === 'iso' || form === 'month_name'),
    );
    const isPlain = isUsual && !reading.hasZoneAfterBlank && reading.zone === 0;
    for (let index = 0; index < this.lines.length; index++) {
      if (isPlain && this.#isAsTried(index, reading)) this.#isFixed[index] = 1;
      else this.read(index, reading);
    }
  }

  #isAsTried(index: number, { atStart }: Reading): boolean {
    const tried = this.#tried[index] as number;
    // The trial did not have the rules that read a time with a key.
    if (tried === NONE) return !this.isTimed(index);
    const form = Math.floor(tried / SHAPES);
    return this.isTimed(index) && (form === ISO || form === MONTH_NAME) && atStart[tried] === AGREED;
  }

  /** Reads again the lines that the range of times can change, or all. */
  bound(reading: Reading, isAll: boolean): void {
    const { fromUs, toUs } = reading;
    for (let index = 0; index < this.lines.length; index++) {
      const us = this.us[index] as number;
      if (isAll || this.#isFixed[index] === 0 || us < fromUs || us > toUs) this.read(index, reading);
    }
  }

  /** Reads a line by a reading. */
  read(index: number, reading: Reading): void {
    const line = this.lines[index] as Uint8Array;
    seenLevel.fields = -1;
    parsePrefix(line, 0, line.length, prefix, reading);
    this.#note(index);
  }

  #note(index: number): void {
    this.us[index] = prefix.timeUs;
    this.levels[index] = prefix.level;
    this.levelFields[index] = prefix.level > 0 && !seenLevel.isMarked ? seenLevel.fields : -1;
    this.#isDoubtful[index] = prefix.doubtUs < 0 ? 1 : 0;
  }
}

const NONE = -1;
