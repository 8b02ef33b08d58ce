/**
 * The answered filter is the last one whose first hits have arrived. The lines panes follow it
 * instead of the filter itself, because their own searches would delay the hits.
 */
import { useState } from 'react';
import type { Filter } from '../../../state/filter.ts';
import type { SearchView } from '../../../state/use-search.ts';

/** Returns null without a filter, and until the first answer. */
export function useAnsweredFilter(filter: Filter | null, search: SearchView): Filter | null {
  const [answered, setAnswered] = useState<Filter | null>(null);
  const next = filter === null || (search.isReady && !search.isStale) ? filter : answered;
  if (next !== answered) setAnswered(next);
  return next;
}
