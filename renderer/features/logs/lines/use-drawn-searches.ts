/**
 * The drawn searches are the two whose results the pane draws in its lines and along its ruler: the
 * filter and find.
 */
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import type { Filter } from '../../../state/filter.ts';
import { type SearchView, useSearch } from '../../../state/use-search.ts';
import type { FoldMap } from '../model/fold-map.ts';
import { answeredId } from '../model/searches.ts';
import type { LineStream } from '../model/stream.ts';
import type { Ranges } from './match-rows.ts';
import type { RangeStore } from './range-store.ts';
import { useMatches } from './use-matches.ts';
import type { LiveTrack } from './use-ruler-tracks.ts';

export interface DrawnSearches {
  /** Identifies both searches. */
  key: string;
  /** Return what the filter and find found in a line. */
  matchesAt: (row: LineRow) => Ranges | undefined;
  foundAt: (row: LineRow) => Ranges | undefined;
  tracks: readonly LiveTrack[];
}

/** Searches the lines with the filter, and gathers what it and find found in the lines in view. */
export function useDrawnSearches(
  stream: LineStream | null,
  filter: Filter | null,
  find: SearchView,
  range: RangeStore,
  folds: FoldMap,
): DrawnSearches {
  const hits = useSearch(stream === null ? null : filter, stream?.order ?? 'file', stream?.fileIds ?? null);
  const hitsId = answeredId(hits);
  const matchesAt = useMatches(stream, filter?.query.trim() ? hitsId : null, range, folds);
  const findId = answeredId(find);
  const foundAt = useMatches(stream, findId, range, folds);
  return {
    key: `${hitsId} ${findId}`,
    matchesAt,
    foundAt,
    tracks: [
      { id: 'hits', searchId: hitsId, total: hits.total, isRunning: hits.isRunning },
      { id: 'find', searchId: findId, total: find.total, isRunning: find.isRunning },
    ],
  };
}
