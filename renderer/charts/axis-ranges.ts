/**
 * The ranges of the time axis: the whole run, what the filter leaves of it, and what the axis shows
 * at rest.
 */
import { type TimeRange, wholeRange } from './time-scale.ts';

/** What is known of a case and chosen by a person. */
export interface AxisSources {
  /** From the first line with a time to the last; null while that is not known. */
  lines: TimeRange | null;
  run: { startUs: number | null; endUs: number | null };
  /** The bounds of the filter; null for none. */
  filter: { fromUs: number | null; toUs: number | null };
  /** The zoom: null for the whole run, undefined for none, which shows what the filter leaves. */
  zoom: TimeRange | null | undefined;
}

export interface AxisRanges {
  full: TimeRange;
  /** A bound that the filter does not set is the run's. Null if it sets neither. */
  filtered: TimeRange | null;
  /** The visible range, unless a person is moving it. */
  settled: TimeRange;
}

const LEAST_RUN_US = 1_000_000;

export function axisRanges({ lines, run, filter, zoom }: AxisSources): AxisRanges {
  const { startUs, endUs } = run;
  const whole = wholeRange(lines ?? { fromUs: startUs ?? 0, toUs: endUs ?? startUs ?? 0 }, run);
  const full = { fromUs: whole.fromUs, toUs: Math.max(whole.toUs, whole.fromUs + LEAST_RUN_US) };
  const fromUs = filter.fromUs ?? full.fromUs;
  const left = { fromUs, toUs: Math.max(filter.toUs ?? full.toUs, fromUs + 1) };
  return {
    full,
    filtered: filter.fromUs === null && filter.toUs === null ? null : left,
    settled: zoom === undefined ? left : (zoom ?? full),
  };
}
