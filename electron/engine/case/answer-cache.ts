/**
 * Answer cache: answers of steady commands (see `steadyCommands`) about one state of a case, shared
 * by all windows. A new state drops them all.
 */

import { dropOldest } from '../base/drop-oldest.ts';

/** Answers are pages and charts, not whole tables: this many are some tens of megabytes at most. */
const MOST_ANSWERS = 100;

export class AnswerCache {
  #epoch = -1;
  readonly #answers = new Map<string, unknown>();

  /**
   * The kept answer to `key` at `epoch`, else the one that `ask` gives, which is kept. What `ask`
   * throws is not kept.
   */
  answer<T>(epoch: number, key: string, ask: () => T): T {
    if (epoch !== this.#epoch) {
      this.#answers.clear();
      this.#epoch = epoch;
    }
    if (this.#answers.has(key)) {
      const kept = this.#answers.get(key) as T;
      // To its new place at the end: the first key is the one that was used longest ago.
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
