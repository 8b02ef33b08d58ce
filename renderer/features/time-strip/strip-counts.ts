/**
 * Strip counts are sums over the buckets of a histogram: the fullest bucket, the lines of a range,
 * the failures in it. The drawing and the readout share these pure functions.
 */
import type { OverTime } from '../../../electron/contract/analysis.ts';
import type { Histogram } from '../../../electron/contract/commands.ts';
import { formatDuration } from '../../base/format.ts';

/** Returns the lines of all levels in one bucket. */
export function totalAt(histogram: Histogram, bucket: number): number {
  return histogram.counts.reduce((sum, series) => sum + (series[bucket] ?? 0), 0);
}

/** Returns the fullest bucket of those within a range. */
export function peakOf(histogram: Histogram, fromUs: number, toUs: number): number {
  let peak = 0;
  const buckets = histogram.counts[0]?.length ?? 0;
  for (let i = 0; i < buckets; i++) {
    const start = histogram.fromUs + i * histogram.bucketUs;
    if (start < toUs && start + histogram.bucketUs > fromUs) peak = Math.max(peak, totalAt(histogram, i));
  }
  return peak;
}

/**
 * Picks the buckets that show a line. The engine spreads the lines of a block over all buckets it
 * spans, so one error in a small file of two minutes may count 1/250 in each bucket. It must show
 * once, not as a row of errors from end to end.
 */
export function wholeLines(series: readonly number[]): boolean[] {
  let carried = 0;
  return series.map((count) => {
    carried += count;
    // Shares add up to a whole apart from rounding.
    if (carried < 1 - 1e-6) return false;
    carried = Math.max(0, carried - Math.max(1, Math.floor(carried + 1e-6)));
    return true;
  });
}

/** The index of the first error level in a histogram. Error and critical follow. */
const ERROR = 4;

/** Counts all error lines of a histogram. */
export function errorLines(histogram: Histogram): number {
  return Math.round(
    histogram.counts.slice(ERROR).reduce((sum, series) => sum + series.reduce((all, count) => all + count, 0), 0),
  );
}

/** Replaces the errors of a histogram with those of another that has the same buckets. */
export function withErrorsOf(histogram: Histogram, errors: Histogram): Histogram {
  return {
    ...histogram,
    counts: histogram.counts.map((series, at) => (at < ERROR ? series : (errors.counts[at] ?? series))),
  };
}

/** Returns the bucket of a moment, or null outside the histogram. */
export function bucketAt(histogram: Histogram, us: number): number | null {
  const at = Math.floor((us - histogram.fromUs) / histogram.bucketUs);
  return at >= 0 && at < (histogram.counts[0]?.length ?? 0) ? at : null;
}

/**
 * Counts the lines of each level in [fromUs, toUs). A bucket that is only partly inside contributes
 * that share.
 */
export function countsIn(histogram: Histogram, fromUs: number, toUs: number): number[] {
  return histogram.counts.map((series) =>
    series.reduce((sum, count, i) => {
      const start = histogram.fromUs + i * histogram.bucketUs;
      const within = Math.min(start + histogram.bucketUs, toUs) - Math.max(start, fromUs);
      return within <= 0 ? sum : sum + count * (within / histogram.bucketUs);
    }, 0),
  );
}

export interface FailureCount {
  failed: number;
  timedOut: number;
}

/**
 * Counts the mini-batches that ended badly in [fromUs, toUs), using buckets whose middles lie
 * within.
 */
export function failuresIn(failures: OverTime | null, fromUs: number, toUs: number): FailureCount {
  const count = { failed: 0, timedOut: 0 };
  for (const [index, [, , failed, timedOut]] of (failures?.counts ?? []).entries()) {
    const middle = (failures?.fromUs ?? 0) + (index + 0.5) * (failures?.bucketUs ?? 0);
    if (middle < fromUs || middle >= toUs) continue;
    count.failed += failed;
    count.timedOut += timedOut;
  }
  return count;
}

/** Formats the length of a bucket, which is a round number: `30 s`, not `30.0 s`. */
export function bucketWord(bucketUs: number): string {
  return formatDuration(bucketUs / 1e6)
    .replace('.0 s', ' s')
    .replace(/ 00 [hms]$/, '');
}
