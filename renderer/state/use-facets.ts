/**
 * Facets are how many lines a search finds by file, node, process, kind and level. They are asked
 * once the first rows are here, and again as more lines are found.
 */
import { useEffect } from 'react';
import type { Facets } from '../../electron/contract/commands.ts';
import { useCommand } from './use-command.ts';
import type { SearchView } from './use-search.ts';

/** Undefined without a search, before there is an answer, and while nobody wants it. */
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
