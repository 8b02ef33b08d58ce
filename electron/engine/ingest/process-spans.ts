/**
 * Process spans: which processes wrote the lines of a part, how many each, and from when to when.
 * Lines without a process id belong to the process of the line before.
 */

/** Of more processes than this, the rest are not counted. */
const MAX_PIDS = 4_096;
const MIN = 0;

export interface PidCount {
  fromUs: number | null;
  toUs: number | null;
  lines: number;
}

export class ProcessSpans {
  /**
   * The least and the greatest time of the present stretch; NaN if unknown. An array, because
   * assigning a number to a field would allocate.
   */
  readonly #times: Float64Array;
  readonly #carried: Float64Array;
  #counts = new Map<number, PidCount>();
  #pid = -1;
  /** Lines of that process since the last line of another one. */
  #lines = 0;

  /** `times` is memory for two times; `carried` holds the time of the line read last. */
  constructor(times: Float64Array, carried: Float64Array) {
    this.#times = times;
    this.#carried = carried;
  }

  /** The process whose lines are counted; -1 until a line names one. */
  get pid(): number {
    return this.#pid;
  }

  /** Lines of the present stretch. */
  get lines(): number {
    return this.#lines;
  }

  /** All processes up to the present stretch. */
  get counts(): Map<number, PidCount> {
    return this.#counts;
  }

  /** Continues where other spans stopped; their times are in the memory. */
  restore(pid: number, lines: number, counts: Map<number, PidCount>): void {
    this.#pid = pid;
    this.#lines = lines;
    this.#counts = counts;
  }

  /** Counts the line read last. */
  addLine(): void {
    if (this.#pid === -1) return;
    this.#lines++;
    const us = this.#carried[0] as number;
    widen(this.#times, MIN, us, us);
  }

  /** Counts lines from `minUs` to `maxUs`, which are NaN if unknown. */
  addLines(lines: number, minUs: number, maxUs: number): void {
    if (this.#pid === -1) return;
    this.#lines += lines;
    widen(this.#times, MIN, minUs, maxUs);
  }

  /** Starts the lines of another process. */
  change(pid: number): void {
    this.end();
    this.#pid = pid;
    this.#times.fill(Number.NaN);
  }

  /** Adds the present stretch to its process. */
  end(): void {
    if (this.#lines === 0) return;
    const lines = this.#lines;
    this.#lines = 0;
    const [minUs = Number.NaN, maxUs = Number.NaN] = this.#times;
    const fromUs = Number.isNaN(minUs) ? null : minUs;
    const toUs = Number.isNaN(maxUs) ? null : maxUs;
    const count = this.#counts.get(this.#pid);
    if (count === undefined) {
      if (this.#counts.size < MAX_PIDS) this.#counts.set(this.#pid, { fromUs, toUs, lines });
      return;
    }
    count.lines += lines;
    if (fromUs !== null && (count.fromUs === null || fromUs < count.fromUs)) count.fromUs = fromUs;
    if (toUs !== null && (count.toUs === null || toUs > count.toUs)) count.toUs = toUs;
  }
}

/** Widens the range in `place` and the slot after it to include both times. */
export function widen(clock: Float64Array, place: number, minUs: number, maxUs: number): void {
  if (!((clock[place] as number) <= minUs)) clock[place] = minUs;
  if (!((clock[place + 1] as number) >= maxUs)) clock[place + 1] = maxUs;
}
