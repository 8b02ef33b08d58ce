/** Sample lines that begin as an earlier one of the sample but for the seconds. */
import { MILLIS_MARK_AT, SECONDS_AT, TIME_BAR_AT } from '../../base/kernel-numbers.ts';
import { hasLikes, type Likeness, secondsUs } from './prefix-alike.ts';
import { prefix, type Timed } from './sample-times.ts';

const ZERO = 48;
/** Loggers and levels of a process that take turns. */
const MOST_MODELS = 12;

/** A line of the sample that others can be alike to. */
interface Model extends Likeness {
  line: Uint8Array;
  timed: Timed;
}

/**
 * What a line says that is alike to one before it is known from that one: in files of PIPE nearly
 * every line is, and to compare costs a fraction of reading it.
 */
export class SampleLikes {
  readonly #models: Model[] = [];
  #next = 0;

  /**
   * The time of the line with this index in the sample, and the index of the line that it is alike
   * to; null where it is alike to none.
   */
  timed(line: Uint8Array, index: number): { timed: Timed; model: number } | null {
    for (const model of this.#models) {
      if (!isAlike(line, model)) continue;
      const micros = secondsUs(line, 0);
      if (micros < 0) return null;
      const hasLeadingZero = line[MILLIS_MARK_AT + 1] === ZERO;
      const timed = { ...model.timed, line: index, us: model.minuteUs + micros, hasLeadingZero };
      return { timed, model: model.timed.line };
    }
    return null;
  }

  /** Note a line that was just read, with its time, for those after it. */
  note(line: Uint8Array, timed: Timed): void {
    const likeness: Likeness = { length: 0, levelAt: 0, minuteUs: 0 };
    if (!hasLikes(line, 0, prefix, likeness)) return;
    this.#models[this.#next] = { ...likeness, line, timed };
    this.#next = (this.#next + 1) % MOST_MODELS;
  }
}

function isAlike(line: Uint8Array, { line: before, length }: Model): boolean {
  if (line.length < length || line[MILLIS_MARK_AT] !== before[MILLIS_MARK_AT]) return false;
  // The minute, which changes most often, first.
  for (let k = SECONDS_AT - 1; k >= 0; k--) if (line[k] !== before[k]) return false;
  for (let k = TIME_BAR_AT; k < length; k++) if (line[k] !== before[k]) return false;
  return true;
}
