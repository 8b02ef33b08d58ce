/**
 * The engine answers every command of the contract. It opens and closes cases, finds the case that
 * a command is about, and leaves the answer to that case, its search or the area that the command
 * is of.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { CommandName, EmitEvent, Handlers } from '../contract/contract.ts';
import { PostrunError, systemErrorWords } from '../contract/errors.ts';
import { exportCommands } from '../contract/export.ts';
import type { Filter } from '../contract/filter.ts';
import { listingCommands } from '../contract/listing.ts';
import type { SourceInspection } from '../contract/records.ts';
import { reportCommands } from '../contract/report.ts';
import { uniqueNames } from '../contract/sql-records.ts';
import { steadyCommands } from '../contract/steady-commands.ts';
import { alignAttempts } from './analysis/align-attempts.ts';
import { analysisHandlers } from './analysis/handlers.ts';
import { attemptPage, miniBatchGet, miniBatchPage } from './analysis/pages.ts';
import { fileList, problemList, processList, progressPoints, runInfo } from './analysis/run-info.ts';
import { seriesList, seriesPoints, seriesSummary } from './analysis/series.ts';
import { caseFolder, caseKey, getMeta, lockCase, markDamaged, openCase, wasCutOff } from './case/case-folder.ts';
import { recentCases } from './case/case-list.ts';
import { choicesPath, readChoices } from './case/file-choices.ts';
import { fileReading } from './case/file-readings.ts';
import { notebookPlace, portableNotebookPlace, readNotebook, writeNotebook } from './case/notebook.ts';
import { OpenCase } from './case/open-case.ts';
import { checkPortable, isPortableCase } from './case/portable-case.ts';
import { isUpToDate, prepareCase } from './case/prepare-case.ts';
import { readUserRules } from './case/user-rules.ts';
import { loadFormats, usableFormats } from './formats/custom/check.ts';
import { FormatBook, type OwnFormat } from './formats/custom/format-book.ts';
import { findRunRoots } from './formats/rows/roots.ts';
import { PROFILE_BYTES, profileTable } from './formats/tables/profile-table.ts';
import { lateHandlers } from './late-handlers.ts';
import type { ListingHandlers } from './listing/handlers.ts';
import { runsHandlers } from './runs/handlers.ts';
import { activity, timeRange } from './search/activity.ts';
import { hitHandlers } from './search/hit-handlers.ts';
import { parseQuery } from './search/query/query.ts';
import type { SearchSession } from './search/session.ts';
import type { SourceListing } from './source/entry.ts';
import { type RunDate, runDate } from './source/run-date.ts';
import { listSource, sourceName } from './source/source.ts';
import { sqlHandlers } from './sql/handlers.ts';
import { SqlQueries } from './sql/sql-queries.ts';
import { resolveNodes } from './store/node-names.ts';
import { openReadable, type ReadableDb } from './store/open.ts';
import { selectCells } from './store/select.ts';

export interface EngineOptions {
  /** The application's data folder: cases are kept under it. */
  dataDir: string;
  emit: EmitEvent;
  /** More folders with formats of one's own, besides `formats` in the data folder. */
  formats?: readonly string[];
  /** Threads for indexing and for searching, each; default: what a case's size is worth, at most one a core. */
  workers?: number;
}

export interface Engine {
  handlers: Handlers;
  close(): Promise<void>;
}

/** Of a line of two attempts side by side. */
const ALIGNED_CHARS = 2_000;
/** JavaScript holds no much longer text. */
const WHOLE_LINE = 100_000_000;

function inspectionOf(listing: SourceListing): SourceInspection {
  const roots = findRunRoots(listing.entries.map((entry) => entry.path));
  const bytes = bytesBelow(
    listing,
    roots.map(({ root }) => root),
  );
  return {
    path: listing.path,
    kind: listing.kind,
    roots: roots.map(({ root, generation, files }) => ({
      root,
      name: root === '' ? sourceName(listing.path) : (root.split('/').at(-1) ?? root),
      files,
      bytes: bytes.get(root) ?? 0,
      generation,
    })),
  };
}

