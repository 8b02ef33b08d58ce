/**
 * The rows of graphs below each other: their order, their curves and their common scale. A view of
 * very many rows knows no curves; each row asks for its own when it comes into view.
 */
import { useMemo } from 'react';
import type { MetricLook } from '../../charts/metrics.ts';
import { type Curve, summaryOf } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useResourcesState } from './resources-state.ts';
import { greatestFirst, type SeriesGroup } from './series-groups.ts';
import { type ResourcesView, useGreatest, useGroupCurves } from './use-resources.ts';

/** Up to this many rows ask for their curves together. */
export const TOGETHER = 150;

export interface SeriesRows {
  rows: readonly SeriesGroup[];
  /** Null if each row asks for its own curve. */
  curveOf: ((group: SeriesGroup) => Curve) | null;
  isLoading: boolean;
  /** The top of the shared scale. With null, each row has its own. */
  max: number | null;
}

export function useSeriesRows({ groups }: ResourcesView, look: MetricLook): SeriesRows {
  const { fromUs, toUs } = useTimeAxis();
  const { isShared, order } = useResourcesState();
  const isTogether = groups.length <= TOGETHER;
  const { curveOf, isLoading } = useGroupCurves(isTogether ? groups : null);
  const greatest = useGreatest(isTogether ? groups : [], curveOf);
  const isCounter = groups[0]?.infos[0]?.counter === true;
  // For rows that have not loaded, only the values of gauges are known.
  const knownMax = isTogether ? greatest : isCounter ? null : Math.max(...groups.map(listedMax), 0);
  const rows = useMemo(() => {
    if (order === 'name') return groups;
    return greatestFirst(groups, (group) =>
      isTogether ? summaryOf(curveOf(group), fromUs, toUs).max : listedMax(group),
    );
  }, [groups, order, isTogether, curveOf, fromUs, toUs]);
  return {
    rows,
    curveOf: isTogether ? curveOf : null,
    isLoading: isTogether && isLoading,
    max: isShared && knownMax !== null ? look.scaleTo(knownMax) : null,
  };
}

function listedMax(group: SeriesGroup): number {
  return Math.max(...group.infos.map((info) => info.max));
}
