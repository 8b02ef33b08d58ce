/**
 * Exact errors appear in the strip at their true time. The engine counts activity per block of
 * lines, and a block of a quiet file spans the whole run, so its one error could appear anywhere.
 * If there are few errors, the hook looks them up.
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
 * A search finds this many lines, mostly of tracebacks, in a moment. More errors lie so close
 * together that their spread within blocks hardly matters.
 */
const MOST = 20_000;
/** A moving range is searched once it rests. */
const REST_MS = 150;

export function useExactErrors(
  activity: Histogram | undefined,
  filter: Filter,
  { fromUs, toUs, buckets }: TimeBuckets,
): Histogram | undefined {
  const isComplete = useCase((state) => state.progress?.phase === 'complete');
  const count = activity === undefined ? 0 : errorLines(activity);
  // If a person types words such as `node:`, activity follows them but not the rest of the text. No
  // search can do the same.
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
