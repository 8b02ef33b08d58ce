/**
 * Pure functions that make the plots beside the root cause: memory or disk, durations of attempts,
 * failures over time.
 */
import type { AttemptDots, OverTime } from '../../../electron/contract/analysis.ts';
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { formatCompact, formatDuration, formatMeasured, formatNumber } from '../../base/format.ts';
import { timeTicks } from '../../base/format-time.ts';
import type { PlotLine, PlotMark, PlotSpec } from '../../charts/plot-layout.ts';
import { niceMax } from '../../charts/series-data.ts';

const MOST_TICKS = 6;

export interface MeasuredLine extends PlotLine {
  unit: string;
}

type Clock = (us: number) => string;

function timeAxis(fromUs: number, toUs: number, clock: Clock): PlotSpec['x'] {
  const ticks = timeTicks(fromUs, toUs, MOST_TICKS, 'utc').map((tick) => tick.us);
  return { title: 'time', from: fromUs, to: toUs, format: clock, ticks };
}

function causeMark(info: RunInfo, timeUs: number | null): PlotMark[] {
  return timeUs === null || info.firstCause === null ? [] : [{ x: timeUs, label: 'root cause', token: 'time-cursor' }];
}

/** Returns the first and last time of the plot: the run's, extended to what is drawn. */
function spanOf(info: RunInfo, lines: readonly PlotLine[]): [number, number] {
  let from = info.startUs ?? Number.POSITIVE_INFINITY;
  let to = info.endUs ?? Number.NEGATIVE_INFINITY;
  for (const { xs } of lines) {
    from = Math.min(from, xs[0] ?? from);
    to = Math.max(to, xs.at(-1) ?? to);
  }
  return [from, Math.max(to, from + 1)];
}

export function seriesPlot(
  info: RunInfo,
  title: string,
  lines: readonly MeasuredLine[],
  timeUs: number | null,
  clock: Clock,
): PlotSpec {
  const unit = lines[0]?.unit ?? '';
  const most = lines.reduce((max, { ys }) => ys.reduce<number>((m, y) => (y !== null && y > m ? y : m), max), 0);
  const top = unit === '%' && most > 40 ? 100 : niceMax(most);
  return {
    title,
    x: timeAxis(...aroundCause(spanOf(info, lines), lines[0], timeUs), clock),
    y: { title: unit, from: 0, to: top, format: (value) => formatMeasured(value, unit) },
    lines,
    marks: causeMark(info, timeUs),
  };
}

/**
 * Returns the part of the span around the life of what died, or the whole span if the cause has no
 * time or no samples.
 */
function aroundCause(
  [from, to]: [number, number],
  line: PlotLine | undefined,
  timeUs: number | null,
): [number, number] {
  const start = line?.xs[0];
  const last = line?.xs.at(-1);
  if (timeUs === null || start === undefined || last === undefined) return [from, to];
  const end = Math.max(last, timeUs);
  const margin = (end - start) * 0.15;
  return [Math.max(from, start - margin), Math.min(to, end + Math.max(margin, 1e6))];
}

/**
 * Plots attempts by start and duration, reduced to a grid of dots. Those of slow nodes stand out.
 */
export function durationsPlot(
  info: RunInfo,
  dots: AttemptDots | null,
  slowNodes: readonly string[],
  medianSeconds: number | null,
  timeUs: number | null,
  clock: Clock,
): PlotSpec | null {
  if (dots === null || dots.total === 0) return null;
  const line = (key: string, title: string, token: string, of: readonly number[]): PlotLine => ({
    key,
    title,
    token,
    shape: 'dots',
    xs: of.filter((_, index) => index % 3 === 0),
    ys: of.filter((_, index) => index % 3 === 1),
  });
  const isApart = dots.apart.length > 0;
  const lines = [line('all', isApart ? 'other nodes' : 'attempts', 'series-1', dots.others)];
  if (isApart) lines.push(line('slow', namesOf(slowNodes), 'outcome-failed', dots.apart));
  const [from, to] = spanOf(info, lines);
  if (medianSeconds !== null) {
    lines.push({
      key: 'median',
      title: 'median',
      token: 'text-soft',
      dash: '4 3',
      width: 1,
      xs: [from, to],
      ys: [medianSeconds, medianSeconds],
    });
  }
  return {
    title: 'Duration of attempts by start',
    x: timeAxis(from, to, clock),
    y: {
      title: 'seconds',
      from: 0,
      to: niceMax(dots.maxSeconds),
      format: formatDuration,
    },
    lines,
    marks: causeMark(info, timeUs),
  };
}

const MOST_NAMES = 3;

function namesOf(nodes: readonly string[]): string {
  const rest = nodes.length - MOST_NAMES;
  return `${nodes.slice(0, MOST_NAMES).join(', ')}${rest > 0 ? ` and ${formatNumber(rest)} more` : ''}`;
}

/** Plots the attempts that ended in each bucket of time, and how many of them went wrong. */
export function failuresPlot(
  info: RunInfo,
  data: OverTime | null,
  timeUs: number | null,
  clock: Clock,
): PlotSpec | null {
  if (data === null || data.counts.length === 0) return null;
  const all = data.counts.map((counts) => counts.reduce((sum, count) => sum + count, 0));
  // Counts partial, failed, timed out and unfinished.
  const bad = data.counts.map(([, partial, failed, timedOut, unfinished]) => partial + failed + timedOut + unfinished);
  if (all.every((count) => count === 0)) return null;
  const xs = data.counts.map((_, index) => data.fromUs + index * data.bucketUs);
  return {
    title: 'Attempts over time',
    x: timeAxis(data.fromUs, data.toUs, clock),
    y: { title: 'attempts', from: 0, to: niceMax(Math.max(...all)), format: formatCompact },
    lines: [
      { key: 'all', title: 'attempts ended', token: 'level-none', shape: 'bars', xs, ys: all },
      { key: 'bad', title: 'of them not succeeded', token: 'outcome-failed', shape: 'bars', xs, ys: bad },
    ],
    marks: causeMark(info, timeUs),
  };
}
