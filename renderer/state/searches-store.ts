/**
 * The searches store keeps this person's recent searches over all runs in the browser's storage.
 * Saved searches live with the case, in its notebook.
 */
import { createStore } from 'zustand/vanilla';
import { isObject } from '../../electron/contract/known-keys.ts';
import type { Filter } from './filter.ts';
import { isSameSearch } from './notebook-store.ts';

/**
 * The text of a search and how it is read. It leaves out nodes and times, which mean nothing in
 * another run.
 */
export type SearchText = Pick<Filter, 'query' | 'mode' | 'matchCase'>;

export interface SearchesState {
  /** The newest first. */
  recent: SearchText[];
  /** Remembers a deliberate search, not every letter on the way to it. */
  remember(text: SearchText): void;
  forgetRecent(): void;
}

const STORAGE_KEY = 'postrun.searches';
const MOST_RECENT = 50;

function searchTextOf({ query, mode, matchCase }: SearchText): SearchText {
  return { query: query.trim(), mode, matchCase };
}

export function createSearchesStore(storage: Storage | null) {
  const store = createStore<SearchesState>()((set) => ({
    ...readStored(storage),
    remember: (text) =>
      set((state) => {
        const next = searchTextOf(text);
        if (next.query === '') return state;
        const others = state.recent.filter((each) => !isSameSearch(each, next));
        return { recent: [next, ...others].slice(0, MOST_RECENT) };
      }),
    forgetRecent: () => set({ recent: [] }),
  }));
  store.subscribe(({ recent }) => {
    try {
      storage?.setItem(STORAGE_KEY, JSON.stringify({ recent }));
    } catch {
      // If the storage is full or forbidden, the next window merely lacks these searches.
    }
  });
  return store;
}

function readStored(storage: Storage | null): { recent: SearchText[] } {
  let value: unknown;
  try {
    value = JSON.parse(storage?.getItem(STORAGE_KEY) ?? '{}');
  } catch {
    value = {};
  }
  return { recent: isObject(value) ? readList(value.recent, MOST_RECENT) : [] };
}

function readList(value: unknown, most: number): SearchText[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, most).flatMap((each: unknown) => {
    if (!isObject(each)) return [];
    const { query, mode, matchCase } = each;
    if (typeof query !== 'string' || query === '') return [];
    return [
      {
        query,
        mode: mode === 'fixed' || mode === 'regex' ? mode : 'words',
        matchCase: matchCase === 'yes' || matchCase === 'no' ? matchCase : 'smart',
      } satisfies SearchText,
    ];
  });
}
