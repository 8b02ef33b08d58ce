/** Pure functions that turn bins of durations into bars and drop empty bins at both ends. */

import type { Durations } from '../../../electron/contract/analysis.ts';
import { formatDuration } from '../../base/format.ts';

export interface DurationBar {
  key: string;
  counts: readonly number[];
  label: string;
  from: number;
  to: number;
}

export function durationBars({ edges, counts }: Durations): DurationBar[] {
  const ratio = edges.length > 1 ? (edges[1] ?? 1) / (edges[0] ?? 1) : 2;
  const bars = edges.map((to, bin) => {
    const from = edges[bin - 1] ?? to / ratio;
    return {
      key: String(bin),
      from,
      to,
      counts: counts.map((ofOutcome) => ofOutcome[bin] ?? 0),
      label: `${formatDuration(from)} – ${formatDuration(to)}`,
    };
  });
  const isFull = (bar: DurationBar) => bar.counts.some((count) => count > 0);
  const first = bars.findIndex(isFull);
  return first < 0 ? [] : bars.slice(first, bars.findLastIndex(isFull) + 1);
}

/** Returns where a duration lies among the bars, 0…1. The bins are logarithmic. */
export function shareOf(bars: readonly DurationBar[], seconds: number): number {
  const [least, most] = [bars[0]?.from ?? 1, bars.at(-1)?.to ?? 1];
  if (!(seconds > 0) || !(least > 0) || most <= least) return 0;
  return Math.min(1, Math.max(0, Math.log(seconds / least) / Math.log(most / least)));
}
