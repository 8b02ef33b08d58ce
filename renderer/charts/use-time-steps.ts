/**
 * Time steps are the keys of a graph over time: the left and right arrows move the time cursor from
 * sample to sample, Home and End to the first and the last. The value there is spoken.
 */
import type { KeyboardEvent } from 'react';
import { useSelection } from '../state/StoresContext.tsx';
import { nearestIndex } from './plot-cursor.ts';

/** Returns properties to spread over the element that holds the graph. `timesUs` ascends. */
export function useTimeSteps(label: string, timesUs: readonly number[], valueAt: (us: number) => string) {
  const timeUs = useSelection((state) => state.timeUs);
  const select = useSelection((state) => state.select);
  const index = timeUs === null ? -1 : nearestIndex(timesUs, timeUs);
  const stepTo = (key: string): number | undefined => {
    if (key === 'Home') return timesUs[0];
    if (key === 'End') return timesUs.at(-1);
    if (key === 'ArrowRight') return timesUs.find((us) => us > (timeUs ?? Number.NEGATIVE_INFINITY));
    return timesUs.findLast((us) => us < (timeUs ?? Number.POSITIVE_INFINITY));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!/^(?:Arrow(?:Left|Right)|Home|End)$/.test(event.key)) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const us = stepTo(event.key);
    if (us !== undefined) select({ timeUs: Math.round(us) });
  };
  return {
    role: 'slider',
    tabIndex: 0,
    'aria-label': `${label}. Left and right: sample`,
    'aria-valuemin': 0,
    'aria-valuemax': Math.max(0, timesUs.length - 1),
    'aria-valuenow': Math.max(0, index),
    'aria-valuetext': timeUs === null ? 'No moment chosen' : valueAt(timeUs),
    onKeyDown,
  } as const;
}
