/**
 * Strip keys move the time cursor and the visible range, on the strip and everywhere. Arrows move
 * the cursor by a bar, or by ten with Ctrl. Shift draws a range from the cursor. Enter zooms to the
 * range, `x` filters by it, Esc discards it. + and − zoom around the cursor.
 */
import type { KeyboardEvent } from 'react';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import type { TimeRange } from '../../charts/time-scale.ts';
import { useAction, useSelection, useStores } from '../../state/StoresContext.tsx';
import { useRangeFilter } from './use-range-filter.ts';

const ZOOM = 0.5;

interface Brush {
  brush: TimeRange | null;
  setBrush: (range: TimeRange | null) => void;
}

export function useStripKeys({ brush, setBrush }: Brush, bucketUs: number) {
  const axis = useTimeAxis();
  const rangeFilter = useRangeFilter(brush);
  const { selection } = useStores();
  const select = useSelection((state) => state.select);
  const middle = () => (axis.fromUs + axis.toUs) / 2;
  const cursor = () => {
    const { hoverUs, timeUs } = selection.getState();
    const us = hoverUs ?? timeUs ?? middle();
    return us < axis.fromUs || us > axis.toUs ? middle() : us;
  };
  const act = (run: () => void) => () => {
    if (!axis.hasTime) return false;
    run();
    return true;
  };
  useAction(
    'zoom-in',
    act(() => axis.zoom(cursor(), ZOOM)),
  );
  useAction(
    'zoom-out',
    act(() => axis.zoom(cursor(), 1 / ZOOM)),
  );
  useAction(
    'earlier',
    act(() => axis.pan(-0.25)),
  );
  useAction(
    'later',
    act(() => axis.pan(0.25)),
  );
  useAction(
    'whole-run',
    act(() => axis.zoomTo(null)),
  );
  useAction(
    'filter-range',
    act(() => {
      rangeFilter.toggle();
      setBrush(null);
    }),
  );

  return (event: KeyboardEvent) => {
    if (!axis.hasTime || event.altKey || event.metaKey) return;
    const { timeUs } = selection.getState();
    const from = timeUs === null || timeUs < axis.fromUs || timeUs > axis.toUs ? Math.round(middle()) : timeUs;
    const step = bucketUs * (event.ctrlKey ? 10 : 1);
    const sign = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const put = (us: number) => {
      const to = Math.round(Math.min(Math.max(us, axis.fromUs), axis.toUs));
      if (event.shiftKey) {
        // The end opposite the cursor stays fixed.
        const anchor = brush === null ? from : from === brush.fromUs ? brush.toUs : brush.fromUs;
        setBrush({ fromUs: Math.min(anchor, to), toUs: Math.max(anchor, to) });
      } else setBrush(null);
      select({ timeUs: to });
    };
    if (sign !== 0) put(from + sign * step);
    else if (event.key === 'Home') put(axis.fromUs);
    else if (event.key === 'End') put(axis.toUs);
    else if (event.key === '+' || event.key === '=') axis.zoom(from, ZOOM);
    else if (event.key === '-') axis.zoom(from, 1 / ZOOM);
    else if (event.key === 'Enter' && brush !== null) {
      axis.zoomTo(brush);
      setBrush(null);
    } else if (event.key === 'Escape' && brush !== null) setBrush(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
