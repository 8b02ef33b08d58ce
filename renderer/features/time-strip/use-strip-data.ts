/**
 * Strip data are the counts over time that the strip draws: the lines by level, the hits of the
 * filter, the failed mini-batches. The hook asks for them in buckets as wide as a bar.
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

/** The width of a bar with its gap. */
const BAR_PX = 4;
/**
 * The most buckets that the engine counts in one answer, which is more than a screen has pixels.
 */
const MOST_MARKS = 4_000;

export interface StripData {
  wanted: TimeBuckets;
  activity: Histogram | undefined;
  /** The hits of the filter; undefined while no filter is set. */
  hits: Histogram | undefined;
  /** Failures in buckets of about a pixel, several per bar. */
  failures: OverTime | null;
}

export function useStripData(axis: TimeAxis): StripData {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const search = useGlobalSearch();
  const { width, hasTime } = axis;
  // While the range moves, the existing bars move along. New ones are asked for where it stops.
  const { fromUs, toUs } = axis.settled;
  const wanted = useMemo(() => timeBuckets(fromUs, toUs, Math.floor(width / BAR_PX)), [fromUs, toUs, width]);
  const isAsked = caseId !== null && hasTime && width > 0;
  const range = { fromUs: wanted.fromUs, toUs: wanted.toUs, buckets: wanted.buckets };

  // Whether typed or chosen, the same filter shows the same lines. A range alone does not narrow
  // the lines, it only sets what is in view.
  const isNarrowed = activeParts(filter).some((part) => part !== 'time');
  const background = useMemo(() => backgroundFilter(filter), [filter]);
  const activity = useCommand('timeline.activity', isAsked ? { caseId, filter: background, ...range } : null);
  const exact = useExactErrors(isAsked && !isNarrowed ? activity.data : undefined, background, wanted);
  const searchId = search.isReady && search.error === null ? (search.state?.searchId ?? null) : null;
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
