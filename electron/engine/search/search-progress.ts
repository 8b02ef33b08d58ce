/** The progress of a search: how long it takes, who waits for more of it, and when it is told. */

const TELL_EVERY_MS = 60;

export class SearchProgress {
  readonly #started = performance.now();
  #lastTold = 0;
  /** From the start until the search was complete for the first time; 0 before that. */
  #whole = 0;
  #waiters: (() => void)[] = [];

  /** Resolves when there is something new. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /**
   * There is something new: wake who waits for it. True where it is time to tell it to others, too;
   * `isPressing`: at once.
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
