/**
 * Pure functions that turn bins of durations into bars, without empty bins at both ends, and say
 * where durations lie among them.
 */

import type { Durations } from '../../../electron/contract/analysis.ts';
import { formatDuration } from '../../base/format.ts';
import type { ShareLabel } from '../../charts/stacked-bars-layout.ts';

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

/** Returns the durations at both ends and in the middle, as labels below the bars. */
export function durationTicks(bars: readonly DurationBar[]): ShareLabel[] {
  return [0, 0.5, 1].map((share) => ({ share, label: bars.length === 0 ? '' : formatDuration(edgeAt(bars, share)) }));
}

function edgeAt(bars: readonly DurationBar[], share: number): number {
  const at = Math.round(share * bars.length);
  return at >= bars.length ? (bars.at(-1)?.to ?? 0) : (bars[at]?.from ?? 0);
}

/** Fewer attempts have no quantiles to speak of. */
const LEAST_COUNT = 5;

/** Returns lines through the bars at the median and the 95th percentile. */
export function durationMarks(
  bars: readonly DurationBar[],
  { count, p50, p95 }: { count: number; p50: number; p95: number },
): ShareLabel[] {
  if (count < LEAST_COUNT) return [];
  return [
    { share: shareOf(bars, p50), label: 'p50' },
    { share: shareOf(bars, p95), label: 'p95' },
  ];
}
