/**
 * The time axis is the range of time that all views of the window show, and the pixels it covers.
 * Its provider wraps the main column, combines zoom, filter and whole run into one range, and keeps
 * the range in the address.
 */
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
import { useCase, useFilter, useNavigation, useStores, useView } from '../state/StoresContext.tsx';
import { useCommand } from '../state/use-command.ts';
import {
  AXIS_LEFT_PX,
  AXIS_RIGHT_PX,
  panned,
  type TimeScale,
  usAt,
  wholeRange,
  xOf,
  zoomed,
  zoomOf,
  zoomOption,
} from './time-scale.ts';

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

export interface TimeRange {
  fromUs: number;
  toUs: number;
}

/** A wheel turns in many small steps, and only the final range is asked for. */
const SETTLE_MS = 140;

const TimeAxisContext = createContext<TimeAxis | null>(null);

export interface TimeAxisProviderProps {
  className: string;
  children: ReactNode;
  /** Content beside the column, outside the width of the time axis. */
  aside?: ReactNode;
}

/** Wraps the main column and measures its width. */
export function TimeAxisProvider({ className, children, aside }: TimeAxisProviderProps) {
  const { view: viewStore, busy } = useStores();
  const navigation = useNavigation();
  const caseId = useCase((state) => state.caseId);
  const startUs = useCase((state) => state.info?.startUs ?? null);
  const endUs = useCase((state) => state.info?.endUs ?? null);
  const filterFrom = useFilter((state) => state.filter.fromUs);
  const filterTo = useFilter((state) => state.filter.toUs);
  const zoom = useView((state) => state.options.zoom);
  const column = useRef<HTMLDivElement>(null);
  const [columnWidth, setColumnWidth] = useState(0);
  /** The moving range, ahead of the address. Undefined while they agree, null for the whole run. */
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
  const hasFilter = filterFrom !== null || filterTo !== null;
  const filterFromUs = filterFrom ?? fullFromUs;
  const filterToUs = Math.max(filterTo ?? fullToUs, filterFromUs + 1);
  const kept = zoomOf(zoom);
  const settledFromUs = kept === undefined ? filterFromUs : (kept?.fromUs ?? fullFromUs);
  const settledToUs = kept === undefined ? filterToUs : (kept?.toUs ?? fullToUs);
  const fromUs = moving === undefined ? settledFromUs : (moving?.fromUs ?? fullFromUs);
  const toUs = moving === undefined ? settledToUs : (moving?.toUs ?? fullToUs);
  const latest = useRef<TimeScale | null>(null);

  // A range changed from elsewhere, such as by a step back, wins.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the range of the place is the trigger
  useEffect(() => {
    settle.current?.();
    setMoving(undefined);
  }, [filterFrom, filterTo, zoom]);
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
    const rest = () => {
      settle.current?.();
      setMoving(undefined);
    };
    // The whole run needs no option, unless a filter makes the axis show less.
    const optionOf = (range: TimeRange | null) => ({ zoom: range === null && !hasFilter ? '' : zoomOption(range) });
    const move = (next: (from: TimeScale) => TimeRange | null) => {
      const from = latest.current ?? scale;
      const range = next(from);
      latest.current = { ...from, fromUs: range?.fromUs ?? fullFromUs, toUs: range?.toUs ?? fullToUs };
      settle.current?.();
      setMoving(range);
      const end = busy.begin('time axis');
      const timer = setTimeout(() => {
        rest();
        viewStore.getState().setOptions(optionOf(range));
      }, SETTLE_MS);
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
      settled: { fromUs: settledFromUs, toUs: Math.max(settledToUs, settledFromUs + 1) },
      filtered: hasFilter ? { fromUs: filterFromUs, toUs: filterToUs } : null,
      zoomTo: (range) => {
        rest();
        navigation.navigate({ options: optionOf(range) });
      },
      show: (range) => move(() => range),
      zoom: (aboutUs, factor) => move((from) => zoomed(from, aboutUs, factor)),
      pan: (share) => move((from) => panned(from, share)),
    };
  }, [
    fromUs,
    toUs,
    settledFromUs,
    settledToUs,
    filterFromUs,
    filterToUs,
    hasFilter,
    fullFromUs,
    fullToUs,
    columnWidth,
    viewStore,
    navigation,
    busy,
  ]);

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
