import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useCase, useFilter, useStores } from '../state/StoresContext.tsx';
import { useCommand } from '../state/use-command.ts';
import { AXIS_LEFT_PX, AXIS_RIGHT_PX, panned, type TimeScale, usAt, wholeRange, xOf, zoomed } from './time-scale.ts';

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
  setRange: (range: TimeRange | null) => void;
  /** Shown at once; the filter, and with it the search, follows when the hand rests. */
  show: (range: TimeRange | null) => void;
  zoom: (aboutUs: number, factor: number) => void;
  pan: (share: number) => void;
}

export interface TimeRange {
  fromUs: number;
  toUs: number;
}

/** A wheel turns in many small steps: only where it stops is searched. */
const SETTLE_MS = 140;

const TimeAxisContext = createContext<TimeAxis | null>(null);

export interface TimeAxisProviderProps {
  className: string;
  children: ReactNode;
  /** Beside the column; not part of the width that time has. */
  aside?: ReactNode;
}

/** Wraps the main column, whose width it measures. */
export function TimeAxisProvider({ className, children, aside }: TimeAxisProviderProps) {
  const { filter: filterStore, busy } = useStores();
  const caseId = useCase((state) => state.caseId);
  const startUs = useCase((state) => state.info?.startUs ?? null);
  const endUs = useCase((state) => state.info?.endUs ?? null);
  const filterFrom = useFilter((state) => state.filter.fromUs);
  const filterTo = useFilter((state) => state.filter.toUs);
  const column = useRef<HTMLDivElement>(null);
  const [columnWidth, setColumnWidth] = useState(0);
  /** Where the hand is, ahead of the filter; undefined while they agree, null for the whole run. */
  const [moving, setMoving] = useState<TimeRange | null | undefined>(undefined);
  const settle = useRef<(() => void) | null>(null);
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

  const known = whole.data !== undefined && whole.data.fromUs > 0 ? whole.data : null;
  const lines = known ?? { fromUs: startUs ?? 0, toUs: endUs ?? startUs ?? 0 };
  const full = wholeRange(lines, { startUs, endUs });
  const fullFromUs = full.fromUs;
  const fullToUs = Math.max(full.toUs, fullFromUs + 1_000_000);
  const fromUs = moving === undefined ? (filterFrom ?? fullFromUs) : (moving?.fromUs ?? fullFromUs);
  const toUs = moving === undefined ? (filterTo ?? fullToUs) : (moving?.toUs ?? fullToUs);
  const latest = useRef<TimeScale | null>(null);

  // Somebody else changed the range, by a step back for instance: that wins.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filter's range is the reason
  useEffect(() => {
    settle.current?.();
    setMoving(undefined);
  }, [filterFrom, filterTo]);
  useEffect(() => () => settle.current?.(), []);

  const axis = useMemo((): TimeAxis => {
    const scale: TimeScale = {
      fromUs,
      toUs: Math.max(toUs, fromUs + 1),
      fullFromUs,
      fullToUs,
      left: AXIS_LEFT_PX,
      width: Math.max(0, columnWidth - AXIS_LEFT_PX - AXIS_RIGHT_PX),
    };
    latest.current = scale;
    const setRange = (range: TimeRange | null) => {
      settle.current?.();
      setMoving(undefined);
      filterStore.getState().patch(range ?? { fromUs: null, toUs: null });
    };
    const move = (next: (from: TimeScale) => TimeRange | null) => {
      const from = latest.current ?? scale;
      const range = next(from);
      latest.current = { ...from, fromUs: range?.fromUs ?? fullFromUs, toUs: range?.toUs ?? fullToUs };
      settle.current?.();
      setMoving(range);
      const end = busy.begin('time axis');
      const timer = setTimeout(() => setRange(range), SETTLE_MS);
      settle.current = () => {
        clearTimeout(timer);
        end();
        settle.current = null;
      };
    };
    return {
      ...scale,
      hasTime: fullFromUs > 0,
      isZoomed: fromUs !== fullFromUs || toUs !== fullToUs,
      xOf: (us) => xOf(scale, us),
      usAt: (x) => usAt(scale, x),
      setRange,
      show: (range) => move(() => range),
      zoom: (aboutUs, factor) => move((from) => zoomed(from, aboutUs, factor)),
      pan: (share) => move((from) => panned(from, share)),
    };
  }, [fromUs, toUs, fullFromUs, fullToUs, columnWidth, filterStore, busy]);

  return (
    <TimeAxisContext value={axis}>
      <div ref={column} className={className}>
        {children}
      </div>
      {aside}
    </TimeAxisContext>
  );
}

export function useTimeAxis(): TimeAxis {
  const axis = useContext(TimeAxisContext);
  if (axis === null) throw new Error('useTimeAxis is called outside TimeAxisProvider.');
  return axis;
}
