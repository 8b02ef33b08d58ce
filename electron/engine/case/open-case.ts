/**
 * An open case, with everything that answers for it: connections, searches, watch, notebook,
 * indexing.
 */
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { CaseSummary } from '../../contract/case-records.ts';
import type { EmitEvent } from '../../contract/contract.ts';
import { PostrunError } from '../../contract/errors.ts';
import type { FormatBook, OwnFormat } from '../formats/custom/format-book.ts';
import { compareListing } from '../ingest/listing-changes.ts';
import { FileLines } from '../search/file-lines.ts';
import { BlockTable } from '../search/plan/block-table.ts';
import { Planner } from '../search/plan/planner.ts';
import { SearchPool } from '../search/worker/pool.ts';
import type { SourceListing } from '../source/entry.ts';
import type { RunDate } from '../source/run-date.ts';
import { nodeShifts } from '../store/clock-shifts.ts';
import { areNodesRenamed } from '../store/node-names.ts';
import { openReadable, type ReadableDb } from '../store/open.ts';
import { AnswerCache } from './answer-cache.ts';
import type { CaseFolder } from './case-folder.ts';
import { CaseIndexing, threadsWorth } from './case-indexing.ts';
import { CaseSearches } from './case-searches.ts';
import { CaseWatch } from './case-watch.ts';
import { ChangeNews } from './change-news.ts';
import { FileWaits } from './file-waits.ts';
import { type NotebookPlace, packNotebook, readNotebook } from './notebook.ts';
import { exportCase } from './portable-case.ts';
import { SourceSync } from './source-sync.ts';

/**
 * Search threads start only after the window is drawn. A command that only indexes has ended by
 * then.
 */
const AFTER_OPENING_MS = 100;
/** Vocabulary text that all threads together cache. */
const VOCABULARY_BYTES = 96 * 1024 * 1024;

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
  readonly searches: CaseSearches;
  readonly indexing: CaseIndexing;
  readonly sync: SourceSync;
  /** Watches the growth of its source. */
  readonly watch: CaseWatch;
  readonly #options: OpenCaseOptions;
  /** Folder from which text is read in place; null if the case has the text. */
  readonly #textFolder: string | null;
  readonly #pool: SearchPool;
  readonly #waits = new FileWaits();
  readonly #news = new ChangeNews(() => this.#tellChanged());
  readonly #answers = new AnswerCache();
  /** Increases whenever the derived tables or the index change. */
  #epoch = 0;

  constructor(options: OpenCaseOptions) {
    this.#options = options;
    const { folder, prefix, formats, emit } = options;
    const { caseId, table } = this;
    const source = { kind: options.source.kind, path: options.source.path, prefix };
    const textFolder = source.kind === 'folder' ? join(source.path, prefix) : null;
    this.#textFolder = textFolder;
    const db = openReadable(folder.database);
    this.db = db;
    table.refresh(db);
    const threads = Math.max(1, options.workers ?? availableParallelism());
    const vocabularyBytes = VOCABULARY_BYTES / threads;
    const pool = new SearchPool(
      { database: folder.database, folder: textFolder, source, formats: formats.formats, vocabularyBytes },
      threads,
    );
    this.#pool = pool;
    const reading = { db, table, planner: new Planner(db, table), pool, epoch: () => this.#epoch };
    this.lines = new FileLines({ ...reading, folder: textFolder });
    this.searches = new CaseSearches({ ...reading, indexed: () => this.indexing.state.share });
    this.indexing = new CaseIndexing({
      ...options,
      caseId,
      db,
      table,
      source: { ...source, formats: formats.formats },
      onFiles: (fileIds) => this.#onFiles(fileIds),
      onDerived: () => this.#news.now(),
      onEnd: () => this.#onIndexed(),
    });
    this.sync = new SourceSync({
      ...options,
      db,
      indexing: this.indexing,
      onPlanned: () => this.watch.settle(),
      onReread: (fileIds) => this.#waits.reread(fileIds),
    });
    this.watch = new CaseWatch({
      caseId,
      list: this.sync.canGrow ? () => this.sync.list() : null,
      compare: (listing) => compareListing(db, listing, prefix, formats),
      isBusy: () => this.sync.isBusy,
      refresh: async (listing) => {
        await this.sync.refresh(listing);
        await this.indexing.whenDone();
      },
      emit,
    });
    this.indexing.start();
  }

  #onFiles(fileIds: number[]): void {
    if (this.#waits.arrived(fileIds)) this.table.refresh(this.db);
    this.#news.soon();
  }

  #onIndexed(): void {
    const { state } = this.indexing;
    this.#epoch++;
    // Only now are the names of nodes and the offsets of their clocks known.
    const isRenamed = areNodesRenamed(this.db) || nodeShifts(this.db).size > 0;
    if (state.isRefresh || isRenamed) this.searches.renew();
    else this.searches.extend();
    this.#waits.end();
    this.indexing.report();
    if (!state.isReused) this.#news.now();
    // Not while indexing, because the threads' memory would add to the indexer's.
    setTimeout(() => this.#pool.start(threadsWorth(state.bytesTotal)), AFTER_OPENING_MS).unref();
  }

  /** Reports that more was read: searches continue with it and views refresh. */
  #tellChanged(): void {
    if (!this.db.open) return;
    const started = performance.now();
    this.table.refresh(this.db);
    this.#news.note(performance.now() - started);
    this.#epoch++;
    this.searches.extend();
    this.#options.emit('case.changed', { caseId: this.caseId });
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
    if (this.indexing.state.phase === 'complete') return this.place;
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
      progress: this.indexing.progress(),
    };
  }

  /** Writes the case as one portable file. Throws `not_complete` until it is fully indexed. */
  async export(path: string, force: boolean): Promise<void> {
    if (this.indexing.state.phase !== 'complete') {
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
    if (!this.indexing.isRunning) return key === null ? ask() : this.#answers.answer(this.#epoch, key, ask);
    const started = performance.now();
    try {
      return ask();
    } finally {
      this.#news.note(performance.now() - started);
    }
  }

  /**
   * Waits until a file is indexed, ahead of others. Returns its number of lines, or 0 if it is not
   * available now.
   */
  async linesOf(fileId: number): Promise<number> {
    const lines = () => this.table.files.get(fileId)?.lines ?? null;
    if (lines() === null) this.table.refresh(this.db);
    if ((lines() === null || this.#waits.isRereading(fileId)) && this.indexing.isRunning) {
      this.indexing.prioritise(fileId);
      await this.#waits.wait(fileId);
    }
    return lines() ?? 0;
  }

  /** Stops everything. The case can be opened again afterwards. */
  async close(): Promise<void> {
    this.watch.close();
    await this.sync.whenDone();
    this.indexing.stop();
    this.searches.close();
    await this.indexing.whenDone().catch(() => undefined);
    this.#news.close();
    await this.#pool.close();
    this.lines.close();
    this.db.close();
  }
}
