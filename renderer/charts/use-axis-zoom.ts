/**
 * The zoom of the time axis: the range in the address, and ahead of it the range that a person is
 * moving. The address and the questions to the engine follow once that range rests.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useFilter, useNavigation, useStores, useView } from '../state/StoresContext.tsx';
import { type TimeRange, zoomOf, zoomOption } from './time-scale.ts';

/** A wheel turns in many small steps, and only the final range is asked for. */
const SETTLE_MS = 140;

export interface AxisZoom {
  /** The range in the address. Null is the whole run, undefined is what the filter leaves. */
  range: TimeRange | null | undefined;
  /** The moving range. Undefined while there is none, null for the whole run. */
  moving: TimeRange | null | undefined;
  /** Shows a range immediately and writes it to the address once it rests. */
  move: (range: TimeRange | null) => void;
  /** Zooms as a step of its own, which Back undoes. */
  zoomTo: (range: TimeRange | null) => void;
}

export function useAxisZoom(): AxisZoom {
  const { view: viewStore, busy } = useStores();
  const navigation = useNavigation();
  const filterFrom = useFilter((state) => state.filter.fromUs);
  const filterTo = useFilter((state) => state.filter.toUs);
  const option = useView((state) => state.options.zoom);
  const [moving, setMoving] = useState<TimeRange | null | undefined>(undefined);
  /** Ends the wait for the moving range to rest. */
  const endWait = useRef<(() => void) | null>(null);
  const hasFilter = filterFrom !== null || filterTo !== null;

  const rest = useCallback(() => {
    endWait.current?.();
    setMoving(undefined);
  }, []);
  // A range changed from elsewhere, such as by a step back, wins.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the range of the place is the trigger
  useEffect(rest, [rest, filterFrom, filterTo, option]);
  useEffect(() => () => endWait.current?.(), []);

  const moves = useMemo(() => {
    // The whole run needs no option, unless a filter makes the axis show less.
    const optionOf = (range: TimeRange | null) => ({ zoom: range === null && !hasFilter ? '' : zoomOption(range) });
    return {
      move(range: TimeRange | null) {
        endWait.current?.();
        setMoving(range);
        const end = busy.begin('time axis');
        const timer = setTimeout(() => {
          rest();
          viewStore.getState().setOptions(optionOf(range));
        }, SETTLE_MS);
        endWait.current = () => {
          clearTimeout(timer);
          end();
          endWait.current = null;
        };
      },
      zoomTo(range: TimeRange | null) {
        rest();
        navigation.navigate({ options: optionOf(range) });
      },
    };
  }, [hasFilter, busy, viewStore, navigation, rest]);
  const range = useMemo(() => zoomOf(option), [option]);
  return { range, moving, ...moves };
}
