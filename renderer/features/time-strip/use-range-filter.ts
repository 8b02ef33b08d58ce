/**
 * The range filter makes the visible range, or the range being drawn, the filter's range. If it
 * already is, the toggle clears the filter and keeps the range in view.
 */
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import type { TimeRange } from '../../charts/time-scale.ts';
import { zoomOption } from '../../charts/time-scale.ts';
import { useNavigation } from '../../state/StoresContext.tsx';

export interface RangeFilter {
  /** The filter's range equals the visible one. */
  isOn: boolean;
  /** There is a range to filter by, or a filter to clear. */
  isOffered: boolean;
  toggle: () => void;
}

export function useRangeFilter(brush: TimeRange | null): RangeFilter {
  const axis = useTimeAxis();
  const navigation = useNavigation();
  const { filtered, isZoomed } = axis;
  const range = brush ?? axis;
  const fromUs = Math.round(range.fromUs);
  const toUs = Math.max(Math.round(range.toUs), fromUs + 1);
  const isOn = filtered !== null && filtered.fromUs === fromUs && filtered.toUs === toUs;
  return {
    isOn,
    isOffered: isOn || isZoomed || brush !== null,
    toggle: () => {
      if (isOn)
        navigation.navigate({ filter: { fromUs: null, toUs: null }, options: { zoom: zoomOption({ fromUs, toUs }) } });
      else if (isZoomed || brush !== null) navigation.navigate({ filter: { fromUs, toUs } });
    },
  };
}
