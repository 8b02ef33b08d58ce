/** The searches of an open case: starts and stops them, and lets them go on as more is read. */
import { randomUUID } from 'node:crypto';
import type { SearchState } from '../../contract/commands.ts';
import type { Filter } from '../../contract/filter.ts';
import { dropOldest } from '../base/drop-oldest.ts';
import { pendingFiles } from '../ingest/pending.ts';
import { planSearch, type SearchPlan } from '../search/plan/search-plan.ts';
import type { Expr } from '../search/query/query.ts';
import { type SearchContext, SearchSession } from '../search/session.ts';
import type { ReadableDb } from '../store/open.ts';

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

/** What the searches of a case have in common. */
export interface CaseSearchesOptions extends Omit<SearchContext, 'pendingFiles' | 'replan'> {
  db: ReadableDb;
}

/** Maximum number of searches. Beyond it, the oldest is stopped and dropped. */
const MAX_SESSIONS = 16;

export class CaseSearches {
  readonly #options: CaseSearchesOptions;
  readonly #sessions = new Map<string, SearchSession>();

  constructor(options: CaseSearchesOptions) {
    this.#options = options;
  }

  /** Compiles a filter. Throws `bad_query`. */
  plan(filter: Filter, fileIds: readonly number[] | null = null, also: Expr | null = null): SearchPlan {
    const { db, table } = this.#options;
    return planSearch(db, table, filter, fileIds === null ? null : new Set(fileIds), also);
  }

  /** Starts a search. Throws `bad_query`. */
  start(
    filter: Filter,
    { order, fileIds = null, also = null, searchId = null }: SearchWish,
    onProgress: (state: SearchState) => void,
  ): SearchSession {
    const replan = () => this.plan(filter, fileIds, also);
    const session = new SearchSession(
      { ...this.#options, pendingFiles: () => pendingFiles(this.#options.db), replan },
      replan(),
      { searchId: searchId ?? randomUUID(), order },
      onProgress,
    );
    this.stop(session.searchId);
    this.#sessions.set(session.searchId, session);
    dropOldest(this.#sessions, MAX_SESSIONS, (gone) => gone.stop());
    return session;
  }

  find(searchId: string): SearchSession | undefined {
    return this.#sessions.get(searchId);
  }

  /** Stops a search. Its results can be paged until newer searches replace it. */
  stop(searchId: string): void {
    this.#sessions.get(searchId)?.stop();
  }

  /** Lets all searches go on with what was read since. */
  extend(): void {
    for (const session of this.#sessions.values()) session.extend();
  }

  /** Lets all searches go on after the case was read again. */
  renew(): void {
    for (const session of this.#sessions.values()) session.renew();
  }

  close(): void {
    for (const session of this.#sessions.values()) session.stop();
    this.#sessions.clear();
  }
}
