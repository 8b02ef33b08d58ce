/** Finds sample lines that begin like an earlier one except for the seconds. */
import { MILLIS_MARK_AT, SECONDS_AT, TIME_BAR_AT } from '../../base/kernel-numbers.ts';
import { twoDigits } from './digits.ts';
import { hasLikes, type Likeness, secondsUs } from './prefix-alike.ts';
import { prefix, type Timed } from './sample-times.ts';

const ZERO = 48;
/** Where `YYYY-MM-DD HH:MM:SS` has its minutes. */
const MINUTES_AT = SECONDS_AT - 3;
/** Maximum number of combinations of logger and level that can take turns. */
const MOST_MODELS = 12;

/** A line of the sample that later lines may be like. */
interface Model {
  /** As {@link Likeness} has it. */
  length: number;
  /** Time of the hour, in microseconds since the epoch. */
  hourUs: number;
  line: Uint8Array;
  timed: Timed;
}

/**
 * Takes the properties of a line from an earlier one like it. In files of PIPE nearly every line
 * has one, and comparing costs a fraction of parsing.
 */
export class SampleLikes {
  readonly #models: Model[] = [];
  #next = 0;

  /**
   * Returns the time of the line with this index in the sample, and the index of the line that it
   * is like; null if there is none.
   */
  timed(line: Uint8Array, index: number): { timed: Timed; model: number } | null {
    for (const model of this.#models) {
      if (!isAlike(line, model)) continue;
      const micros = secondsUs(line, 0);
      const minutes = minutesUs(line);
      if (micros < 0 || minutes < 0) return null;
      const hasLeadingZero = line[MILLIS_MARK_AT + 1] === ZERO;
      const timed = { ...model.timed, line: index, us: model.hourUs + minutes + micros, hasLeadingZero };
      return { timed, model: model.timed.line };
    }
    return null;
  }

  /** Remembers a line that was just read, with its time. */
  note(line: Uint8Array, timed: Timed): void {
    const likeness: Likeness = { length: 0, levelAt: 0, minuteUs: 0 };
    if (!hasLikes(line, 0, prefix, likeness)) return;
    this.#models[this.#next] = { length: likeness.length, hourUs: likeness.minuteUs - minutesUs(line), line, timed };
    this.#next = (this.#next + 1) % MOST_MODELS;
  }
}

function isAlike(line: Uint8Array, { line: before, length }: Model): boolean {
  if (line.length < length || line[MILLIS_MARK_AT] !== before[MILLIS_MARK_AT]) return false;
  // Compare backwards: the minute changes most often.
  for (let k = SECONDS_AT - 1; k >= 0; k--) if (line[k] !== before[k]) return false;
  for (let k = TIME_BAR_AT; k < length; k++) if (line[k] !== before[k]) return false;
  return true;
}

/** The minutes of a time as microseconds; -1 where they are no such figures. */
function minutesUs(line: Uint8Array): number {
  const minutes = twoDigits(line, MINUTES_AT);
  return minutes < 0 || minutes > 59 ? -1 : minutes * 60_000_000;
}
