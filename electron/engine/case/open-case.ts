/**
 * An open case, with everything that answers for it: connections, searches, watch, notebook,
 * indexer.
 */
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { SearchState } from '../../contract/commands.ts';
import type { EmitEvent } from '../../contract/contract.ts';
import { PostrunError, systemErrorWords } from '../../contract/errors.ts';
import type { Filter } from '../../contract/filter.ts';
import type { ReadingChoice } from '../../contract/reading.ts';
import type { CaseSummary, IndexProgress } from '../../contract/records.ts';
import { dropOldest } from '../base/drop-oldest.ts';
import type { FormatBook, OwnFormat } from '../formats/custom/format-book.ts';
import { noChoices } from '../ingest/file-choices.ts';
import { compareListing } from '../ingest/listing-changes.ts';
import { isPending, pendingFileIds, pendingFiles, pendingUnits } from '../ingest/pending.ts';
import { UnitQueue } from '../ingest/unit-queue.ts';
import { FileLines } from '../search/file-lines.ts';
import { BlockTable } from '../search/plan/block-table.ts';
import { Planner, planSearch } from '../search/plan/planner.ts';
import type { Expr } from '../search/query/query.ts';
import { SearchSession } from '../search/session.ts';
import { SearchPool } from '../search/worker/pool.ts';
import type { SourceListing } from '../source/entry.ts';
import { type RunDate, runDate } from '../source/run-date.ts';
import { listSource } from '../source/source.ts';
import { nodeShifts } from '../store/clock-shifts.ts';
import { getMeta, setMeta } from '../store/meta.ts';
import { areNodesRenamed } from '../store/node-names.ts';
import { openReadable, openWritable, type ReadableDb } from '../store/open.ts';
import { selectCells } from '../store/select.ts';
import { AnswerCache } from './answer-cache.ts';
import { type CaseFolder, lockCase } from './case-folder.ts';
import { CaseWatch } from './case-watch.ts';
import { ChangePace } from './change-pace.ts';
import { choicesPath, readChoices, writeChoice } from './file-choices.ts';
import { IndexState } from './index-state.ts';
import { Indexer } from './indexer.ts';
import { type NotebookPlace, packNotebook, readNotebook } from './notebook.ts';
import { exportCase } from './portable-case.ts';
import { prepareCase } from './prepare-case.ts';

/** Options of a search besides its filter. */
export interface SearchWish {
  order: 'time' | 'file';
  /** Only lines of these files. */
  fileIds?: readonly number[] | null;
  /** Combined with the filter's text by AND. */
  also?: Expr | null;
  /** Replaces the search with this id; null for a new id. */
  searchId?: string | null;
}

/** Maximum number of searches. Beyond it, the oldest is stopped and dropped. */
const MAX_SESSIONS = 16;
const PROGRESS_MS = 500;
/**
 * Search threads start only after the window is drawn. A command that only indexes has ended by
 * then.
 */
const AFTER_OPENING_MS = 100;
/** Vocabulary text that all threads together cache. */
const VOCABULARY_BYTES = 96 * 1024 * 1024;

/** Starting a thread takes as much processor time as indexing this much. */
const BYTES_WORTH_A_THREAD = 4 * 1024 * 1024;

/** Returns how many threads pay off for this many bytes: at least one, at most one per core. */
function threadsWorth(bytes: number): number {
  return Math.max(1, Math.min(availableParallelism(), Math.ceil(bytes / BYTES_WORTH_A_THREAD)));
}

export interface OpenCaseOptions {
  source: Pick<SourceListing, 'kind' | 'path'>;
  /** '' or ends in '/'. */
  prefix: string;
  folder: CaseFolder;
  /** For lines whose time has no date. */
  date: RunDate;
  /** Number of ingest workers; null: by the number of bytes. */
  workers: number | null;
  formats: FormatBook;
  /** Problems with custom formats. */
  badFormats: readonly string[];
  /** The application's data folder; null for a portable case, which has no source. */
  dataDir: string | null;
  /** Where the user's notes about the case are stored. */
  notebook: NotebookPlace;
  emit: EmitEvent;
}

export class OpenCase {
  readonly caseId = randomUUID();
  /** Number of windows that hold the case open. */
  holders = 1;
  readonly db: ReadableDb;
  readonly table = new BlockTable();
  readonly lines: FileLines;
  /** Watches the growth of its source. */
  readonly watch: CaseWatch;
  readonly #options: OpenCaseOptions;
  /** Folder from which text is read in place; null if the case has the text. */
  readonly #textFolder: string | null;
  readonly #planner: Planner;
  readonly #pool: SearchPool;
  readonly #sessions = new Map<string, SearchSession>();
  #epoch = 0;
  #indexer: Indexer | null = null;
  #unlock: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();
  readonly #state = new IndexState();
  #lastProgress = 0;
  readonly #pace = new ChangePace();
  readonly #answers = new AnswerCache();
  #changedTimer: NodeJS.Timeout | null = null;
  #poolTimer: NodeJS.Timeout | null = null;
  #fileWaiters = new Map<number, (() => void)[]>();
  #refreshing: Promise<boolean> | null = null;
  /** Files that are being read again, entirely or in part. */
  #rereading = new Set<number>();

