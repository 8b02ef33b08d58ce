/** Tracks the progress of a search: its duration, who waits for more, and when to report it. */

const TELL_EVERY_MS = 60;

export class SearchProgress {
  readonly #started = performance.now();
  #lastTold = 0;
  /** Time from the start until the search was first complete; 0 before that. */
  #whole = 0;
  #waiters: (() => void)[] = [];

  /** Resolves when there is something new. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /**
   * Wakes all waiters. Returns true if it is time to report to others too; `isPressing` forces it.
   */
  step(isComplete: boolean, isPressing: boolean): boolean {
    for (const wake of this.#waiters.splice(0)) wake();
    const now = performance.now();
    if (isComplete && this.#whole === 0) this.#whole = now - this.#started;
    if (!isPressing && now - this.#lastTold < TELL_EVERY_MS) return false;
    this.#lastTold = now;
    return true;
  }

  milliseconds(isComplete: boolean): number {
    return isComplete ? this.#whole : performance.now() - this.#started;
  }
}
