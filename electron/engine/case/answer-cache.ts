/**
 * Caches answers of steady commands (see `steadyCommands`) about one state of a case, for all
 * windows. A new state drops them all.
 */

import { dropOldest } from '../base/drop-oldest.ts';

/**
 * Answers are pages and charts, not whole tables. This many take some tens of megabytes at most.
 */
const MOST_ANSWERS = 100;

export class AnswerCache {
  #epoch = -1;
  readonly #answers = new Map<string, unknown>();

  /**
   * Returns the cached answer to `key` at `epoch`, or calls `ask` and caches its answer. Errors are
   * not cached.
   */
  answer<T>(epoch: number, key: string, ask: () => T): T {
    if (epoch !== this.#epoch) {
      this.#answers.clear();
      this.#epoch = epoch;
    }
    if (this.#answers.has(key)) {
      const kept = this.#answers.get(key) as T;
      // Move it to the end, so that the first key is the least recently used.
      this.#answers.delete(key);
      this.#answers.set(key, kept);
      return kept;
    }
    const fresh = ask();
    this.#answers.set(key, fresh);
    dropOldest(this.#answers, MOST_ANSWERS);
    return fresh;
  }
}
