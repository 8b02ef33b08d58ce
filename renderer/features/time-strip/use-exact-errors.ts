/**
 * Exact errors stand in the strip where they are. Activity is counted by blocks of lines, and a
 * block of a quiet file spans the whole run: its one error would stand anywhere. Where there are
 * few errors, the hook looks them up.
 */
import { useMemo } from 'react';
import type { Histogram } from '../../../electron/contract/commands.ts';
import type { TimeBuckets } from '../../charts/time-buckets.ts';
import type { Filter } from '../../state/filter.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useSearch } from '../../state/use-search.ts';
import { errorLines, withErrorsOf } from './strip-counts.ts';

/**
 * So many lines, mostly of tracebacks, are found in a moment; more stand so close that being spread
 * in their blocks matters little.
 */
const MOST = 20_000;
/** A range that moves with the hand is searched when it rests. */
const REST_MS = 150;

export function useExactErrors(
  activity: Histogram | undefined,
  filter: Filter,
  { fromUs, toUs, buckets }: TimeBuckets,
): Histogram | undefined {
  const isComplete = useCase((state) => state.progress?.phase === 'complete');
  const count = activity === undefined ? 0 : errorLines(activity);
  // Where words such as `node:` are typed, activity goes by them and not by the rest of the text,
  // which no search can do.
  const isAsked = isComplete && filter.query === '' && activity?.complete === true && count > 0 && count <= MOST;
  const wanted = useMemo((): Filter | null => {
    if (!isAsked) return null;
    return { ...filter, fromUs, toUs, minLevel: filter.minLevel === 'critical' ? 'critical' : 'error' };
  }, [isAsked, filter, fromUs, toUs]);
  const search = useSearch(wanted, 'file', null, { restMs: REST_MS });
  const isFound = wanted !== null && !search.isStale && search.state?.complete === true;
  const searchId = isFound ? (search.state?.searchId ?? null) : null;
  const { data } = useCommand('search.histogram', searchId === null ? null : { searchId, fromUs, toUs, buckets });
  return useMemo(() => {
    const isOfThese = data !== undefined && data.fromUs === activity?.fromUs && data.bucketUs === activity.bucketUs;
    return activity === undefined || !isOfThese || searchId === null ? activity : withErrorsOf(activity, data);
  }, [activity, data, searchId]);
}
