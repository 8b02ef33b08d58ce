/**
 * Change news: tells the views of a case that more was read, never more often than their answers
 * can bear.
 */
import { ChangePace } from './change-pace.ts';

export class ChangeNews {
  readonly #tell: () => void;
  readonly #pace = new ChangePace();
  #timer: NodeJS.Timeout | null = null;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  /** Records that an answer, or preparing for it, took `milliseconds`. */
  note(milliseconds: number): void {
    this.#pace.note(milliseconds);
  }

  /** Tells as soon as the pace allows. */
  soon(): void {
    const wait = this.#pace.waitMs(performance.now());
    if (wait > 0) this.#timer ??= setTimeout(() => this.now(), wait);
    else this.now();
  }

  /** Tells at once. What was to be told later is told with it. */
  now(): void {
    this.close();
    this.#pace.told(performance.now());
    this.#tell();
  }

  /** Drops what was to be told later. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
