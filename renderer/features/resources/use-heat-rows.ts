/**
 * The rows of the heat map: their order and height, which are in sight, and the curve of each. A
 * map of very many rows asks only for the curves in sight.
 */
import { useMemo } from 'react';
import type { MetricLook } from '../../charts/metrics.ts';
import { type Curve, summaryOf } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { type RowWindow, rowHeight, rowsInSight } from './heat-cells.ts';
import { useResourcesState } from './resources-state.ts';
import { greatestFirst, type SeriesGroup } from './series-groups.ts';
import { type ResourcesView, useGreatest, useGroupCurves } from './use-resources.ts';

/** Rows that scroll past faster are not asked for. */
const REST_MS = 60;
/** Up to this many curves are asked for together. */
const TOGETHER = 400;

export interface HeatRows extends RowWindow {
  rows: readonly SeriesGroup[];
  /** The height of a row. */
  rowPx: number;
  /** The part of the map in sight. */
  scrollTop: number;
  height: number;
  curveOf: (group: SeriesGroup) => Curve;
  /** The value of the strongest colour. */
  max: number;
  /** The curves of all rows are asked for, not only those in sight. */
  isTogether: boolean;
}

export function useHeatRows({ groups }: ResourcesView, look: MetricLook, scrollTop: number, height: number): HeatRows {
  const { fromUs, toUs } = useTimeAxis();
  const { order } = useResourcesState();
  const isTogether = groups.length <= TOGETHER;
  const rowPx = rowHeight(groups.length, height);
  const { first, last } = rowsInSight(groups.length, rowPx, scrollTop, height);
  const wanted = useMemo(
    () => (isTogether ? groups : groups.slice(first, last + 1)),
    [isTogether, groups, first, last],
  );
  const { curveOf } = useGroupCurves(wanted, { delayMs: isTogether ? 0 : REST_MS });
  const max = look.scaleTo(useGreatest(wanted, curveOf));
  const rows = useMemo(
    () =>
      order === 'name' || !isTogether
        ? groups
        : greatestFirst(groups, (group) => summaryOf(curveOf(group), fromUs, toUs).max),
    [groups, order, isTogether, curveOf, fromUs, toUs],
  );
  return { rows, rowPx, first, last, scrollTop, height, curveOf, max, isTogether };
}
