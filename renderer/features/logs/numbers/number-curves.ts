/** Pure functions that turn numbers from lines into curves over time, and into a plot to save. */
import type { HitNumbers, NumberGroup } from '../../../../electron/contract/hits.ts';
import { formatNumber } from '../../../base/format.ts';
import { formatClock, timeTicks, type Zone } from '../../../base/format-time.ts';
import type { PlotLine, PlotSpec } from '../../../charts/plot-layout.ts';
import type { Curve } from '../../../charts/series-data.ts';

export interface NumberCurve {
  key: string;
  title: string;
  /** The CSS variable without the dashes. */
  token: string;
  curve: Curve;
}

const COLOURS = 8;
const TICKS = 8;
/** A stretch of empty buckets longer than this many usual ones is a gap. */
const GAP = 6;

export const groupName = ({ node, process, file }: Pick<NumberGroup, 'node' | 'process' | 'file'>): string =>
  file ?? ([node, process].filter((part) => part !== null).join(' ') || 'without a node');

/**
 * Returns the extremes, the 95th percentile and the median of all values, or the median of each
 * group.
 */
export function curvesOf(data: HitNumbers): NumberCurve[] {
  const { buckets } = data.all;
  const drawn = data.groups.filter((group) => group.medians !== null);
  if (drawn.length > 0)
    return drawn.map((group, index) => ({
      key: groupName(group),
      title: `${groupName(group)} (median)`,
      token: `series-${(index % COLOURS) + 1}`,
      curve: curveOf(data, group.medians ?? []),
    }));
  const of = (key: string, title: string, token: string, values: readonly (number | null)[]) => ({
    key,
    title,
    token,
    curve: curveOf(data, values),
  });
  return [
    of('max', 'max', 'series-1', buckets.max),
    of('min', 'min', 'series-1', buckets.min),
    of('p95', 'p95', 'series-2', buckets.p95),
    of('median', 'median', 'series-1', buckets.median),
  ];
}

/** Puts each value in the middle of its bucket. */
function curveOf({ fromUs, bucketUs }: HitNumbers, values: readonly (number | null)[]): Curve {
  const places = values.flatMap((value, index) => (value === null ? [] : [index]));
  const steps = places.slice(1).map((place, k) => place - (places[k] ?? 0));
  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 1;
  const timesUs: number[] = [];
  const out: (number | null)[] = [];
  places.forEach((place, k) => {
    const us = fromUs + (place + 0.5) * bucketUs;
    if (k > 0 && (steps[k - 1] ?? 0) > GAP * usual) {
      timesUs.push(us - bucketUs / 2);
      out.push(null);
    }
    timesUs.push(us);
    out.push(values[place] ?? null);
  });
  return { timesUs, values: out };
}

/** Returns the y scale, which includes 0 if the values are near it. */
export function scaleOf({ all }: Pick<HitNumbers, 'all'>): { from: number; to: number } {
  const { min, max } = all;
  if (min === null || max === null) return { from: 0, to: 1 };
  const span = max - min || Math.abs(max) || 1;
  const from = min >= 0 && min < 2 * span ? 0 : min - span * 0.05;
  const to = max <= 0 && -max < 2 * span ? 0 : max + span * 0.05;
  return { from, to };
}

/** Formats a value with at most four decimals, as many as the scale needs. */
export function formatValue(value: number | null): string {
  if (value === null) return '–';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return formatNumber(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return value.toExponential(3);
  return value.toLocaleString('en-US', { maximumFractionDigits: size < 1 ? 4 : size < 100 ? 2 : 1 });
}

export function timeSpec(data: HitNumbers, pattern: string, zone: Zone): PlotSpec {
  const { fromUs, toUs } = data;
  const lines = curvesOf(data).map(
    ({ key, title, token, curve }): PlotLine => ({
      key,
      title,
      token,
      xs: [...curve.timesUs],
      ys: [...curve.values],
    }),
  );
  return {
    title: pattern,
    x: {
      title: 'time',
      from: fromUs,
      to: toUs,
      format: (us) => formatClock(us, zone, 'second'),
      ticks: timeTicks(fromUs, toUs, TICKS, zone).map((tick) => tick.us),
    },
    y: { title: 'value', ...scaleOf(data), format: formatValue },
    lines,
  };
}

export function spreadSpec({ histogram }: HitNumbers, pattern: string): PlotSpec {
  const { from, width, counts } = histogram;
  const xs = counts.map((_, bin) => from + bin * width);
  return {
    title: pattern,
    x: { title: 'value', from, to: from + Math.max(1, counts.length) * width, format: formatValue },
    y: {
      title: 'lines',
      from: 0,
      to: Math.max(1, ...counts) * 1.05,
      format: (value) => formatNumber(Math.round(value)),
    },
    lines: [{ key: 'lines', title: 'lines', token: 'series-1', shape: 'bars', xs, ys: counts }],
  };
}
