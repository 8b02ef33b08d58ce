/**
 * The curves that the lanes can have: one metric in the head of each node, or memory and CPU below
 * each process. The samples of the run decide which there are.
 */
import { useMemo } from 'react';
import { compareMetrics, type MetricLook, metricLook } from '../../charts/metrics.ts';
import { useSeriesList } from '../../charts/use-series.ts';
import { useLanesState } from './lanes-state.ts';

export interface LaneCurves {
  /** The metrics that nodes have, in the order of the menu. */
  looks: readonly MetricLook[];
  /** The chosen one; null for none. */
  look: MetricLook | null;
  hasProcessSeries: boolean;
}

export function useLaneCurves(): LaneCurves {
  const { series } = useSeriesList();
  const { metric } = useLanesState();
  const looks = useMemo(() => {
    const byMetric = new Map(
      series
        .filter((info) => info.process === null && info.pid === null)
        .map((info) => [info.metric, metricLook(info)]),
    );
    return [...byMetric.values()].sort(compareMetrics);
  }, [series]);
  return {
    looks,
    look: looks.find((each) => each.metric === metric) ?? null,
    hasProcessSeries: series.some((info) => info.process !== null || info.pid !== null),
  };
}
