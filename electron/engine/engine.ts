/**
 * The engine answers every command of the contract. It combines the handlers of all areas, gives
 * them the open cases, and keeps what they share: typed filters, cached answers, detected damage.
 */
import { availableParallelism } from 'node:os';
import type { CommandName, EmitEvent, Handlers } from '../contract/contract.ts';
import { systemErrorWords } from '../contract/errors.ts';
import { exportCommands } from '../contract/export.ts';
import type { Filter } from '../contract/filter.ts';
import { isObject } from '../contract/known-keys.ts';
import { listingCommands } from '../contract/listing.ts';
import { reportCommands } from '../contract/report.ts';
import { uniqueNames } from '../contract/sql-records.ts';
import { steadyCommands } from '../contract/steady-commands.ts';
import { analysisHandlers } from './analysis/handlers.ts';
import { markDamaged } from './case/case-folder.ts';
import { caseHandlers } from './case/case-handlers.ts';
import { lineHandlers } from './case/line-handlers.ts';
import type { OpenCase } from './case/open-case.ts';
import { OpenCases } from './case/open-cases.ts';
import { recordHandlers } from './case/record-handlers.ts';
import { readUserRules } from './case/user-rules.ts';
import { lateHandlers } from './late-handlers.ts';
import type { ListingHandlers } from './listing/handlers.ts';
import { runsHandlers } from './runs/handlers.ts';
import { WHOLE_LINE } from './search/file-lines.ts';
import { hitHandlers } from './search/hit-handlers.ts';
import { parseQuery } from './search/query/query.ts';
import { sqlHandlers } from './sql/handlers.ts';
import { SqlQueries } from './sql/sql-queries.ts';
import { resolveNodes } from './store/node-names.ts';
import type { ReadableDb } from './store/open.ts';

export interface EngineOptions {
  /** The application's data folder, which contains the cases. */
  dataDir: string;
  emit: EmitEvent;
  /** More folders with custom formats, besides `formats` in the data folder. */
  formats?: readonly string[];
  /**
   * Number of threads for indexing, and for searching. Default: by the size of a case, at most one
   * per core.
   */
  workers?: number;
}

export interface Engine {
  handlers: Handlers;
  close(): Promise<void>;
}

/** Creates the engine: handlers for all commands of the contract. */
export function createEngine(options: EngineOptions): Engine {
  const { dataDir, emit } = options;
  const queries = new SqlQueries((state) => emit('sql.progressed', state));
  const cases = new OpenCases({
    dataDir,
    emit,
    formats: options.formats ?? [],
    workers: options.workers ?? null,
    onClose: (caseId) => queries.closeCase(caseId),
  });
  const threads = options.workers ?? Math.max(1, availableParallelism());
  const own = ownHandlers(cases, queries, { dataDir, emit, threads });
  const listing = lateHandlers(listingCommands, async () =>
    (await import('./listing/handlers.ts')).listingHandlers({
      ...own,
      columnsOf: (queryId) => uniqueNames(queries.state(queryId).columns),
      pathOf: (of, fileId) => {
        const found = 'caseId' in of ? cases.of(of.caseId) : cases.ofSearch(of.searchId);
        return found.table.files.get(fileId)?.path ?? '';
      },
    }),
  );
  /** Marks a case whose damage shows only now. Opening it again rebuilds it. */
  const onError = (params: unknown, error: unknown) => {
    if (systemErrorWords(error)?.code !== 'case_damaged') return;
    const found = cases.find(caseIdOf(params));
    if (found?.hasSource === true) markDamaged(found.folder);
  };
  return {
    handlers: noticing(
      shareAnswers({ ...own, ...listing }, (caseId) => cases.find(caseId)),
      onError,
    ),
    async close() {
      await queries.close();
      await cases.close();
    },
  };
}

/** Creates the handlers of all areas except listing, which lists what others return. */
function ownHandlers(
  cases: OpenCases,
  queries: SqlQueries,
  { dataDir, emit, threads }: Pick<EngineOptions, 'dataDir' | 'emit'> & { threads: number },
): Omit<Handlers, keyof ListingHandlers> {
  const db = (caseId: string) => cases.of(caseId).db;
  const shared = {
    db,
    lineText: (caseId: string) => cases.of(caseId).lines.lineText,
    userPacks: () => readUserRules(dataDir).packs,
  };
  return {
    ...withTypedFilters({ ...analysisHandlers(shared), ...recordHandlers(cases, dataDir) }, db),
    ...lateHandlers(reportCommands, async () =>
      (await import('./report/handlers.ts')).reportHandlers({
        ...shared,
        page: (caseId) => (fileId, start, count) => cases.of(caseId).lines.page(fileId, start, count, WHOLE_LINE),
      }),
    ),
    ...sqlHandlers({ queries, placeOf: (caseId) => cases.of(caseId).place, dataDir }),
    ...runsHandlers({ databaseOf: (caseId) => cases.of(caseId).completePlace.database, dataDir }),
    ...lateHandlers(exportCommands, async () =>
      (await import('./export/handlers.ts')).exportHandlers({
        placeOf: (caseId) => cases.of(caseId).completePlace,
        threads,
        emit,
      }),
    ),
    ...hitHandlers({
      sessionOf: (searchId) => cases.session(searchId),
      search: (caseId, filter, also) =>
        cases.of(caseId).searches.start(filter, { order: 'file', also }, () => undefined),
      filesOf: (caseId) => cases.of(caseId).table.files,
    }),
    ...caseHandlers(cases, dataDir, emit),
    ...lineHandlers(cases, emit),
  };
}

/**
 * Restricts a filter to what applies to records. They have no text to search, so of the query only
 * filter words (`node:…`) count; an unfinished query is ignored. Any name of a node finds it.
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

function withTypedFilters<Group extends Record<string, (params: never, signal: never) => unknown>>(
  group: Group,
  db: (caseId: string) => ReadableDb,
): Group {
  const wrapped = Object.entries(group).map(([name, handler]) => [
    name,
    (params: object, signal: never) =>
      handler(
        (isFiltered(params) ? { ...params, filter: typedFilter(db(params.caseId), params.filter) } : params) as never,
        signal,
      ),
  ]);
  return Object.fromEntries(wrapped) as Group;
}

/** Wraps handlers so that `onError` sees every error they throw. */
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

/** Returns the case that parameters name; undefined if none. */
function caseIdOf(params: unknown): string | undefined {
  return isObject(params) && typeof params.caseId === 'string' ? params.caseId : undefined;
}

/** Routes commands about a case through {@link OpenCase.answer}. */
function shareAnswers(handlers: Handlers, caseOf: (caseId: string | undefined) => OpenCase | undefined): Handlers {
  type Handler = (params: object, signal: unknown) => unknown;
  const shared = Object.entries(handlers as unknown as Record<string, Handler>).map(([name, handler]) => {
    const isSteady = steadyCommands.has(name as CommandName);
    const answer: Handler = (params, signal) => {
      const found = caseOf(caseIdOf(params));
      const ask = () => handler(params, signal);
      return found === undefined ? ask() : found.answer(isSteady ? `${name} ${JSON.stringify(params)}` : null, ask);
    };
    return [name, answer];
  });
  return Object.fromEntries(shared) as Handlers;
}