/** Bytes of the entries below each of these folders; a source can have many of both. */
function bytesBelow({ entries }: SourceListing, folders: readonly string[]): Map<string, number> {
  const below = new Map(folders.map((folder) => [folder, 0]));
  for (const { path, bytes } of entries) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      const sum = below.get(folder);
      if (sum !== undefined) below.set(folder, sum + bytes);
    }
    const all = below.get('');
    if (all !== undefined) below.set('', all + bytes);
  }
  return below;
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

/**
 * Records have no text to search: of a filter's query only its filter words (`node:…`) count for
 * them. A query in the making counts not at all. A node is found by any of its names.
 */
function typedFilter(db: ReadableDb, filter: Filter): Filter {
  try {
    return resolveNodes(db, parseQuery(filter).typed);
  } catch {
    return resolveNodes(db, { ...filter, query: '' });
  }
}

type Filtered = { caseId: string; filter: Filter };

function isFiltered(params: object): params is Filtered {
  return 'filter' in params && 'caseId' in params;
}

function withTypedFilters<Group extends Record<string, (params: never) => unknown>>(
  group: Group,
  db: (caseId: string) => ReadableDb,
): Group {
  const wrapped = Object.entries(group).map(([name, handler]) => [
    name,
    (params: object) =>
      handler(
        (isFiltered(params) ? { ...params, filter: typedFilter(db(params.caseId), params.filter) } : params) as never,
      ),
  ]);
  return Object.fromEntries(wrapped) as Group;
}

function inspectPortable(path: string): SourceInspection {
  checkPortable(path);
  const db = openReadable(path);
  try {
    const count = (sql: string) => Number(db.prepare(sql).pluck().get());
    const root = {
      root: '',
      name: getMeta(db, 'name') ?? sourceName(path),
      files: count('SELECT count(*) FROM file'),
      bytes: count('SELECT coalesce(sum(bytes), 0) FROM file'),
      generation: null,
    };
    return { path, kind: 'case', roots: [root] };
  } finally {
    db.close();
  }
}

function chooseRoot(inspection: SourceInspection, wanted: string | null): string {
  if (wanted !== null) {
    if (wanted !== '' && !inspection.roots.some((candidate) => candidate.root === wanted)) {
      throw new PostrunError(
        'user',
        'no_such_root',
        `There is no run at ${wanted}. Runs: ${inspection.roots.map((root) => root.root).join(', ')}.`,
        { where: inspection.path },
      );
    }
    return wanted;
  }
  if (inspection.roots.length > 1) {
    throw new PostrunError(
      'user',
      'several_roots',
      `There are several runs here; choose one: ${inspection.roots.map((root) => root.root || '.').join(', ')}.`,
      { where: inspection.path },
    );
  }
  return inspection.roots[0]?.root ?? '';
}

/** The error for a case whose place does not let itself be written; null for any other. */
function unwritableCase(error: unknown, where: string): PostrunError | null {
  const code = systemErrorWords(error)?.code ?? '';
  if (!['no_permission', 'read_only', 'case_unwritable', 'not_a_folder'].includes(code)) return null;
  const message =
    'The logs have to be indexed, but their case cannot be written where it is kept. Allow writing there, or keep cases elsewhere with --case-dir.';
  return new PostrunError('environment', 'case_unwritable', message, { where, cause: error });
}

/** The same handlers; what one throws is shown to `onError` on its way out. */
function noticing(handlers: Handlers, onError: (params: unknown, error: unknown) => void): Handlers {
  const wrapped = Object.entries(handlers).map(([name, handler]) => [
    name,
    async (params: never, signal: never) => {
      try {
        return await handler(params, signal);
      } catch (error) {
        onError(params, error);
        throw error;
      }
    },
  ]);
  return Object.fromEntries(wrapped) as Handlers;
}

