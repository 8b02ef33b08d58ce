/**
 * The time axis is the range of time that all views of the window show, and the pixels it covers.
 * Its provider wraps the main column, combines zoom, filter and whole run into one range, and keeps
 * the range in the address.
 */
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useRef } from 'react';
import {
  AXIS_LEFT_PX,
  AXIS_RIGHT_PX,
  panned,
  type TimeRange,
  type TimeScale,
  usAt,
  xOf,
  zoomed,
} from './time-scale.ts';
import { useAxisRanges } from './use-axis-ranges.ts';
import { useAxisZoom } from './use-axis-zoom.ts';
import { useSize } from './use-size.ts';

/**
 * The one time axis, which spans the main column. A view with time on the x axis draws over the
 * full width of that column with the plot area at `left` … `left + width`, so it aligns with the
 * time strip pixel by pixel. The range only controls what is visible and narrows no filter. Without
 * a zoom it is the range that the filter leaves, otherwise the whole run.
 */
export interface TimeAxis extends TimeScale {
  /** False while no line of the case has a time. */
  hasTime: boolean;
  isZoomed: boolean;
  xOf: (us: number) => number;
  usAt: (x: number) => number;
  /** The visible range when it last rested, which is what the engine is asked for. */
  settled: TimeRange;
  /**
   * The range that the filter leaves. A bound that it does not set is the run's. Null if it sets
   * neither.
   */
  filtered: TimeRange | null;
  /** Zooms to a range as a step of its own, which Back undoes. Null is the whole run. */
  zoomTo: (range: TimeRange | null) => void;
  /**
   * Shows a range immediately. The address and the questions to the engine follow once it rests.
   */
  show: (range: TimeRange | null) => void;
  zoom: (aboutUs: number, factor: number) => void;
  pan: (share: number) => void;
}

const TimeAxisContext = createContext<TimeAxis | null>(null);

export interface TimeAxisProviderProps {
  className: string;
  children: ReactNode;
  /** Content beside the column, outside the width of the time axis. */
  aside?: ReactNode;
}

/** Wraps the main column and measures its width. */
export function TimeAxisProvider({ className, children, aside }: TimeAxisProviderProps) {
  const { ref: column, width } = useSize<HTMLDivElement>();
  const axis = useAxis(width);
  return (
    <TimeAxisContext value={axis}>
      <div ref={column} className={className}>
        {children}
      </div>
      {aside}
    </TimeAxisContext>
  );
}

/** Makes the axis over a column of some width. */
function useAxis(columnWidth: number): TimeAxis {
  const zoom = useAxisZoom();
  const ranges = useAxisRanges(zoom.range);
  const { moving, move, zoomTo } = zoom;
  const scale = useMemo((): TimeScale => {
    const { fromUs, toUs } = moving === undefined ? ranges.settled : (moving ?? ranges.full);
    return {
      fromUs,
      toUs: Math.max(toUs, fromUs + 1),
      fullFromUs: ranges.full.fromUs,
      fullToUs: ranges.full.toUs,
      left: AXIS_LEFT_PX,
      width: Math.max(0, columnWidth - AXIS_LEFT_PX - AXIS_RIGHT_PX),
    };
  }, [moving, ranges, columnWidth]);
  // Several steps of a wheel can come before the axis is drawn again. Each starts from the last.
  const latest = useRef(scale);
  useLayoutEffect(() => {
    latest.current = scale;
  }, [scale]);
  return useMemo(() => {
    const { full, settled, filtered } = ranges;
    const show = (range: TimeRange | null) => {
      latest.current = { ...latest.current, ...(range ?? full) };
      move(range);
    };
    return {
      ...scale,
      hasTime: full.fromUs > 0,
      isZoomed: scale.fromUs !== full.fromUs || scale.toUs !== full.toUs,
      xOf: (us) => xOf(scale, us),
      usAt: (x) => usAt(scale, x),
      settled,
      filtered,
      zoomTo,
      show,
      zoom: (aboutUs, factor) => show(zoomed(latest.current, aboutUs, factor)),
      pan: (share) => show(panned(latest.current, share)),
    };
  }, [scale, ranges, move, zoomTo]);
}

export function useTimeAxis(): TimeAxis {
  const axis = useContext(TimeAxisContext);
  if (axis === null) throw new Error('useTimeAxis is called outside TimeAxisProvider.');
  return axis;
}
