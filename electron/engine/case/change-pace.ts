/**
 * Change pace: how often a case that is being indexed tells its views to ask again. Answering
 * competes with indexing for the same cores, so the pause grows with what the last answers cost.
 */

/** At most so often, milliseconds: the bar of progress goes on in between. */
export const LEAST_PAUSE_MS = 2_000;
/** However dear the answers are, views are never older than this, milliseconds. */
export const MOST_PAUSE_MS = 15_000;
/**
 * Share of the engine's time that answers may take while it indexes; sending and drawing them costs
 * several times as much.
 */
export const ANSWER_SHARE = 0.02;

export class ChangePace {
  #spentMs = 0;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** Note that an answer, or the preparation for it, took `milliseconds`. */
  note(milliseconds: number): void {
    this.#spentMs += milliseconds;
  }

  /** Milliseconds from `now` until views may be told again; 0 or less: at once. */
  waitMs(now: number): number {
    const pause = Math.min(MOST_PAUSE_MS, Math.max(LEAST_PAUSE_MS, this.#spentMs / ANSWER_SHARE));
    return this.#lastMs + pause - now;
  }

  /** Views are told at `now`: what they ask from here on counts for the next pause. */
  told(now: number): void {
    this.#lastMs = now;
    this.#spentMs = 0;
  }
}
