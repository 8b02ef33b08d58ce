/**
 * A component's search starts and ends with its filter. The hook makes a session for each question,
 * waits while a person types, and decides which session to show.
 */
import { useEffect, useReducer, useRef, useState } from 'react';
import type { SearchState } from '../../electron/contract/commands.ts';
import type { ErrorInfo } from '../../electron/contract/errors.ts';
import type { LineRow } from '../../electron/contract/line-records.ts';
import type { Filter } from './filter.ts';
import { useCase, useStores, useView } from './StoresContext.tsx';
import { SearchSession } from './search-session.ts';

export interface SearchView {
  /**
   * Null until there is something to show. Its id serves `search.facets`, `search.histogram` and
   * `search.locate`.
   */
  state: SearchState | null;
  error: ErrorInfo | null;
  /**
   * The first rows have arrived, or there are certainly none. Ask for counts of the hits only then,
   * so that the rows come first.
   */
  isReady: boolean;
  /** The number of lines found so far. */
  total: number;
  rowAt: (index: number) => LineRow | undefined;
  want: (first: number, last: number) => void;
  /** The hits shown answer an earlier filter; the new answer is on its way. */
  isStale: boolean;
  /** The search is still counting. */
  isRunning: boolean;
  /**
   * Changes when one answer replaces another, but not while one is counted. Scroll to the top when
   * it does.
   */
  generation: number;
  /** Stops counting and keeps what was found. */
  halt: () => void;
}

/**
 * Shorter than the time between two keystrokes: each keystroke is answered immediately, and only
 * faster ones (a held key) wait for the last of them.
 */
const TYPING_DELAY_MS = 30;

const nothingShown = { session: null, generation: 0 };

/**
 * Searches the case or only some of its files; a null filter searches nothing. For the global
 * filter use `useGlobalSearch`, which is shared. `restMs` delays every filter but the first until
 * it has rested that long.
 */
export function useSearch(
  filter: Filter | null,
  order: 'time' | 'file',
  fileIds: readonly number[] | null = null,
  { restMs = 0 }: { restMs?: number } = {},
): SearchView {
  const { client, busy } = useStores();
  const caseId = useCase((state) => state.caseId);
  // While the engine reads what a folder has gained, a search continues into it by itself.
  const isLive = useCase((state) => state.progress?.phase === 'complete' || state.progress?.isRefresh === true);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const [session, setSession] = useState<SearchSession | null>(null);
  const [shown, setShown] = useState<{ session: SearchSession | null; generation: number }>(nothingShown);
  const clock = useView((state) => state.clock);
  const key =
    filter === null || caseId === null ? null : JSON.stringify({ caseId, filter, order, fileIds, isLive, clock });
  const lastQuery = useRef<string | null>(null);
  const lastChange = useRef(Number.NEGATIVE_INFINITY);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for filter, order and case
  useEffect(() => {
    if (key === null || filter === null || caseId === null) {
      setSession(null);
      return;
    }
    // Only typing waits: a click on a facet is answered immediately.
    const isFirst = lastQuery.current === null;
    const isTyped = !isFirst && lastQuery.current !== filter.query;
    const now = performance.now();
    const isFast = now - lastChange.current < TYPING_DELAY_MS;
    lastChange.current = now;
    const endWait = busy.begin('search (typing)');
    const timer = setTimeout(
      () => {
        endWait();
        lastQuery.current = filter.query;
        setSession(new SearchSession(client, busy, { caseId, filter, order, fileIds }, redraw));
      },
      isFirst ? 0 : isTyped ? (isFast ? TYPING_DELAY_MS : 0) : restMs,
    );
    return () => {
      endWait();
      clearTimeout(timer);
    };
  }, [key, restMs, client, busy]);

  const isSuperseded = session !== null && session.question.caseId !== caseId;
  const isNext = session === null || isSuperseded || session.isReady || shown.session === null;
  const current = isNext ? (isSuperseded ? null : session) : shown.session;
  const generation = current === shown.session ? shown.generation : shown.generation + 1;
  if (current !== shown.session) setShown({ session: current, generation });

  // Stops sessions that are neither shown nor awaited.
  const alive = useRef(new Set<SearchSession>());
  useEffect(() => {
    for (const each of [session, current]) if (each !== null) alive.current.add(each);
    for (const each of alive.current) {
      if (each === session || each === current) continue;
      each.dispose();
      alive.current.delete(each);
    }
  }, [session, current]);
  useEffect(
    () => () => {
      for (const each of alive.current) each.dispose();
      alive.current.clear();
    },
    [],
  );

  const isAsked = session === null ? key === null : key === JSON.stringify({ ...session.question, isLive, clock });
  return {
    state: current?.state ?? null,
    error: current?.error ?? current?.rows.error ?? null,
    isReady: current?.isReady === true,
    total: current?.state?.matches ?? 0,
    rowAt: (index) => current?.rows.at(index),
    want: (first, last) => current?.rows.want(first, last),
    isStale: current !== session || !isAsked,
    isRunning: session !== null && session.error === null && !session.isHalted && session.state?.complete !== true,
    generation,
    halt: () => {
      session?.halt();
      redraw();
    },
  };
}
