/**
 * The open cases of an engine: opens and closes them, one at a time, and finds the case that a
 * command is about.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { EmitEvent } from '../../contract/contract.ts';
import { PostrunError, systemErrorWords } from '../../contract/errors.ts';
import { loadFormats, usableFormats } from '../formats/custom/check.ts';
import { FormatBook, type OwnFormat } from '../formats/custom/format-book.ts';
import type { SearchSession } from '../search/session.ts';
import { type RunDate, runDate } from '../source/run-date.ts';
import { listSource } from '../source/source.ts';
import { getMeta } from '../store/meta.ts';
import { openReadable } from '../store/open.ts';
import { type CaseFolder, caseFolder, caseKey, lockCase, openCase, wasCutOff } from './case-folder.ts';
import { choicesPath, readChoices } from './file-choices.ts';
import { chooseRoot, inspectionOf, sourceOfCase } from './inspect-source.ts';
import { notebookPlace, portableNotebookPlace } from './notebook.ts';
import { OpenCase } from './open-case.ts';
import { checkPortable, isPortableCase } from './portable-case.ts';
import { type CaseSource, isUpToDate, prepareCase } from './prepare-case.ts';

export interface OpenCasesOptions {
  /** The application's data folder, which contains the cases. */
  dataDir: string;
  emit: EmitEvent;
  /** More folders with custom formats, besides `formats` in the data folder. */
  formats: readonly string[];
  /** Number of threads for indexing, and for searching; null: by the size of a case. */
  workers: number | null;
  /** Called for a case that is being closed, which waits for it. */
  onClose: (caseId: string) => Promise<void>;
}

export class OpenCases {
  readonly #options: OpenCasesOptions;
  readonly #cases = new Map<string, OpenCase>();
  /**
   * Cases that are being closed. They may still be written, so they are not opened again until
   * then.
   */
  readonly #closing = new Set<Promise<void>>();
  /** Opens one case at a time, so that two windows cannot create the same case. */
  #opening: Promise<unknown> = Promise.resolve();

  constructor(options: OpenCasesOptions) {
    this.#options = options;
  }

  /** Throws `no_case` if the case is not open. */
  of(caseId: string): OpenCase {
    const found = this.#cases.get(caseId);
    if (found === undefined)
      throw new PostrunError('user', 'no_case', 'This case is not open; open its source again.', { where: caseId });
    return found;
  }

  find(caseId: string | undefined): OpenCase | undefined {
    return caseId === undefined ? undefined : this.#cases.get(caseId);
  }

  /** Returns the case with this search. Throws `no_search`. */
  ofSearch(searchId: string): OpenCase {
    for (const open of this.#cases.values()) if (open.searches.find(searchId) !== undefined) return open;
    throw noSearch(searchId);
  }

  /** Throws `no_search`. */
  session(searchId: string): SearchSession {
    const session = this.ofSearch(searchId).searches.find(searchId);
    if (session === undefined) throw noSearch(searchId);
    return session;
  }

  /** Stops a search. A search that is gone has already stopped. */
  stopSearch(searchId: string): void {
    for (const found of this.#cases.values()) found.searches.stop(searchId);
  }

  /** Opens a case, or shares it if it is already open. `rebuild` discards it first. */
  open(path: string, root: string | null, rebuild: boolean): Promise<OpenCase> {
    const next = this.#opening.then(() => {
      const whole = resolve(path);
      return isPortableCase(whole) ? this.#openPortable(whole) : this.#openSource(whole, root, rebuild);
    });
    this.#opening = next.catch(() => undefined);
    return next;
  }

  /** Releases a case. It is closed when nobody holds it. */
  async release(caseId: string): Promise<void> {
    const found = this.of(caseId);
    found.holders--;
    if (found.holders <= 0) await this.#close(found);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#cases.values()].map((found) => found.close()));
    this.#cases.clear();
  }

  #close(found: OpenCase): Promise<void> {
    this.#cases.delete(found.caseId);
    const closed = Promise.all([this.#options.onClose(found.caseId), found.close()])
      .then(() => undefined)
      .finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
    return closed;
  }

  #sharing(database: string): OpenCase | undefined {
    return [...this.#cases.values()].find((other) => other.database === database);
  }

  #add(opened: OpenCase): OpenCase {
    this.#cases.set(opened.caseId, opened);
    return opened;
  }

