/**
 * Facets are how many lines a search finds by file, node, process, kind and level. The hook asks
 * for them once the first rows arrive, and again as more lines are found.
 */
import { useEffect } from 'react';
import type { Facets } from '../../electron/contract/commands.ts';
import { useCommand } from './use-command.ts';
import type { SearchView } from './use-search.ts';

/** Returns undefined without a search, before the first answer, and while they are not wanted. */
export function useFacets(search: SearchView, isWanted = true): Facets | undefined {
  const isAsked = isWanted && search.isReady && search.error === null;
  const searchId = isAsked ? search.state?.searchId : undefined;
  const { data, refresh } = useCommand('search.facets', searchId === undefined ? null : { searchId });
  const matches = search.state?.matches;
  const isComplete = search.state?.complete;
  // biome-ignore lint/correctness/useExhaustiveDependencies: new counts are the reason to ask again
  useEffect(() => {
    if (searchId !== undefined) refresh();
  }, [matches, isComplete]);
  return searchId === undefined ? undefined : data;
}
