/**
 * The answered filter is the last one whose first hits are here. The panes of lines follow it
 * instead of the filter itself: their own searches would keep the hits waiting.
 */
import { useState } from 'react';
import type { Filter } from '../../../state/filter.ts';
import type { SearchView } from '../../../state/use-search.ts';

/** Null while nothing is filtered, and until the first answer. */
export function useAnsweredFilter(filter: Filter | null, search: SearchView): Filter | null {
  const [answered, setAnswered] = useState<Filter | null>(null);
  const next = filter === null || (search.isReady && !search.isStale) ? filter : answered;
  if (next !== answered) setAnswered(next);
  return next;
}
