/**
 * Source sync: brings an open case up to what its source contains now, by planning what is new and
 * having it indexed.
 */
import { PostrunError } from '../../contract/errors.ts';
import type { ReadingChoice } from '../../contract/reading.ts';
import type { FormatBook } from '../formats/custom/format-book.ts';
import { noChoices } from '../ingest/file-choices.ts';
import { pendingFileIds, pendingUnits } from '../ingest/pending.ts';
import type { SourceListing } from '../source/entry.ts';
import { type RunDate, runDate } from '../source/run-date.ts';
import { listSource } from '../source/source.ts';
import { openWritable, type ReadableDb } from '../store/open.ts';
import { selectCells } from '../store/select.ts';
import { type CaseFolder, lockCase } from './case-folder.ts';
import { bytesOf, type CaseIndexing } from './case-indexing.ts';
import { choicesPath, readChoices, writeChoice } from './file-choices.ts';
import { prepareCase } from './prepare-case.ts';

export interface SourceSyncOptions {
  db: ReadableDb;
  folder: CaseFolder;
  source: Pick<SourceListing, 'kind' | 'path'>;
  /** '' or ends in '/'. */
  prefix: string;
  formats: FormatBook;
  /** Problems with custom formats. */
  badFormats: readonly string[];
  /** The application's data folder; null for a portable case, which has no source. */
  dataDir: string | null;
  indexing: CaseIndexing;
  /** Called when the case is planned as its source is now, before anything is read. */
  onPlanned: () => void;
  /** Called with the files that are read again. */
  onReread: (fileIds: ReadonlySet<number>) => void;
}

export class SourceSync {
  readonly #options: SourceSyncOptions;
  #refreshing: Promise<boolean> | null = null;

  constructor(options: SourceSyncOptions) {
    this.#options = options;
  }

  /**
   * True if the source can change while it is open. A folder can; a zip is identified by its
   * content.
   */
  get canGrow(): boolean {
    return this.#options.source.kind === 'folder' && this.#options.dataDir !== null;
  }

  get isBusy(): boolean {
    return this.#options.indexing.isRunning || this.#refreshing !== null;
  }

  list(): Promise<SourceListing> {
    return listSource(this.#options.source.path, this.#options.dataDir);
  }

  /**
   * Updates the case to what its folder contains now, and indexes the changes. `listing` is the
   * current listing, if known. Returns false if there is nothing to do: nothing changed, the source
   * cannot change, or indexing is running, which reads what was listed. Throws as {@link
   * listSource} and {@link lockCase} do.
   */
  refresh(listing: SourceListing | null = null): Promise<boolean> {
    if (this.#options.indexing.isRunning || !this.canGrow) return Promise.resolve(false);
    this.#refreshing ??= this.#refreshNow(listing).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /**
   * Changes how a file is read, also for later rebuilds. Throws {@link PostrunError} `bad_reading`,
   * `unwritable`; `read_only` for a portable case, `busy` while files are being read.
   */
  async setReading(fileId: number, choice: ReadingChoice): Promise<void> {
    const { db, folder, dataDir, indexing } = this.#options;
    if (dataDir === null)
      throw new PostrunError('user', 'read_only', 'A portable case is read as it was when it was saved.');
    if (indexing.isRunning)
      throw new PostrunError('user', 'busy', 'Files are being read; try again when that is done.');
    const path = selectCells(db, 'SELECT path FROM file WHERE id = ?', 'text').get(fileId);
    if (path === undefined) throw new PostrunError('user', 'file_gone', 'This file is no longer in the case.');
    writeChoice(choicesPath(dataDir, folder), path, choice);
    await this.#refreshNow(null);
  }

  async #refreshNow(known: SourceListing | null): Promise<boolean> {
    const { db, prefix, indexing } = this.#options;
    const listing = known ?? (await this.list());
    const date = await runDate(listing, prefix);
    if (!db.open || indexing.isRunning) return false;
    if (!this.#plan(listing, date)) return false;
    indexing.date = date;
    // Searches and views keep what they show until there is something to replace it. Requests for
    // lines of these files wait.
    this.#options.onReread(pendingFileIds(db));
    indexing.state.isRefresh = bytesOf(pendingUnits(db)) < bytesOf(listing.entries) / 2;
    indexing.start();
    return true;
  }

  /** Plans what to read, under the case's lock. Returns true if the case changed. */
  #plan(listing: SourceListing, date: RunDate): boolean {
    const { folder, prefix, formats, badFormats, dataDir } = this.#options;
    const unlock = lockCase(folder);
    try {
      const db = openWritable(folder.database);
      if (db === null) return false;
      const choices = dataDir === null ? noChoices : readChoices(choicesPath(dataDir, folder));
      const isChanged = prepareCase(db, { listing, prefix, date, formats, badFormats, choices });
      db.close();
      this.#options.onPlanned();
      return isChanged;
    } finally {
      unlock();
    }
  }

  /** Resolves when no refresh runs any more, however it ended. */
  async whenDone(): Promise<void> {
    await this.#refreshing?.catch(() => undefined);
  }
}
