/**
 * The buckets of the charts over time: their range, their labels, and what a click and the pointer
 * do on a bar.
 */
import { useMemo } from 'react';
import { formatClock, formatDateTime, type Zone } from '../../base/format-time.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { timeBuckets } from '../../charts/time-buckets.ts';
import type { RecordFilter } from '../../state/record-filter.ts';
import { useCase, useNavigation, useSelection } from '../../state/StoresContext.tsx';

const MOST_BUCKETS = 60;

/** Returns the time buckets of a chart of the filtered range. */
export function useChartRange(filter: RecordFilter): {
  fromUs: number;
  toUs: number;
  buckets: number;
  bucketUs: number;
} {
  const axis = useTimeAxis();
  const startUs = useCase((state) => state.info?.startUs ?? null);
  const endUs = useCase((state) => state.info?.endUs ?? null);
  const fromUs = filter.fromUs ?? startUs ?? axis.fullFromUs;
  const toUs = filter.toUs ?? endUs ?? axis.fullToUs;
  return useMemo(() => timeBuckets(fromUs, Math.max(toUs, fromUs + 1), MOST_BUCKETS), [fromUs, toUs]);
}

/**
 * Returns handlers for bars over time: a click filters by the bar's range, and hovering moves the
 * shared time cursor.
 */
export function useTimeBars(range: { fromUs: number; bucketUs: number }) {
  const navigation = useNavigation();
  const setHover = useSelection((state) => state.setHover);
  const at = (index: number) => range.fromUs + index * range.bucketUs;
  return {
    pick: (index: number) => navigation.navigate({ filter: { fromUs: at(index), toUs: at(index + 1) } }),
    hover: (index: number | null) => setHover(index === null ? null : at(index + 0.5)),
    at,
  };
}

/** Labels the first, middle and last moment below the bars. */
export function rangeTicks(fromUs: number, toUs: number, zone: Zone): { share: number; label: string }[] {
  const precision = toUs - fromUs > 3600e6 ? 'minute' : 'second';
  return [0, 0.5, 1].map((share) => ({
    share,
    label: formatClock(fromUs + share * (toUs - fromUs), zone, precision),
  }));
}

/** Labels a table row without the date, which only differs in runs that cross midnight. */
export function bucketRow(fromUs: number, toUs: number, zone: Zone): string {
  return `${formatClock(fromUs, zone, 'second')} – ${formatClock(toUs, zone, 'second')}`;
}

export function bucketTitle(fromUs: number, toUs: number, zone: Zone): string {
  return `${formatDateTime(fromUs, zone, 'second')} – ${formatClock(toUs, zone, 'second')}`;
}
