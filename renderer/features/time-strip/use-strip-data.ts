/**
 * Strip data are the counts over time that the strip draws: the lines by level, the hits of the
 * filter, the failed mini-batches. The hook asks for them in buckets of a bar's width.
 */
import { useEffect, useMemo } from 'react';
import type { OverTime } from '../../../electron/contract/analysis.ts';
import type { Histogram } from '../../../electron/contract/commands.ts';
import type { TimeAxis } from '../../charts/TimeAxisContext.tsx';
import { type TimeBuckets, timeBuckets } from '../../charts/time-buckets.ts';
import { activeParts } from '../../state/filter.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { backgroundFilter, useFailures } from '../../state/use-failures.ts';
import { useExactErrors } from './use-exact-errors.ts';

/** A bar and the gap beside it. */
const BAR_PX = 4;
/** As many as the engine counts at once, and more than a screen has pixels. */
const MOST_MARKS = 4_000;

export interface StripData {
  wanted: TimeBuckets;
  activity: Histogram | undefined;
  /** Of the filter; undefined while nothing is filtered. */
  hits: Histogram | undefined;
  /** In buckets of about a pixel, several in each of the bars. */
  failures: OverTime | null;
}

export function useStripData(axis: TimeAxis): StripData {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const search = useGlobalSearch();
  const { width, hasTime } = axis;
  // Under a moving hand the bars that are here move along; others are asked for where it stops.
  const { fromUs, toUs } = axis.settled;
  const wanted = useMemo(() => timeBuckets(fromUs, toUs, Math.floor(width / BAR_PX)), [fromUs, toUs, width]);
  const isAsked = caseId !== null && hasTime && width > 0;
  const range = { fromUs: wanted.fromUs, toUs: wanted.toUs, buckets: wanted.buckets };

  // Typed or chosen, the same filter has the same lines on the strip; a range alone only says what
  // is in view.
  const isNarrowed = activeParts(filter).some((part) => part !== 'time');
  const background = useMemo(() => backgroundFilter(filter), [filter]);
  const activity = useCommand('timeline.activity', isAsked ? { caseId, filter: background, ...range } : null);
  const exact = useExactErrors(isAsked && !isNarrowed ? activity.data : undefined, background, wanted);
  const searchId = search.error === null ? (search.state?.searchId ?? null) : null;
  const isSearching = isNarrowed && searchId !== null;
  const hits = useCommand('search.histogram', isAsked && isSearching ? { searchId, ...range } : null);
  const failures = useFailures(isAsked ? { ...range, buckets: Math.min(MOST_MARKS, range.buckets * BAR_PX) } : null);

  const { refresh } = hits;
  const matches = search.state?.matches;
  const isComplete = search.state?.complete;
  // biome-ignore lint/correctness/useExhaustiveDependencies: new counts are the reason to ask again
  useEffect(() => {
    if (isSearching) refresh();
  }, [matches, isComplete]);

  return {
    wanted,
    activity: exact,
    hits: isSearching ? hits.data : undefined,
    failures,
  };
}
