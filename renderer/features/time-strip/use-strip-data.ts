import { useEffect, useMemo } from 'react';
import type { Histogram } from '../../../electron/contract/commands.ts';
import type { MiniBatchRow } from '../../../electron/contract/records.ts';
import type { TimeAxis } from '../../charts/TimeAxisContext.tsx';
import { type TimeBuckets, timeBuckets } from '../../charts/time-buckets.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { backgroundFilter, failureFilter } from './strip-filter.ts';

/** A bar and the gap beside it. */
export const BAR_PX = 4;
/** More marks than pixels help nobody. */
const MOST_FAILURES = 5_000;

export interface StripData {
  wanted: TimeBuckets;
  activity: Histogram | undefined;
  /** Of the search text; undefined while nothing is searched. */
  hits: Histogram | undefined;
  failures: readonly MiniBatchRow[];
  failuresTotal: number;
}

export function useStripData(axis: TimeAxis): StripData {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const search = useGlobalSearch();
  const { fromUs, toUs, width, hasTime } = axis;
  const wanted = useMemo(() => timeBuckets(fromUs, toUs, Math.floor(width / BAR_PX)), [fromUs, toUs, width]);
  const isAsked = caseId !== null && hasTime && width > 0;
  const range = { fromUs: wanted.fromUs, toUs: wanted.toUs, buckets: wanted.buckets };

  const activity = useCommand(
    'timeline.activity',
    isAsked ? { caseId, filter: backgroundFilter(filter), ...range } : null,
  );
  const searchId = search.error === null ? (search.state?.searchId ?? null) : null;
  const isSearching = filter.query.trim() !== '' && searchId !== null;
  const hits = useCommand('search.histogram', isAsked && isSearching ? { searchId, ...range } : null);
  const bad = failureFilter(filter);
  const failures = useCommand(
    'batches.page',
    isAsked && bad !== null ? { caseId, filter: bad, sort: 'endUs', start: 0, count: MOST_FAILURES } : null,
  );

  const { refresh } = hits;
  const matches = search.state?.matches;
  const isComplete = search.state?.complete;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was counted since is the reason to ask again
  useEffect(() => {
    if (isSearching) refresh();
  }, [matches, isComplete]);

  return {
    wanted,
    activity: isAsked ? activity.data : undefined,
    hits: isSearching ? hits.data : undefined,
    failures: bad === null ? [] : (failures.data?.rows ?? []),
    failuresTotal: bad === null ? 0 : (failures.data?.total ?? 0),
  };
}
