/**
 * Change pace: how often a case tells its views to refresh while it is indexed. Answers compete
 * with indexing for the same cores, so the pause grows with the cost of the last answers.
 */

/** Minimum pause in milliseconds. The progress bar moves in between. */
export const LEAST_PAUSE_MS = 2_000;
/** Views are never older than this many milliseconds, whatever their answers cost. */
export const MOST_PAUSE_MS = 15_000;
/**
 * Share of the engine's time that answers may take while it indexes. Sending and drawing them costs
 * several times as much.
 */
export const ANSWER_SHARE = 0.02;

export class ChangePace {
  #spentMs = 0;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** Records that an answer, or preparing for it, took `milliseconds`. */
  note(milliseconds: number): void {
    this.#spentMs += milliseconds;
  }

  /**
   * Returns the milliseconds from `now` until views may be told again; 0 or less means immediately.
   */
  waitMs(now: number): number {
    const pause = Math.min(MOST_PAUSE_MS, Math.max(LEAST_PAUSE_MS, this.#spentMs / ANSWER_SHARE));
    return this.#lastMs + pause - now;
  }

  /** Records that views were told at `now`. Their answers count for the next pause. */
  told(now: number): void {
    this.#lastMs = now;
    this.#spentMs = 0;
  }
}
