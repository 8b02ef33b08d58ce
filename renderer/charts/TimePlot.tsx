/**
 * A time plot draws curves over the one time axis with uPlot. It turns curves, bands, spans and
 * marks into a plot and updates the plot as the axis moves. Its view handles cursor, range and
 * clicks.
 */
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { timeTicks, type Zone } from '../base/format-time.ts';
import { useStores, useView } from '../state/StoresContext.tsx';
import { useLatest } from '../state/use-latest.ts';
import { drawInTurn, leaveTurn } from './draw-turns.ts';
import { alignCurves, type Curve } from './series-data.ts';
import { type TimeAxis, useTimeAxis } from './TimeAxisContext.tsx';
import { drawMarks, drawSpans, type TimeMark, type TimeSpan } from './time-marks.ts';
import { AXIS_RIGHT_PX } from './time-scale.ts';
import { type Colour, useThemeColours } from './use-theme-colours.ts';
import './time-plot.css';

export interface PlotCurve {
  key: string;
  curve: Curve;
  /** The CSS variable without the dashes: `series-1`. */
  token: string;
  /** Tells curves of the same colour apart. */
  dash?: readonly number[];
  width?: number;
  opacity?: number;
  /** The opacity of the line, 0 for none. Used for the edges of a band. */
  line?: number;
  /** Fills down to 0 with a light tint. */
  isFilled?: boolean;
}

/** A fill between two curves, named by their keys. */
export interface PlotBand {
  high: string;
  low: string;
  token: string;
  opacity: number;
}

export interface TimePlotProps {
  height: number;
  curves: readonly PlotCurve[];
  bands?: readonly PlotBand[];
  /** The scale goes from `min`, or 0, to this value. */
  max: number;
  min?: number;
  formatY: (value: number) => string;
  /** The room above the plot for a line of text. */
  top?: number;
  /** Spans go behind the curves, marks at the foot of the plot. */
  spans?: readonly TimeSpan[];
  marks?: readonly TimeMark[];
}

const AXIS_FONT = '11px system-ui, sans-serif';
const TICK_GAP_PX = 92;
const LABEL_GAP_PX = 22;
const WIDE_LABEL_GAP_PX = 44;
/** Closer samples get a line without dots. */
const DOT_GAP_PX = 10;
/** The room below the plot, so that a curve at 0 shows. */
export const FOOT_PX = 6;

interface Latest {
  props: TimePlotProps;
  axis: TimeAxis;
  zone: Zone;
  colour: Colour;
}

/**
 * Draws curves over the one time axis, aligned with the time strip. Its view handles cursor, range
 * and clicks. It offers nothing to a screen reader, because the view's table has the figures.
 */
