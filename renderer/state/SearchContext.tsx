import { createContext, type ReactNode, useContext } from 'react';
import { activeParts } from './filter.ts';
import { useFilter, useView } from './StoresContext.tsx';
import { type SearchView, useSearch } from './use-search.ts';

const SearchContext = createContext<SearchView | null>(null);

/** The one search of the global filter, shared by the views, the time strip and the status bar. Idle while no filter is set. */
export function SearchProvider({ children }: { children: ReactNode }) {
  const filter = useFilter((state) => state.filter);
  const order = useView((state) => state.order);
  const search = useSearch(activeParts(filter).length === 0 ? null : filter, order);
  return <SearchContext value={search}>{children}</SearchContext>;
}

export function useGlobalSearch(): SearchView {
  const search = useContext(SearchContext);
  if (search === null) throw new Error('useGlobalSearch is called outside SearchProvider.');
  return search;
}
