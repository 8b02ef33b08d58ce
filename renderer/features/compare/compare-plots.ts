/**
 * Pure functions that plot two runs over each other, by the seconds since each began. The run
 * before is dashed, the run after is solid.
 */
import type { Durations, OverTime } from '../../../electron/contract/analysis.ts';
import type { PlotLine, PlotSpec } from '../../charts/plot-layout.ts';
import { niceMax } from '../../charts/series-data.ts';

type Format = (value: number) => string;
type Both<T> = readonly [T, T];

const looks = [
  { key: 'before', title: 'before', token: 'text-soft', dash: '5 3' },
  { key: 'after', title: 'after', token: 'series-1', dash: undefined },
] as const;

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
const most = (lines: readonly PlotLine[]) => lines.reduce((max, { ys }) => Math.max(max, ...ys.map((y) => y ?? 0)), 0);
/** Counts succeeded and partly failed mini-batches, which are done. */
const done = (counts: readonly number[]) => (counts[0] ?? 0) + (counts[1] ?? 0);

function overTime(
  title: string,
  runs: Both<OverTime>,
  ysOf: (run: OverTime) => number[],
  formatY: Format,
  formatX: Format,
  yTitle: string,
): PlotSpec {
  const lines = runs.map((run, index): PlotLine => {
    const ys = ysOf(run);
    return { ...(looks[index] ?? looks[0]), shape: 'steps', xs: ys.map((_, i) => (i * run.bucketUs) / 1e6), ys };
  });
  const seconds = Math.max(...runs.map((run) => (run.toUs - run.fromUs) / 1e6));
  return {
    title,
    x: { title: 'seconds since the start', from: 0, to: Math.max(1, seconds), format: formatX },
    y: { title: yTitle, from: 0, to: niceMax(most(lines)), format: formatY },
    lines,
  };
}

/** Plots how many mini-batches were done by each time. */
export function progressOver(runs: Both<OverTime>, formatY: Format, formatX: Format): PlotSpec {
  const ysOf = ({ counts }: OverTime) => {
    let total = 0;
    return counts.map((each) => {
      total += done(each);
      return total;
    });
  };
  return overTime('Progress', runs, ysOf, formatY, formatX, 'mini-batches done');
}

/** Plots how many mini-batches were done per minute. */
export function throughputOver(runs: Both<OverTime>, formatY: Format, formatX: Format): PlotSpec {
  const ysOf = ({ counts, bucketUs }: OverTime) => counts.map((each) => done(each) / (bucketUs / 60e6));
  return overTime('Throughput', runs, ysOf, formatY, formatX, 'mini-batches a minute');
}

/**
 * Plots the share of attempts that took no longer than each duration. Shares let runs of different
 * sizes compare.
 */
export function durationsOver(runs: Both<Durations>, _formatY: Format, formatX: Format): PlotSpec | null {
  const lines = runs.map((run, index): PlotLine => {
    const counts = run.edges.map((_, bin) => sum(run.counts.map((outcome) => outcome[bin] ?? 0)));
    const all = Math.max(1, sum(counts));
    let total = 0;
    const ys = counts.map((count) => {
      total += count;
      return (total / all) * 100;
    });
    return { ...(looks[index] ?? looks[0]), shape: 'line', xs: run.edges, ys };
  });
  const to = Math.max(0, ...lines.map((line) => line.xs.at(-1) ?? 0));
  if (to <= 0) return null;
  return {
    title: 'Durations of attempts',
    x: { title: 'seconds', from: 0, to, format: formatX },
    y: { title: 'share of attempts, %', from: 0, to: 100, format: (value) => `${Math.round(value)} %` },
    lines,
  };
}
