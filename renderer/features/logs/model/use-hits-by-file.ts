/**
 * Hits by file are how many lines a search finds in each file. The tree shows them; the hook asks
 * again as more are found.
 */
import { useEffect, useMemo } from 'react';
import { useCommand } from '../../../state/use-command.ts';
import type { SearchView } from '../../../state/use-search.ts';

/** Null while there is no search. */
export function useHitsByFile(search: SearchView): ReadonlyMap<number, number> | null {
  const searchId = search.isStale ? null : (search.state?.searchId ?? null);
  const { data, refresh } = useCommand('search.facets', searchId === null ? null : { searchId });
  const { total, isRunning } = search;
  // biome-ignore lint/correctness/useExhaustiveDependencies: more hits are the reason to ask again
  useEffect(() => refresh(), [total, isRunning]);
  return useMemo(
    () =>
      searchId === null || data === undefined ? null : new Map(data.file.map(({ fileId, count }) => [fileId, count])),
    [searchId, data],
  );
}
