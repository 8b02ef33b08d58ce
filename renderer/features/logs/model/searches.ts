/**
 * Questions to the engine that take more than one call: a search run to its end, places in it, and
 * steps through it.
 */
import type { EngineClient } from '../../../../electron/contract/client.ts';
import type { SearchState } from '../../../../electron/contract/commands.ts';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import type { Filter } from '../../../state/filter.ts';
import type { LineKey } from '../../../state/location.ts';
import type { SearchView } from '../../../state/use-search.ts';

export interface Question {
  caseId: string;
  filter: Filter;
  order: 'time' | 'file';
  fileIds: readonly number[] | null;
}

const POLL_MS = 80;

/** Starts a search and waits until everything indexed has been searched. The caller stops it. */
export async function startSearch(client: EngineClient, question: Question, signal: AbortSignal): Promise<SearchState> {
  const { caseId, filter, order } = question;
  const fileIds = question.fileIds === null ? null : [...question.fileIds];
  signal.throwIfAborted();
  let state = await client.call('search.start', { caseId, filter, order, fileIds });
  for (;;) {
    if (signal.aborted) {
      stopSearch(client, state.searchId);
      signal.throwIfAborted();
    }
    if (state.complete || state.progress >= 1) return state;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    state = await client.call('search.state', { searchId: state.searchId });
  }
}

export function stopSearch(client: EngineClient, searchId: string): void {
  // A search that has already ended need not be stopped.
  client.call('search.stop', { searchId }).catch(() => {});
}

/** Returns the id of a search, or null while its hits answer an earlier filter. */
export const answeredId = ({ isStale, state }: SearchView): string | null =>
  isStale ? null : (state?.searchId ?? null);

export interface Ordinal {
  /** The index of the line or of the first hit after it. */
  index: number;
  /** The line itself is a hit. */
  isHit: boolean;
}

/** Returns where a line stands among the hits of a search. */
export async function ordinalOf(
  client: EngineClient,
  search: { searchId: string; matches: number },
  line: LineKey,
  timeUs: number | null,
  signal?: AbortSignal,
): Promise<Ordinal> {
  const { searchId, matches } = search;
  const locate = async (target: { fileId?: number; line?: number; timeUs?: number }) =>
    (await client.call('search.locate', { searchId, ...target }, { signal })).index;
  const rowAt = async (at: number) =>
    (await client.call('search.rows', { searchId, start: at, count: 1, maxChars: 1 }, { signal })).rows[0];
  let index = await locate({ fileId: line.fileId, line: line.line });
  // A file without a later hit has no place of its own in time order.
  if (index >= matches && timeUs !== null) index = await locate({ timeUs });
  if (index >= matches) return { index: matches, isHit: false };
  const row = await rowAt(index);
  const isSameFile = row !== undefined && row.fileId === line.fileId;
  if (isSameFile && row.line < line.line) return { index: index + 1, isHit: false };
  return { index, isHit: isSameFile && row.line === line.line };
}

const LOOK_AHEAD = 200;
const MOST_STEPS = 500;

/**
 * Returns the next or previous line of a file that a filter lets through and `accept` takes. Skips
 * runs of rejected lines page by page, so that a traceback of many lines is one step.
 */
export async function findInFile(
  client: EngineClient,
  caseId: string,
  from: LineKey,
  direction: 'next' | 'previous',
  filter: Filter,
  accept: (row: LineRow) => boolean,
  signal: AbortSignal,
): Promise<LineRow | null> {
  const { fileId } = from;
  let line = from.line;
  for (let step = 0; step < MOST_STEPS; step++) {
    const hit = await client.call('lines.find', { caseId, fileId, filter, line, direction }, { signal });
    if (hit === null) return null;
    const start = direction === 'next' ? hit.line - 1 : Math.max(0, hit.line - LOOK_AHEAD);
    const count = direction === 'next' ? LOOK_AHEAD : hit.line - start;
    const { rows } = await client.call('lines.page', { caseId, fileId, start, count, maxChars: 1_000 }, { signal });
    const ordered = direction === 'next' ? rows : rows.toReversed();
    const [first] = ordered;
    if (first === undefined) return null;
    if (accept(first)) return first;
    // Skips the lines of the same traceback without asking for each.
    const isWithin = (row: LineRow) => first.traceback !== null && row.traceback !== null;
    const at = ordered.findIndex((row, index) => index > 0 && (accept(row) || !isWithin(row)));
    const stop = at === -1 ? ordered.at(-1) : ordered[at];
    if (stop === undefined) return null;
    if (at !== -1 && accept(stop)) return stop;
    line = at === -1 ? stop.line : (ordered[at - 1]?.line ?? stop.line);
  }
  return null;
}

const PAGE = 200;
const MOST_PAGES = 50;

/**
 * Returns the next or previous line among the hits of a search that `accept` takes. `timeUs` is the
 * time of the line to begin at.
 */
export async function findInMerged(
  client: EngineClient,
  question: Question,
  from: LineKey,
  timeUs: number | null,
  direction: 'next' | 'previous',
  accept: (row: LineRow) => boolean,
  signal: AbortSignal,
): Promise<LineRow | null> {
  const search = await startSearch(client, question, signal);
  const { searchId, matches } = search;
  const isNext = direction === 'next';
  try {
    const place = await ordinalOf(client, search, from, timeUs, signal);
    let at = isNext && place.isHit ? place.index + 1 : place.index;
    for (let page = 0; page < MOST_PAGES; page++) {
      const start = isNext ? at : Math.max(0, at - PAGE);
      const count = isNext ? PAGE : at - start;
      if (count <= 0 || start >= matches) return null;
      const { rows } = await client.call('search.rows', { searchId, start, count, maxChars: 1 });
      const hit = isNext ? rows.find(accept) : rows.findLast(accept);
      if (hit !== undefined) return hit;
      at = isNext ? start + PAGE : start;
    }
    return null;
  } finally {
    stopSearch(client, searchId);
  }
}
