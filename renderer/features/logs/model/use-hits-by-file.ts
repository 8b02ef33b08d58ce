/** Hits by file are how many lines a search finds in each file. The tree shows them. */
import { useMemo } from 'react';
import { useFacets } from '../../../state/use-facets.ts';
import type { SearchView } from '../../../state/use-search.ts';

/** Returns null without a search. */
export function useHitsByFile(search: SearchView): ReadonlyMap<number, number> | null {
  const facets = useFacets(search, !search.isStale);
  return useMemo(
    () => (facets === undefined ? null : new Map(facets.file.map(({ fileId, count }) => [fileId, count]))),
    [facets],
  );
}
