import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useCase, useFilter, useStores } from '../state/StoresContext.tsx';
import { useCommand } from '../state/use-command.ts';
import { AXIS_LEFT_PX, AXIS_RIGHT_PX, panned, type TimeScale, usAt, xOf, zoomed } from './time-scale.ts';

/**
 * The one time axis. It spans the main column; a view with time on x draws over the full width of that column with the
 * plot area at `left` … `left + width`, and so stands pixel by pixel under the time strip.
 */
export interface TimeAxis extends TimeScale {
  /** False while no line of the case has a time. */
  hasTime: boolean;
  isZoomed: boolean;
  xOf: (us: number) => number;
  usAt: (x: number) => number;
  /** The shown range is the filter's time range; null is the whole run. */
  setRange: (range: { fromUs: number; toUs: number } | null) => void;
  zoom: (aboutUs: number, factor: number) => void;
  pan: (share: number) => void;
}

const TimeAxisContext = createContext<TimeAxis | null>(null);

/** Wraps the main column, whose width it measures. */
export function TimeAxisProvider({ className, children }: { className: string; children: ReactNode }) {
  const { filter: filterStore } = useStores();
  const caseId = useCase((state) => state.caseId);
  const startUs = useCase((state) => state.info?.startUs ?? null);
  const endUs = useCase((state) => state.info?.endUs ?? null);
  const filterFrom = useFilter((state) => state.filter.fromUs);
  const filterTo = useFilter((state) => state.filter.toUs);
  const column = useRef<HTMLDivElement>(null);
  const [columnWidth, setColumnWidth] = useState(0);
  const whole = useCommand('timeline.activity', caseId === null ? null : { caseId, filter: {}, buckets: 1 });

  useLayoutEffect(() => {
    const element = column.current;
    if (element === null) return;
    const read = () => setColumnWidth(element.clientWidth);
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const fullFromUs = whole.data?.fromUs ?? startUs ?? 0;
  const lastUs = whole.data?.toUs ?? endUs ?? fullFromUs;
  const fullToUs = Math.max(lastUs, fullFromUs + 1_000_000);
  const axis = useMemo((): TimeAxis => {
    const fromUs = filterFrom ?? fullFromUs;
    const scale: TimeScale = {
      fromUs,
      toUs: Math.max(filterTo ?? fullToUs, fromUs + 1),
      fullFromUs,
      fullToUs,
      left: AXIS_LEFT_PX,
      width: Math.max(0, columnWidth - AXIS_LEFT_PX - AXIS_RIGHT_PX),
    };
    const setRange = (range: { fromUs: number; toUs: number } | null) =>
      filterStore.getState().patch(range ?? { fromUs: null, toUs: null });
    return {
      ...scale,
      hasTime: fullFromUs > 0,
      isZoomed: filterFrom !== null || filterTo !== null,
      xOf: (us) => xOf(scale, us),
      usAt: (x) => usAt(scale, x),
      setRange,
      zoom: (aboutUs, factor) => setRange(zoomed(scale, aboutUs, factor)),
      pan: (share) => setRange(panned(scale, share)),
    };
  }, [filterFrom, filterTo, fullFromUs, fullToUs, columnWidth, filterStore]);

  return (
    <TimeAxisContext value={axis}>
      <div ref={column} className={className}>
        {children}
      </div>
    </TimeAxisContext>
  );
}

export function useTimeAxis(): TimeAxis {
  const axis = useContext(TimeAxisContext);
  if (axis === null) throw new Error('useTimeAxis is called outside TimeAxisProvider.');
  return axis;
}