/** Make the engine: everything a shell can ask, as handlers of the contract's commands. */
export function createEngine(options: EngineOptions): Engine {
  const cases = new Map<string, OpenCase>();
  const queries = new SqlQueries((state) => options.emit('sql.progressed', state));
  const workers = options.workers ?? Math.max(1, availableParallelism());
  const caseOf = (caseId: string): OpenCase => {
    const found = cases.get(caseId);
    if (found === undefined)
      throw new PostrunError('user', 'no_case', 'This case is not open; open its source again.', { where: caseId });
    return found;
  };
  const caseOfSearch = (searchId: string): OpenCase => {
    for (const open of cases.values()) if (open.session(searchId) !== undefined) return open;
    throw OpenCase.noSearch(searchId);
  };
  const sessionOf = (searchId: string): SearchSession => {
    const session = caseOfSearch(searchId).session(searchId);
    if (session === undefined) throw OpenCase.noSearch(searchId);
    return session;
  };

  /** Read anew at each opening: what was changed counts without a restart. */
  const ownFormats = () => usableFormats(loadFormats([...(options.formats ?? []), join(options.dataDir, 'formats')]));

  /** Cases that are being closed: until then they may be written, and are not opened again. */
  const closing = new Set<Promise<void>>();
  function close(found: OpenCase): Promise<void> {
    cases.delete(found.caseId);
    const closed = Promise.all([queries.closeCase(found.caseId), found.close()])
      .then(() => undefined)
      .finally(() => closing.delete(closed));
    closing.add(closed);
    return closed;
  }

  // One opening at a time, so that two windows cannot make the same case twice.
  let opening: Promise<unknown> = Promise.resolve();
  function open(path: string, root: string | null, rebuild: boolean): Promise<OpenCase> {
    const next = opening.then(() => openNow(path, root, rebuild));
    opening = next.catch(() => undefined);
    return next;
  }

  async function openNow(path: string, root: string | null, rebuild: boolean): Promise<OpenCase> {
    if (isPortableCase(resolve(path))) return openPortable(resolve(path));
    const listing = await listSource(sourceOfCase(resolve(path)), options.dataDir);
    const chosen = chooseRoot(inspectionOf(listing), root);
    const prefix = chosen === '' ? '' : `${chosen}/`;
    const { book, problems: badFormats } = ownFormats();
    const folder = caseFolder(options.dataDir, caseKey(listing, chosen));
    // Windows that open the same source share its case.
    const shared = [...cases.values()].find((other) => other.database === folder.database);
    if (shared !== undefined && !rebuild) {
      shared.holders++;
      await shared.refresh();
      return shared;
    }
    if (shared !== undefined) await close(shared);
    await Promise.all(closing);
    const date = await runDate(listing, prefix);
    const choices = readChoices(choicesPath(options.dataDir, folder));
    try {
      mkdirSync(folder.dir, { recursive: true, mode: 0o700 });
      const isCutOff = wasCutOff(folder);
      const unlock = lockCase(folder);
      try {
        const db = openCase(folder, rebuild || isCutOff);
        prepareCase(db, { listing, prefix, date, formats: book, badFormats, choices });
        db.close();
      } finally {
        unlock();
      }
    } catch (error) {
      // Another process holds the case, or it lies where nothing can be written: a case that is
      // complete can be read all the same.
      if (rebuild || !isUpToDate(folder, { listing, prefix, date, formats: book, badFormats, choices }))
        throw unwritableCase(error, folder.dir) ?? error;
    }
    const opened = new OpenCase({
      source: { kind: listing.kind, path: listing.path },
      prefix,
      folder,
      date,
      workers: options.workers ?? null,
      formats: book,
      badFormats,
      dataDir: options.dataDir,
      notebook: notebookPlace(options.dataDir, folder),
      emit: options.emit,
    });
    cases.set(opened.caseId, opened);
    return opened;
  }

  function openPortable(path: string): OpenCase {
    const shared = [...cases.values()].find((other) => other.database === path);
    if (shared !== undefined) {
      shared.holders++;
      return shared;
    }
    checkPortable(path);
    const opened = new OpenCase({
      source: { kind: 'zip', path },
      prefix: '',
      folder: { dir: dirname(path), database: path },
      date: runDateOfCase(path),
      workers: options.workers ?? null,
      formats: formatsOf(path),
      badFormats: [],
      dataDir: null,
      notebook: portableNotebookPlace(options.dataDir, path),
      emit: options.emit,
    });
    cases.set(opened.caseId, opened);
    return opened;
  }

  const own: Omit<Handlers, keyof ListingHandlers> = {
    ...withTypedFilters(
      analysisHandlers({
        db: (caseId) => caseOf(caseId).db,
        lineText: (caseId) => caseOf(caseId).lines.lineText,
        userPacks: () => readUserRules(options.dataDir).packs,
      }),
      (caseId) => caseOf(caseId).db,
    ),
    ...lateHandlers(reportCommands, async () =>
      (await import('./report/handlers.ts')).reportHandlers({
        db: (caseId) => caseOf(caseId).db,
        lineText: (caseId) => caseOf(caseId).lines.lineText,
        userPacks: () => readUserRules(options.dataDir).packs,
        page: (caseId) => (fileId, start, count) => caseOf(caseId).lines.page(fileId, start, count, WHOLE_LINE),
      }),
    ),
    ...sqlHandlers({ queries, placeOf: (caseId) => caseOf(caseId).place, dataDir: options.dataDir }),
    ...runsHandlers({ databaseOf: (caseId) => caseOf(caseId).completePlace.database, dataDir: options.dataDir }),
    ...lateHandlers(exportCommands, async () =>
      (await import('./export/handlers.ts')).exportHandlers({
        placeOf: (caseId) => caseOf(caseId).completePlace,
        threads: workers,
        emit: options.emit,
      }),
    ),
    ...hitHandlers({
      sessionOf,
      search: (caseId, filter, also) => caseOf(caseId).search(filter, 'file', null, () => undefined, also),
      filesOf: (caseId) => caseOf(caseId).table.files,
    }),
    'attempts.align': (params, signal) => {
      const found = caseOf(params.caseId);
      return alignAttempts(
        params,
        {
          attemptsOf: (miniBatchId) =>
            miniBatchGet(found.db, { miniBatchId, clock: params.clock }, found.lines.lineText)?.attempts ?? [],
          lines: async (filter, count) => {
            const session = found.search(filter, 'time', null, () => undefined);
            await session.whenComplete();
            return {
              rows: await session.rows({ start: 0, count, maxChars: ALIGNED_CHARS, raw: false }, signal),
              total: session.state().matches,
            };
          },
          kindOf: ({ fileId }) => found.table.files.get(fileId)?.kind ?? '',
        },
        signal,
      );
    },
    'source.inspect': async ({ path }) =>
      isPortableCase(resolve(path))
        ? inspectPortable(resolve(path))
        : inspectionOf(await listSource(sourceOfCase(resolve(path)), options.dataDir)),
    'case.open': async ({ path, root, rebuild }) => (await open(path, root, rebuild)).summary(),
    'case.close': async ({ caseId }) => {
      const found = caseOf(caseId);
      found.holders--;
      if (found.holders > 0) return null;
      await close(found);
      return null;
    },
    'case.cancel': ({ caseId }) => {
      caseOf(caseId).cancel();
      return null;
    },
    'case.resume': ({ caseId }) => {
      caseOf(caseId).start();
      return null;
    },
    'case.export': async ({ caseId, path, force }) => {
      await caseOf(caseId).export(resolve(path), force);
      return null;
    },
    'case.progress': ({ caseId }) => caseOf(caseId).progress(),
    'case.refresh': async ({ caseId }) => ({ isChanged: await caseOf(caseId).refresh() }),
    'case.watch': ({ caseId, mode }) => caseOf(caseId).watch.set(mode),
    'case.watching': ({ caseId }) => caseOf(caseId).watch.state,
    'notebook.get': ({ caseId }) => readNotebook(caseOf(caseId).notebook),
    'notebook.set': ({ caseId, notebook }) => {
      writeNotebook(caseOf(caseId).notebook, notebook);
      options.emit('notebook.changed', { caseId });
      return null;
    },
    'case.recent': () => recentCases(options.dataDir),
    'run.info': ({ caseId }) => runInfo(caseOf(caseId).db, caseOf(caseId).lines.lineText),
    'run.progress': ({ caseId }) => progressPoints(caseOf(caseId).db),
    'files.list': ({ caseId }) => fileList(caseOf(caseId).db),
    'files.profile': async ({ caseId, fileId }) => {
      const found = caseOf(caseId);
      await found.linesOf(fileId);
      const { bytes, isCut } = found.lines.bytes(fileId, PROFILE_BYTES);
      return profileTable(bytes, isCut);
    },
    'files.reading': ({ caseId, fileId }) => fileReading(caseOf(caseId).db, fileId),
    'files.setReading': async ({ caseId, fileId, choice }) => {
      await caseOf(caseId).setReading(fileId, choice);
      return null;
    },
    'problems.list': ({ caseId }) => [...problemList(caseOf(caseId).db), ...readUserRules(options.dataDir).problems],
    'processes.list': ({ caseId }) => processList(caseOf(caseId).db),
    'lines.page': async ({ caseId, fileId, start, count, maxChars, raw, clock }) => {
      const found = caseOf(caseId);
      const total = await found.linesOf(fileId);
      return { total, rows: await found.lines.page(fileId, start, count, maxChars, raw, clock) };
    },
    'lines.text': async ({ caseId, fileId, line, from, length, part }) => {
      const found = caseOf(caseId);
      await found.linesOf(fileId);
      return found.lines.text(fileId, line, from, length, part);
    },
    'lines.atTime': async ({ caseId, fileId, timeUs, clock }) => {
      const found = caseOf(caseId);
      await found.linesOf(fileId);
      return { line: await found.lines.atTime(fileId, timeUs, clock) };
    },
    'lines.find': async ({ caseId, fileId, filter, line, direction }) => {
      const found = caseOf(caseId);
      await found.linesOf(fileId);
      const hit = await found.lines.find(fileId, filter, line, direction);
      return hit === null ? null : { line: hit };
    },
    'lines.resolve': ({ caseId, file, line }) => {
      const id = selectCells(caseOf(caseId).db, 'SELECT id FROM file WHERE path = ?', 'number').get(file);
      return id === undefined ? null : { fileId: id, line };
    },
    'search.start': ({ caseId, filter, order, fileIds }) =>
      caseOf(caseId)
        .search(filter, order, fileIds, (state) => options.emit('search.progressed', state))
        .state(),
    'search.state': ({ searchId }) => sessionOf(searchId).state(),
    'search.rows': async ({ searchId, start, count, maxChars, raw, atLeast }, signal) => {
      const session = sessionOf(searchId);
      const rows = await session.rows({ start, count, maxChars, raw, atLeast }, signal);
      return { rows, state: session.state() };
    },
    'search.locate': async ({ searchId, fileId, line, timeUs }) => ({
      index: await sessionOf(searchId).locate({ fileId, line, timeUs }),
    }),
    'search.facets': ({ searchId }) => sessionOf(searchId).facets(),
    'search.histogram': ({ searchId, fromUs, toUs, buckets }) => sessionOf(searchId).histogram(fromUs, toUs, buckets),
    'search.explain': ({ searchId }) => sessionOf(searchId).explain(),
    'search.stop': ({ searchId }) => {
      for (const found of cases.values()) found.stopSearch(searchId);
      return null;
    },
    'timeline.activity': ({ caseId, filter, fromUs, toUs, buckets }) => {
      const found = caseOf(caseId);
      const range = timeRange(found.table, filter.clock);
      const from = fromUs ?? range?.fromUs ?? 0;
      return activity(
        found.table,
        found.plan(filter),
        from,
        Math.max(from + 1, toUs ?? range?.toUs ?? 1),
        buckets,
        !found.isGrowing,
      );
    },
    'batches.page': (params) => {
      const { db } = caseOf(params.caseId);
      return miniBatchPage(db, { ...params, filter: typedFilter(db, params.filter) });
    },
    'batches.get': (params) => miniBatchGet(caseOf(params.caseId).db, params, caseOf(params.caseId).lines.lineText),
    'attempts.page': (params) => {
      const { db, lines } = caseOf(params.caseId);
      return attemptPage(db, { ...params, filter: typedFilter(db, params.filter) }, lines.lineText);
    },
    'resources.list': ({ caseId, clock }) => seriesList(caseOf(caseId).db, clock),
    'resources.points': ({ caseId, seriesIds, fromUs, toUs, maxPoints, clock }) =>
      seriesIds
        .map((id) => seriesPoints(caseOf(caseId).db, id, fromUs, toUs, maxPoints, clock))
        .filter((series) => series !== null),
    'resources.summary': ({ caseId, seriesIds, fromUs, toUs, clock }) =>
      seriesSummary(caseOf(caseId).db, seriesIds, fromUs, toUs, clock),
  };
  const handlers: Handlers = {
    ...own,
    ...lateHandlers(listingCommands, async () =>
      (await import('./listing/handlers.ts')).listingHandlers({
        ...own,
        columnsOf: (queryId) => uniqueNames(queries.state(queryId).columns),
        pathOf: (of, fileId) => {
          const found = 'caseId' in of ? caseOf(of.caseId) : caseOfSearch(of.searchId);
          return found.table.files.get(fileId)?.path ?? '';
        },
      }),
    ),
  };
  /** Damage that shows only now: the next opening of the case makes it anew. */
  const onError = (params: unknown, error: unknown) => {
    if (systemErrorWords(error)?.code !== 'case_damaged') return;
    const { caseId } = params as { caseId?: string };
    const found = caseId === undefined ? undefined : cases.get(caseId);
    if (found?.hasSource === true) markDamaged(found.folder);
  };
  return {
    handlers: noticing(
      shareAnswers(handlers, (caseId) => cases.get(caseId)),
      onError,
    ),
    async close() {
      await queries.close();
      await Promise.all([...cases.values()].map((found) => found.close()));
      cases.clear();
    },
  };
}