  constructor(options: OpenCaseOptions) {
    this.#options = { ...options };
    this.db = openReadable(options.folder.database);
    this.#textFolder = options.source.kind === 'folder' ? join(options.source.path, options.prefix) : null;
    const textFolder = this.#textFolder;
    const threads = Math.max(1, options.workers ?? availableParallelism());
    this.table.refresh(this.db);
    this.#planner = new Planner(this.db, this.table);
    this.#pool = new SearchPool(
      {
        database: options.folder.database,
        folder: textFolder,
        source: { kind: options.source.kind, path: options.source.path, prefix: options.prefix },
        formats: options.formats.formats,
        vocabularyBytes: VOCABULARY_BYTES / threads,
      },
      threads,
    );
    this.lines = new FileLines({
      db: this.db,
      table: this.table,
      planner: this.#planner,
      pool: this.#pool,
      folder: textFolder,
      epoch: () => this.#epoch,
    });
    this.watch = new CaseWatch({
      caseId: this.caseId,
      list: this.canGrow ? () => this.#list() : null,
      compare: (listing) => compareListing(this.db, listing, options.prefix, options.formats),
      isBusy: () => this.#indexer !== null || this.#refreshing !== null,
      refresh: async (listing) => {
        await this.refresh(listing);
        await this.#running;
      },
      emit: options.emit,
    });
    this.start();
  }

  /**
   * True if its source can change while it is open. A folder can; a zip is identified by its
   * content.
   */
  get canGrow(): boolean {
    return this.#options.source.kind === 'folder' && this.#options.dataDir !== null;
  }

  #list(): Promise<SourceListing> {
    return listSource(this.#options.source.path, this.#options.dataDir);
  }

  /**
   * Updates the case to what its folder contains now, and indexes the changes. `listing` is the
   * current listing, if known. Returns false if there is nothing to do: nothing changed, the source
   * cannot change, or indexing is running, which reads what was listed. Throws as {@link
   * listSource} and {@link lockCase} do.
   */
  refresh(listing: SourceListing | null = null): Promise<boolean> {
    if (this.#indexer !== null || !this.canGrow) return Promise.resolve(false);
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
    const { folder, dataDir } = this.#options;
    if (dataDir === null)
      throw new PostrunError('user', 'read_only', 'A portable case is read as it was when it was saved.');
    if (this.#indexer !== null)
      throw new PostrunError('user', 'busy', 'Files are being read; try again when that is done.');
    const path = selectCells(this.db, 'SELECT path FROM file WHERE id = ?', 'text').get(fileId);
    if (path === undefined) throw new PostrunError('user', 'file_gone', 'This file is no longer in the case.');
    writeChoice(choicesPath(dataDir, folder), path, choice);
    await this.#refreshNow(null);
  }

  async #refreshNow(known: SourceListing | null): Promise<boolean> {
    const { folder, prefix, formats, badFormats } = this.#options;
    const listing = known ?? (await this.#list());
    const date = await runDate(listing, prefix);
    if (!this.db.open || this.#indexer !== null) return false;
    const unlock = lockCase(folder);
    try {
      const db = openWritable(folder.database);
      if (db === null) return false;
      const { dataDir } = this.#options;
      const choices = dataDir === null ? noChoices : readChoices(choicesPath(dataDir, folder));
      const isChanged = prepareCase(db, { listing, prefix, date, formats, badFormats, choices });
      db.close();
      this.watch.settle();
      if (!isChanged) return false;
    } finally {
      unlock();
    }
    this.#options.date = date;
    // Searches and views keep what they show until there is something to replace it. Requests for
    // lines of these files wait.
    this.#rereading = pendingFileIds(this.db);
    const bytes = pendingUnits(this.db).reduce((sum, unit) => sum + unit.bytes, 0);
    this.#state.isRefresh = bytes < listing.entries.reduce((sum, entry) => sum + entry.bytes, 0) / 2;
    this.start();
    return true;
  }

  /** Indexes what is not indexed yet. Does nothing if that is already running. */
  start(): void {
    if (this.#indexer !== null) return;
    const units = pendingUnits(this.db);
    this.#state.begin(
      this.db,
      units.reduce((sum, unit) => sum + unit.bytes, 0),
    );
    const isDerived = getMeta(this.db, 'derived') === 'complete';
    this.#state.isReused = units.length === 0 && isDerived;
    if (this.#state.isReused) {
      this.#finish('complete', null);
      return;
    }
    this.#state.phase = 'indexing';
    this.#unlock = lockCase(this.#options.folder);
    const indexer = new Indexer({
      database: this.#options.folder.database,
      source: {
        kind: this.#options.source.kind,
        path: this.#options.source.path,
        prefix: this.#options.prefix,
        year: this.#options.date.year,
        runUs: this.#options.date.us,
        formats: this.#options.formats.formats,
      },
      queue: new UnitQueue(this.db, units),
      workers: this.#options.workers ?? threadsWorth(this.#state.bytesToRead),
      onBytes: (bytes) => {
        this.#state.addBytes(bytes);
        this.#progress(false);
      },
      onFiles: (fileIds) => this.#onFiles(fileIds),
      onDerived: () => this.#changed(true),
      onDeriving: () => {
        this.#state.phase = 'deriving';
        this.#progress(true);
      },
    });
    this.#indexer = indexer;
    this.#running = indexer
      .run()
      .then(() => {
        this.#indexer = null;
        this.table.refresh(this.db);
        const isLeft = isPending(this.db);
        if (!isLeft) this.#writeMeta('derived', 'complete');
        this.#finish(isLeft ? 'cancelled' : 'complete', null);
      })
      // This includes failures after the last unit, such as a disk that has become full. Other
      // cases share this engine.
      .catch((error: unknown) => {
        this.#indexer = null;
        const reason = systemErrorWords(error)?.words ?? (error instanceof Error ? error.message : String(error));
        const sentence = /[.!?]$/.test(reason) ? reason : `${reason}.`;
        this.#finish('failed', `Indexing stopped. ${sentence} What is indexed can be used; resume to go on.`);
      });
    this.#progress(true);
  }

  #writeMeta(key: string, value: string): void {
    const db = openWritable(this.#options.folder.database);
    if (db === null) return;
    setMeta(db, key, value);
    db.close();
  }

  #finish(phase: IndexProgress['phase'], message: string | null): void {
    this.#unlock();
    this.#rereading.clear();
    this.#state.phase = phase;
    this.#state.message = message;
    this.#epoch++;
    // Only now are the names of nodes and the offsets of their clocks known.
    const isRenamed = areNodesRenamed(this.db) || nodeShifts(this.db).size > 0;
    for (const session of this.#sessions.values()) {
      if (this.#state.isRefresh || isRenamed) session.renew();
      else session.extend();
    }
    for (const wake of [...this.#fileWaiters.values()].flat()) wake();
    this.#fileWaiters.clear();
    this.#progress(true);
    if (!this.#state.isReused) this.#changed(true);
    // Not while indexing, because the threads' memory would add to the indexer's.
    this.#poolTimer = setTimeout(() => this.#pool.start(threadsWorth(this.#state.bytesTotal)), AFTER_OPENING_MS);
  }

  #onFiles(fileIds: number[]): void {
    this.#state.addFiles(fileIds.length);
    for (const fileId of fileIds) {
      this.#rereading.delete(fileId);
      const waiters = this.#fileWaiters.get(fileId);
      if (waiters === undefined) continue;
      this.#fileWaiters.delete(fileId);
      this.table.refresh(this.db);
      for (const wake of waiters) wake();
    }
    this.#changed(false);
  }

  /**
   * Reports that more was read: searches continue with it and views refresh, at a pace that depends
   * on the cost of their answers.
   */
  #changed(force: boolean): void {
    const now = performance.now();
    const wait = this.#pace.waitMs(now);
    if (!force && wait > 0) {
      this.#changedTimer ??= setTimeout(() => this.#changed(true), wait);
      return;
    }
    if (this.#changedTimer !== null) clearTimeout(this.#changedTimer);
    this.#changedTimer = null;
    this.#pace.told(now);
    if (!this.db.open) return;
    this.table.refresh(this.db);
    this.#pace.note(performance.now() - now);
    this.#epoch++;
    for (const session of this.#sessions.values()) session.extend();
    this.#options.emit('case.changed', { caseId: this.caseId });
  }

  #progress(force: boolean): void {
    const now = performance.now();
    if (!force && now - this.#lastProgress < PROGRESS_MS) return;
    this.#lastProgress = now;
    this.#options.emit('case.progressed', this.progress());
  }

  progress(): IndexProgress {
    return this.#state.progress(this.caseId);
  }

  get notebook(): NotebookPlace {
    return this.#options.notebook;
  }

  get folder(): CaseFolder {
    return this.#options.folder;
  }

  /** False for a portable case. */
  get hasSource(): boolean {
    return this.#options.dataDir !== null;
  }

  get database(): string {
    return this.#options.folder.database;
  }

  /** Where other threads can read the case. */
  get place(): { database: string; folder: string | null; formats: readonly OwnFormat[] } {
    return { database: this.database, folder: this.#textFolder, formats: this.#options.formats.formats };
  }

  /**
   * Returns the same for callers that need the whole case. Throws `not_complete` until it is fully
   * indexed.
   */
  get completePlace(): OpenCase['place'] {
    if (this.#state.phase === 'complete') return this.place;
    throw new PostrunError('user', 'not_complete', 'The case is not indexed to its end yet; export it when it is.', {
      where: this.#options.source.path,
    });
  }

  summary(): CaseSummary {
    return {
      caseId: this.caseId,
      source: this.#options.source.path,
      root: this.#options.prefix.replace(/\/$/, ''),
      caseDir: this.#options.folder.dir,
      progress: this.progress(),
    };
  }

  cancel(): void {
    this.#indexer?.stop();
  }

  /** Writes the case as one portable file. Throws `not_complete` until it is fully indexed. */
  async export(path: string, force: boolean): Promise<void> {
    if (this.#state.phase !== 'complete') {
      throw new PostrunError('user', 'not_complete', 'The case is not indexed to its end yet; save it when it is.', {
        where: path,
      });
    }
    await exportCase({ database: this.database, folder: this.#textFolder, path, force });
    packNotebook(path, readNotebook(this.notebook));
  }

  /**
   * Answers a command about this case by calling `ask`. While the case is indexed, the cost counts
   * for the pace of changes. After that, an answer to a steady command is cached under `key` until
   * the case changes.
   */
  answer<T>(key: string | null, ask: () => T): T {
    if (!this.isGrowing) return key === null ? ask() : this.#answers.answer(this.#epoch, key, ask);
    const started = performance.now();
    try {
      return ask();
    } finally {
      this.#pace.note(performance.now() - started);
    }
  }

  get isGrowing(): boolean {
    return this.#indexer !== null;
  }

  /**
   * Waits until a file is indexed, ahead of others. Returns its number of lines, or 0 if it is not
   * available now.
   */
  async linesOf(fileId: number): Promise<number> {
    const lines = () => this.table.files.get(fileId)?.lines ?? null;
    if (lines() === null) this.table.refresh(this.db);
    if ((lines() === null || this.#rereading.has(fileId)) && this.#indexer !== null) {
      this.#indexer.prioritise(fileId);
      await new Promise<void>((resolve) => {
        const waiters = this.#fileWaiters.get(fileId) ?? [];
        waiters.push(resolve);
        this.#fileWaiters.set(fileId, waiters);
      });
    }
    return lines() ?? 0;
  }

  search(
    filter: Filter,
    { order, fileIds = null, also = null, searchId = null }: SearchWish,
    onProgress: (state: SearchState) => void,
  ): SearchSession {
    const replan = () => planSearch(this.db, this.table, filter, fileIds === null ? null : new Set(fileIds), also);
    const session = new SearchSession(
      {
        table: this.table,
        planner: this.#planner,
        pool: this.#pool,
        epoch: () => this.#epoch,
        indexed: () => this.#state.share,
        pendingFiles: () => pendingFiles(this.db),
        replan,
      },
      replan(),
      { searchId: searchId ?? randomUUID(), order },
      onProgress,
    );
    this.#sessions.get(session.searchId)?.stop();
    this.#sessions.set(session.searchId, session);
    dropOldest(this.#sessions, MAX_SESSIONS, (gone) => gone.stop());
    return session;
  }

  plan(filter: Filter): ReturnType<typeof planSearch> {
    return planSearch(this.db, this.table, filter, null);
  }

  session(searchId: string): SearchSession | undefined {
    return this.#sessions.get(searchId);
  }

  /** Stops a search. Its results can be paged until newer searches replace it. */
  stopSearch(searchId: string): void {
    this.#sessions.get(searchId)?.stop();
  }

  /** Stops everything. The case can be opened again afterwards. */
  async close(): Promise<void> {
    this.watch.close();
    await this.#refreshing?.catch(() => undefined);
    this.#indexer?.stop();
    for (const session of this.#sessions.values()) session.stop();
    this.#sessions.clear();
    await this.#running.catch(() => undefined);
    if (this.#changedTimer !== null) clearTimeout(this.#changedTimer);
    if (this.#poolTimer !== null) clearTimeout(this.#poolTimer);
    await this.#pool.close();
    this.lines.close();
    this.db.close();
  }
}