  async #openSource(path: string, root: string | null, rebuild: boolean): Promise<OpenCase> {
    const { dataDir, emit, workers } = this.#options;
    const listing = await listSource(sourceOfCase(path), dataDir);
    const chosen = chooseRoot(inspectionOf(listing), root);
    const prefix = chosen === '' ? '' : `${chosen}/`;
    // Loaded at each opening, so that changes take effect without a restart.
    const own = loadFormats([...this.#options.formats, join(dataDir, 'formats')]);
    const { book, problems: badFormats } = usableFormats(own);
    const folder = caseFolder(dataDir, caseKey(listing, chosen));
    // Windows that open the same source share its case.
    const shared = this.#sharing(folder.database);
    if (shared !== undefined && !rebuild) {
      shared.holders++;
      await shared.sync.refresh();
      return shared;
    }
    if (shared !== undefined) await this.#close(shared);
    await Promise.all(this.#closing);
    const date = await runDate(listing, prefix);
    const choices = readChoices(choicesPath(dataDir, folder));
    makeReady(folder, { listing, prefix, date, formats: book, badFormats, choices }, rebuild);
    const source = { kind: listing.kind, path: listing.path };
    const notebook = notebookPlace(dataDir, folder);
    return this.#add(
      new OpenCase({ source, prefix, folder, date, workers, formats: book, badFormats, dataDir, notebook, emit }),
    );
  }

  #openPortable(path: string): OpenCase {
    const shared = this.#sharing(path);
    if (shared !== undefined) {
      shared.holders++;
      return shared;
    }
    checkPortable(path);
    return this.#add(
      new OpenCase({
        source: { kind: 'zip', path },
        prefix: '',
        folder: { dir: dirname(path), database: path },
        date: runDateOfCase(path),
        workers: this.#options.workers,
        formats: formatsOf(path),
        badFormats: [],
        dataDir: null,
        notebook: portableNotebookPlace(this.#options.dataDir, path),
        emit: this.#options.emit,
      }),
    );
  }
}

/** Creates a missing case, and updates an existing one to its source. */
function makeReady(folder: CaseFolder, source: CaseSource, rebuild: boolean): void {
  try {
    mkdirSync(folder.dir, { recursive: true, mode: 0o700 });
    const isCutOff = wasCutOff(folder);
    const unlock = lockCase(folder);
    try {
      const db = openCase(folder, rebuild || isCutOff);
      prepareCase(db, source);
      db.close();
    } finally {
      unlock();
    }
  } catch (error) {
    // Another process holds the case, or its place is not writable. A complete case can still be
    // read.
    if (rebuild || !isUpToDate(folder, source)) throw unwritableCase(error, folder.dir) ?? error;
  }
}

/** Returns the error for a case whose place is not writable; null for any other error. */
function unwritableCase(error: unknown, where: string): PostrunError | null {
  const code = systemErrorWords(error)?.code ?? '';
  if (!['no_permission', 'read_only', 'case_unwritable', 'not_a_folder'].includes(code)) return null;
  const message =
    'The logs have to be indexed, but their case cannot be written where it is kept. Allow writing there, or keep cases elsewhere with --case-dir.';
  return new PostrunError('environment', 'case_unwritable', message, { where, cause: error });
}

function runDateOfCase(path: string): RunDate {
  const db = openReadable(path);
  try {
    const us = getMeta(db, 'run_us') ?? '';
    return {
      year: Number(getMeta(db, 'year') ?? new Date().getUTCFullYear()),
      us: us === '' ? null : Number(us),
    };
  } finally {
    db.close();
  }
}

/** Returns the formats that a portable case was made with. */
function formatsOf(path: string): FormatBook {
  const db = openReadable(path);
  try {
    const own: OwnFormat[] = JSON.parse(getMeta(db, 'own_formats') ?? '[]');
    return new FormatBook(own);
  } finally {
    db.close();
  }
}

/** Makes the error for a search that does not exist or no longer exists. */
function noSearch(searchId: string): PostrunError {
  return new PostrunError('user', 'no_search', 'This search has ended; start it again.', { where: searchId });
}
