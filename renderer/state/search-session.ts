/**
 * A search session is one search from start to stop: its state while it counts, and its rows by
 * range. It has one question; a new filter makes a new session, and the old one stays on the screen
 * until the new one has something to show.
 */
import type { EngineClient } from '../../electron/contract/client.ts';
import type { SearchState } from '../../electron/contract/commands.ts';
import { type ErrorInfo, toErrorInfo } from '../../electron/contract/errors.ts';
import type { LineRow } from '../../electron/contract/line-records.ts';
import type { Busy } from './busy.ts';
import type { Filter } from './filter.ts';
import { PagedRows } from './paged-rows.ts';

export interface SearchQuestion {
  caseId: string;
  filter: Filter;
  order: 'time' | 'file';
  /** Limits the search to these files; null for all. */
  fileIds: readonly number[] | null;
}

export class SearchSession {
  readonly question: SearchQuestion;
  /** Chosen here, so that the rows can be asked for together with the search. */
  readonly searchId = crypto.randomUUID();
  state: SearchState | null = null;
  error: ErrorInfo | null = null;
  isHalted = false;
  readonly rows: PagedRows<LineRow>;
  readonly #client: EngineClient;
  readonly #onChange: () => void;
  readonly #stopListening: () => void;
  #isDisposed = false;
  #endBusy: () => void;

  constructor(client: EngineClient, busy: Busy, question: SearchQuestion, onChange: () => void) {
    this.question = question;
    this.#client = client;
    this.#onChange = onChange;
    this.#endBusy = busy.begin('search');
    this.rows = new PagedRows<LineRow>({
      name: 'search.rows',
      busy,
      fetch: async (start, count, signal) => {
        const { searchId } = this;
        // Show the first hit before the rest of its page is known, which is asked for next.
        const atLeast = this.rows.isLoaded ? null : 1;
        const { rows, state } = await client.call('search.rows', { searchId, start, count, atLeast }, { signal });
        this.#take(state);
        return { total: Math.max(state.matches, this.state?.matches ?? 0), rows };
      },
      onChange,
    });
    this.#stopListening = client.on('search.progressed', (state) => {
      const isAgain = this.state?.complete === true && state.complete && state.searchId === this.searchId;
      this.#take(state);
      // The case has been read further: lines may have appeared between those here, or vanished.
      if (isAgain) this.rows.invalidate();
    });
    this.#start().catch(() => {});
    this.rows.want(0, 0);
  }

  /**
   * Decides whether there is something to show: the first rows, the certainty that there are none,
   * or an error.
   */
  get isReady(): boolean {
    if (this.error !== null || this.rows.isLoaded) return true;
    return this.state?.complete === true && this.state.matches === 0;
  }

  /** Stops counting but keeps the hits on the screen. */
  halt(): void {
    this.isHalted = true;
    this.#endBusy();
    this.#client.call('search.stop', { searchId: this.searchId }).catch(() => {});
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stopListening();
    this.rows.dispose();
    this.halt();
  }

  async #start(): Promise<void> {
    const { caseId, filter, order } = this.question;
    const fileIds = this.question.fileIds === null ? null : [...this.question.fileIds];
    try {
      this.#take(await this.#client.call('search.start', { caseId, filter, order, fileIds, searchId: this.searchId }));
    } catch (thrown) {
      this.#endBusy();
      if (this.#isDisposed) return;
      this.error = toErrorInfo(thrown);
      this.#onChange();
    }
  }

  #take(report: SearchState): void {
    if (report.searchId !== this.searchId || this.#isDisposed) return;
    const before = this.state;
    // Replies and events travel separately, so an older count must not replace a newer one.
    if (before?.complete === true && !report.complete) return;
    if (before !== null && !report.complete && report.matches < before.matches) return;
    this.state = report;
    if (report.complete && before?.complete !== true) {
      this.#endBusy();
      this.rows.invalidate();
    }
    this.rows.grow(report.matches);
    this.#onChange();
  }
}
