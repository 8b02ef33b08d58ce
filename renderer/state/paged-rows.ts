/**
 * Paged rows are a window on a list that is too long to hold. They fetch pages of 200 rows on
 * demand, keep the `mostPages` used last, and cancel requests for pages that were scrolled past.
 */
import { type ErrorInfo, toErrorInfo } from '../../electron/contract/errors.ts';
import type { Busy } from './busy.ts';

export const PAGE_ROWS = 200;
/** Rows beyond those on the screen, at each end, whose pages are fetched ahead of the scroll. */
const AHEAD_ROWS = 20;
/**
 * The same in the direction of scrolling: one page, so that it arrives before its rows come into
 * view.
 */
const TRAVEL_ROWS = PAGE_ROWS;

interface Page<Row> {
  rows: Row[];
  /** Fetched again when next wanted. Its rows stay on the screen until then. */
  isStale: boolean;
}

export interface PagedRowsOptions<Row> {
  name: string;
  busy: Busy;
  fetch: (start: number, count: number, signal: AbortSignal) => Promise<{ total: number; rows: Row[] }>;
  onChange: () => void;
  mostPages?: number;
}

export class PagedRows<Row> {
  total: number | null = null;
  error: ErrorInfo | null = null;
  readonly #options: PagedRowsOptions<Row>;
  readonly #pages = new Map<number, Page<Row>>();
  readonly #running = new Map<number, AbortController>();
  #wanted: [number, number] = [0, -1];
  #inView: [number, number] = [0, -1];
  #isDisposed = false;
  /** How often rows became stale. An answer asked for before the last time is stale on arrival. */
  #invalidated = 0;

  constructor(options: PagedRowsOptions<Row>) {
    this.#options = options;
  }

  /** Returns the row, or undefined while it has not arrived. */
  at(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS];
  }

  /** Tells which rows are on the screen, both ends included. */
  want(first: number, last: number): void {
    const [before] = this.#inView;
    // The first request for a list, and a jump in it, have no direction.
    const isTravel = Math.abs(first - before) <= TRAVEL_ROWS;
    const above = isTravel && first < before ? TRAVEL_ROWS : AHEAD_ROWS;
    const below = isTravel && first > before ? TRAVEL_ROWS : AHEAD_ROWS;
    this.#inView = [first, last];
    const from = Math.max(0, Math.floor((first - above) / PAGE_ROWS));
    const end = this.total === null ? last : Math.min(last + below, this.total - 1);
    const to = Math.max(from, Math.floor(end / PAGE_ROWS));
    this.#wanted = [from, to];
    for (const page of this.#running.keys()) if (page < from - 1 || page > to + 1) this.#cancel(page);
    this.#fetchWanted();
  }

  /** Takes in a new total. Pages that were not full are fetched again. */
  grow(total: number): void {
    if (total === this.total) return;
    this.total = total;
    for (const page of this.#pages.values()) if (page.rows.length < PAGE_ROWS) page.isStale = true;
    this.#fetchWanted();
    this.#options.onChange();
  }

  /** Marks all rows as stale. Fetches those on the screen immediately, the rest when wanted. */
  invalidate(): void {
    this.#invalidated++;
    for (const page of this.#pages.values()) page.isStale = true;
    this.#fetchWanted();
  }

  get isLoaded(): boolean {
    return this.#pages.size > 0;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const page of this.#running.keys()) this.#cancel(page);
  }

  /** Goes on after {@link dispose}: a component that is mounted again has the same rows. */
  revive(): void {
    this.#isDisposed = false;
  }

  /** A page that is wanted again at once is asked for again. */
  #cancel(page: number): void {
    const abort = this.#running.get(page);
    this.#running.delete(page);
    abort?.abort();
  }

  #fetchWanted(): void {
    if (this.#isDisposed) return;
    const [from, to] = this.#wanted;
    for (let page = from; page <= to; page++) {
      const known = this.#pages.get(page);
      if (known !== undefined) {
        // Reinserts the page, so that the Map's order is the order of use.
        this.#pages.delete(page);
        this.#pages.set(page, known);
      }
      const isBeyond = this.total !== null && page > 0 && page * PAGE_ROWS >= this.total;
      if ((known === undefined || known.isStale) && !isBeyond && !this.#running.has(page))
        this.#fetchPage(page).catch(() => {});
    }
  }

  async #fetchPage(page: number): Promise<void> {
    const abort = new AbortController();
    this.#running.set(page, abort);
    let isSeen = true;
    const end = this.#options.busy.begin(this.#options.name);
    const known = this.#pages.get(page);
    if (known !== undefined) known.isStale = false;
    const [invalidated, before] = [this.#invalidated, this.total];
    let isStale = false;
    try {
      const { total, rows } = await this.#options.fetch(page * PAGE_ROWS, PAGE_ROWS, abort.signal);
      if (this.#isDisposed || abort.signal.aborted) return;
      const isFirst = this.total === null || this.#pages.size === 0;
      isSeen = isFirst || this.total !== total || this.error !== null || this.#isInView(page);
      const missing = Math.min(PAGE_ROWS, Math.max(total, this.total ?? 0) - page * PAGE_ROWS) - rows.length;
      isStale = invalidated !== this.#invalidated || (before !== this.total && missing > 0);
      this.#pages.delete(page);
      this.#pages.set(page, { rows, isStale });
      this.total = Math.max(total, 0);
      this.error = null;
      this.#trim();
    } catch (thrown) {
      if (known !== undefined) known.isStale = true;
      const error = toErrorInfo(thrown);
      if (this.#isDisposed || error.kind === 'cancelled') return;
      this.error = error;
    } finally {
      if (this.#running.get(page) === abort) this.#running.delete(page);
      if (isStale) this.#fetchWanted();
      end();
    }
    if (isSeen) this.#options.onChange();
  }

  #isInView(page: number): boolean {
    const [first, last] = this.#inView;
    return page >= Math.floor(first / PAGE_ROWS) && page <= Math.floor(last / PAGE_ROWS);
  }

  #trim(): void {
    const most = this.#options.mostPages ?? 50;
    const [from, to] = this.#wanted;
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= most) return;
      if (page < from || page > to) this.#pages.delete(page);
    }
  }
}