export function TimePlot(props: TimePlotProps) {
  const { curves, bands, height, max, min = 0, marks, spans } = props;
  const axis = useTimeAxis();
  const { busy } = useStores();
  const zone = useView((state) => state.zone);
  const colour = useThemeColours();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const endTurn = useRef(() => {});
  const latest = useLatest<Latest>({ props, axis, zone, colour });

  const structure = JSON.stringify([
    curves.map(({ key, dash, isFilled }) => [key, dash, isFilled]),
    bands?.map(({ high, low }) => [high, low]),
  ]);
  const data = useMemo((): uPlot.AlignedData => {
    const { timesUs, columns } = alignCurves(curves.map(({ curve }) => curve));
    return [timesUs, ...columns];
  }, [curves]);
  const dataRef = useLatest(data);
  const width = axis.left + axis.width + AXIS_RIGHT_PX;
  const hasWidth = axis.width > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: options that uPlot cannot change need a new plot
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null || !hasWidth) return;
    const made = new uPlot(optionsOf(latest), dataRef.current, element);
    plot.current = made;
    return () => {
      plot.current = null;
      leaveTurn(made);
      endTurn.current();
      made.destroy();
    };
  }, [structure, hasWidth]);

  useLayoutEffect(() => {
    if (plot.current !== null && plot.current.data !== data) plot.current.setData(data);
  }, [data]);

  useLayoutEffect(() => {
    const made = plot.current;
    if (made !== null && (made.width !== width || made.height !== height)) made.setSize({ width, height });
  }, [width, height]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of any of them redraws
  useLayoutEffect(() => {
    const made = plot.current;
    if (made === null) return;
    endTurn.current();
    endTurn.current = busy.begin('chart');
    drawInTurn(made, () => {
      const { fromUs, toUs } = latest.current.axis;
      made.setScale('x', { min: fromUs, max: toUs });
      endTurn.current();
    });
  }, [axis.fromUs, axis.toUs, max, min]);

  const styles = JSON.stringify(curves.map(({ token, width: line, opacity }) => [token, line, opacity]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of any of them redraws
  useEffect(() => {
    const made = plot.current;
    if (made === null) return;
    for (const [i, each] of latest.current.props.curves.entries()) {
      const series = made.series[i + 1];
      if (series === undefined) continue;
      series.width = each.width ?? 1.5;
      series.alpha = each.opacity ?? 1;
    }
    made.redraw(true, true);
  }, [styles, colour, zone, marks, spans, axis.left, axis.width]);

  return <div ref={host} className="time-plot" style={{ height }} aria-hidden="true" />;
}

function optionsOf(latest: { current: Latest }): uPlot.Options {
  const { props, axis } = latest.current;
  const colour = (token: string) => latest.current.colour(token);
  const indexOf = (key: string) => props.curves.findIndex((each) => each.key === key) + 1;
  return {
    width: axis.left + axis.width + AXIS_RIGHT_PX,
    height: props.height,
    padding: [props.top ?? 4, AXIS_RIGHT_PX, FOOT_PX, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [latest.current.axis.fromUs, latest.current.axis.toUs] },
      y: { range: () => [latest.current.props.min ?? 0, latest.current.props.max] },
    },
    axes: [
      {
        size: 0,
        gap: 0,
        splits: () => {
          const { axis: now, zone } = latest.current;
          return timeTicks(now.fromUs, now.toUs, Math.floor(now.width / TICK_GAP_PX), zone).map((tick) => tick.us);
        },
        values: (_plot, splits) => splits.map(() => ''),
        grid: { stroke: () => colour('line'), width: 1 },
        ticks: { show: false },
      },
      {
        size: axis.left,
        gap: 6,
        font: AXIS_FONT,
        space: (_plot, _axis, _min, _max, room) => (room > 200 ? WIDE_LABEL_GAP_PX : LABEL_GAP_PX),
        stroke: () => colour('text-faint'),
        values: (_plot, splits) => splits.map((value) => latest.current.props.formatY(value)),
        grid: { stroke: () => colour('line'), width: 1 },
        ticks: { show: false },
      },
    ],
    series: [
      {},
      ...props.curves.map((each, i): uPlot.Series => {
        const tokenNow = () => latest.current.props.curves[i]?.token ?? each.token;
        return {
          stroke: () => (each.line === undefined ? colour(tokenNow()) : mixed(colour(tokenNow()), each.line)),
          fill: each.isFilled === true ? () => mixed(colour(tokenNow()), 0.12) : undefined,
          width: each.width ?? 1.5,
          alpha: each.opacity ?? 1,
          dash: each.dash === undefined ? undefined : [...each.dash],
          points: {
            size: 4,
            show: each.line === undefined ? isSparse : false,
            filter: each.line === undefined ? lonely : undefined,
            fill: () => colour(tokenNow()),
          },
        };
      }),
    ],
    bands: props.bands?.map((band) => ({
      series: [indexOf(band.high), indexOf(band.low)],
      fill: () => mixed(colour(band.token), band.opacity),
    })),
    hooks: {
      drawClear: [
        (made) => drawSpans(made.ctx, frameOf(made), latest.current.props.spans ?? [], latest.current.colour),
      ],
      draw: [(made) => drawMarks(made.ctx, frameOf(made), latest.current.props.marks ?? [], latest.current.colour)],
    },
  };
}

function mixed(colour: string, share: number): string {
  return `color-mix(in srgb, ${colour} ${share * 100}%, transparent)`;
}

function frameOf(made: uPlot) {
  return {
    left: made.bbox.left,
    top: made.bbox.top,
    width: made.bbox.width,
    height: made.bbox.height,
    ratio: window.devicePixelRatio,
    xOf: (us: number) => made.valToPos(us, 'x', true),
  };
}

/** Decides whether samples are few enough to draw as dots, with a line to guide the eye. */
function isSparse(made: uPlot, _series: number, first: number, last: number): boolean {
  return made.bbox.width / window.devicePixelRatio / Math.max(1, last - first) >= DOT_GAP_PX;
}

/** Returns the samples between two gaps. They have no line, so only a dot shows them. */
function lonely(made: uPlot, series: number, show: boolean): number[] | null {
  if (show) return null;
  const values = made.data[series] ?? [];
  const found: number[] = [];
  const isGap = (at: number) => at < 0 || at >= values.length || values[at] === null;
  for (let i = 0; i < values.length; i++) {
    if (values[i] == null) continue;
    let before = i - 1;
    let after = i + 1;
    while (before >= 0 && values[before] === undefined) before--;
    while (after < values.length && values[after] === undefined) after++;
    if (isGap(before) && isGap(after)) found.push(i);
  }
  return found.length === 0 ? null : found;
}