/** Let the case that a command is about see to its answer: see {@link OpenCase.answer}. */
function shareAnswers(handlers: Handlers, caseOf: (caseId: string) => OpenCase | undefined): Handlers {
  type Handler = (params: object, signal: unknown) => unknown;
  const shared = Object.entries(handlers as unknown as Record<string, Handler>).map(([name, handler]) => {
    const isSteady = steadyCommands.has(name as CommandName);
    const answer: Handler = (params, signal) => {
      const { caseId } = params as { caseId?: string };
      const found = caseId === undefined ? undefined : caseOf(caseId);
      const ask = () => handler(params, signal);
      return found === undefined ? ask() : found.answer(isSteady ? `${name} ${JSON.stringify(params)}` : null, ask);
    };
    return [name, answer];
  });
  return Object.fromEntries(shared) as Handlers;
}

/** A path to a case's own folder stands for the source that it was made from. */
function sourceOfCase(path: string): string {
  const database = join(path, 'case.db');
  if (!existsSync(database)) return path;
  const db = openReadable(database);
  try {
    return getMeta(db, 'source') ?? path;
  } finally {
    db.close();
  }
}

/** The formats that a portable case was made with. */
function formatsOf(path: string): FormatBook {
  const db = openReadable(path);
  try {
    return new FormatBook(JSON.parse(getMeta(db, 'own_formats') ?? '[]') as OwnFormat[]);
  } finally {
    db.close();
  }
}
