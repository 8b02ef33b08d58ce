/**
 * Watches the folder of an open case and reports its growth, or has the growth indexed. It lists
 * the folder periodically, because network and synchronized drives do not send notifications.
 */

import type { WatchMode, WatchState } from '../../contract/case-records.ts';
import type { EmitEvent } from '../../contract/contract.ts';
import type { ListingChanges } from '../ingest/listing-changes.ts';
import type { SourceListing } from '../source/entry.ts';

/** A folder is listed again at least this many milliseconds after the last listing … */
const LEAST_MS = 2_000;
/**
 * … and this many times the duration of the listing, so that a large folder on a slow drive is not
 * listed constantly, …
 */
const TIMES_LISTING = 20;
/** … and this many times the duration of reading. */
const TIMES_READING = 4;

type Growth = Omit<WatchState, 'caseId' | 'mode' | 'canWatch'>;

export interface CaseWatchOptions {
  caseId: string;
  /** Null if the source cannot change. */
  list: (() => Promise<SourceListing>) | null;
  compare: (listing: SourceListing) => ListingChanges;
  /** True while indexing, which will pick up changes by itself. */
  isBusy: () => boolean;
  /** Indexes what changed. Resolves when done. */
  refresh: (listing: SourceListing) => Promise<void>;
  emit: EmitEvent;
}

export class CaseWatch {
  readonly #options: CaseWatchOptions;
  #mode: WatchMode = 'off';
  #timer: NodeJS.Timeout | null = null;
  #settled = 0;
  #state: Growth = { files: 0, newFiles: 0, goneFiles: 0, bytes: 0 };

  constructor(options: CaseWatchOptions) {
    this.#options = options;
  }

  get state(): WatchState {
    const { caseId, list } = this.#options;
    return { caseId, mode: this.#mode, canWatch: list !== null, ...this.#state };
  }

  /** Switches to this mode and checks immediately. */
  set(mode: WatchMode): WatchState {
    if (this.#options.list === null || mode === this.#mode) return this.state;
    this.#mode = mode;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#options.emit('case.grown', this.state);
    if (mode !== 'off') this.#lookIn(0);
    return this.state;
  }

  /**
   * Resets the growth, because everything has been read or is about to be. A listing in progress is
   * outdated.
   */
  settle(): void {
    this.#settled++;
    this.#tell({ files: 0, newFiles: 0, goneFiles: 0, bytes: 0 });
  }

  close(): void {
    this.#mode = 'off';
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #lookIn(milliseconds: number): void {
    this.#timer = setTimeout(() => void this.#look(), milliseconds);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const timer = this.#timer;
    const settled = this.#settled;
    const started = performance.now();
    let wait = LEAST_MS;
    try {
      if (!this.#options.isBusy()) {
        const listing = await this.#options.list?.();
        wait = Math.max(wait, TIMES_LISTING * (performance.now() - started));
        const isSuperseded = timer !== this.#timer || settled !== this.#settled || this.#options.isBusy();
        if (listing !== undefined && !isSuperseded) {
          const grown = growthOf(this.#options.compare(listing));
          const isGrown = grown.files + grown.newFiles + grown.goneFiles > 0;
          if (this.#mode === 'follow' && isGrown) {
            const reading = performance.now();
            await this.#options.refresh(listing);
            wait = Math.max(wait, TIMES_READING * (performance.now() - reading));
          } else if (this.#mode === 'notify') this.#tell(grown);
        }
      }
    } catch {
      // The drive may be away for a while, so check again.
    }
    if (timer === this.#timer && this.#mode !== 'off') this.#lookIn(wait);
  }

  #tell(growth: Growth): void {
    if (JSON.stringify(growth) === JSON.stringify(this.#state)) return;
    this.#state = growth;
    this.#options.emit('case.grown', this.state);
  }
}

function growthOf({ changed, added, gone }: ListingChanges): Growth {
  const more = changed.reduce((sum, { known, entry }) => sum + Math.max(0, entry.bytes - known.bytes), 0);
  return {
    files: changed.length,
    newFiles: added.length,
    goneFiles: gone.length,
    bytes: added.reduce((sum, entry) => sum + entry.bytes, more),
  };
}
