/**
 * The case watch looks at the source of an open case from time to time and tells what has changed,
 * or has it read.
 */
import type { EmitEvent } from '../../contract/contract.ts';
import type { WatchMode, WatchState } from '../../contract/records.ts';
import type { ListingChanges } from '../ingest/listing-changes.ts';
import type { SourceListing } from '../source/entry.ts';

/** A folder is listed again at least so many milliseconds after it was listed … */
const LEAST_MS = 2_000;
/**
 * … and so many times what the listing took, so that a large folder on a slow drive is not listed
 * all the time, …
 */
const TIMES_LISTING = 20;
/** … and what reading it took. */
const TIMES_READING = 4;

type Growth = Omit<WatchState, 'caseId' | 'mode' | 'canWatch'>;

export interface CaseWatchOptions {
  caseId: string;
  /** Null where the source cannot change. */
  list: (() => Promise<SourceListing>) | null;
  compare: (listing: SourceListing) => ListingChanges;
  /** Indexing is under way: what there is to see will be seen later. */
  isBusy: () => boolean;
  /** Index what changed; resolves when that is done. */
  refresh: (listing: SourceListing) => Promise<void>;
  emit: EmitEvent;
}

/**
 * Looks at a case's folder from time to time and tells what it has grown by, or has that read. By
 * listing it: notifications of the system do not come from network and synchronised drives.
 */
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

  /** Watch in this mode from now on; the first look is at once. */
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
   * What there was to read is read, or will be at once: a listing that is under way is of before.
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
      // A drive that is away for a while: look again.
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
