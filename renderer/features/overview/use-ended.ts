/** The mini-batches that have ended, over the visible range and at the resolution of its pixels. */
import { useMemo } from 'react';
import type { OverTime } from '../../../electron/contract/analysis.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import type { Filter } from '../../state/filter.ts';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { backgroundFilter, failureFilter } from '../../state/use-failures.ts';
import { type CurvePoint, endCurve, endedIn } from './progress-points.ts';

const PIXELS_A_BUCKET = 2;
const REST_MS = 100;

export interface Ended {
  curve: readonly CurvePoint[];
  /** The number in the whole run, whatever range is visible. */
  total: number;
}

/** Returns all mini-batches that the filter leaves, and those of them that failed or timed out. */
export function useEnded(): { finished: Ended; failed: Ended } {
  const filter = useFilter((state) => state.filter);
  return { finished: useCurve(backgroundFilter(filter)), failed: useCurve(failureFilter(filter)) };
}

function useCurve(filter: Filter | null): Ended {
  const axis = useTimeAxis();
  const caseId = useCase((state) => state.caseId);
  const asked = caseId === null || filter === null || axis.width === 0 ? null : { caseId, filter };
  const buckets = Math.max(1, Math.floor(axis.width / PIXELS_A_BUCKET));
  const range = { fromUs: axis.fromUs, toUs: axis.toUs };
  const shown = useCommand('analysis.overTime', asked && { ...asked, ...range, buckets }, { delayMs: REST_MS });
  const before = useCommand(
    'analysis.overTime',
    asked && { ...asked, fromUs: axis.fullFromUs, toUs: axis.fromUs, buckets: 1 },
    { delayMs: REST_MS },
  );
  const whole = useCommand('analysis.overTime', asked && { ...asked, buckets: 1 });
  const isFromStart = axis.fromUs <= axis.fullFromUs;
  const isAsked = asked !== null;
  return useMemo(() => {
    const sum = (data: OverTime | undefined) => (data?.counts ?? []).reduce((all, counts) => all + endedIn(counts), 0);
    if (!isAsked) return { curve: [], total: 0 };
    return { curve: endCurve(shown.data ?? null, isFromStart ? 0 : sum(before.data)), total: sum(whole.data) };
  }, [isAsked, shown.data, before.data, whole.data, isFromStart]);
}
