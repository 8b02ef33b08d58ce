/**
 * The global search is the one search of the global filter. Its provider runs it, and the views,
 * the time strip and the status bar share it.
 */
import { createContext, type ReactNode, useContext } from 'react';
import { activeParts, type FilterPart } from './filter.ts';
import { useFilter, useView } from './StoresContext.tsx';
import { type SearchView, useSearch } from './use-search.ts';

const SearchContext = createContext<SearchView | null>(null);

/** Views that show or count lines. */
const viewsOfLines: readonly string[] = ['logs', 'files'];
/**
 * Parts of the filter that apply to mini-batches. Finding their lines takes a search of all logs.
 */
const ofRecords: readonly FilterPart[] = ['outcome', 'time'];

/**
 * Runs the global search. It is idle while no filter is set, and while a view without lines filters
 * only mini-batches.
 */
export function SearchProvider({ children }: { children: ReactNode }) {
  const filter = useFilter((state) => state.filter);
  const order = useView((state) => state.order);
  const view = useView((state) => state.view);
  const parts = activeParts(filter);
  const isOfRecords = parts.includes('outcome') && parts.every((part) => ofRecords.includes(part));
  const isIdle = parts.length === 0 || (isOfRecords && !viewsOfLines.includes(view));
  const search = useSearch(isIdle ? null : filter, order);
  return <SearchContext value={search}>{children}</SearchContext>;
}

export function useGlobalSearch(): SearchView {
  const search = useContext(SearchContext);
  if (search === null) throw new Error('useGlobalSearch is called outside SearchProvider.');
  return search;
}
