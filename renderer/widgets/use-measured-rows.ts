/**
 * Measured rows are the heights of wrapped rows drawn so far. They are forgotten when the list
 * shows other rows or changes its width.
 */
import { useCallback, useState } from 'react';

interface Measured {
  heights: ReadonlyMap<number, number>;
  sum: number;
}

export interface MeasuredRows {
  heights: ReadonlyMap<number, number>;
  /** Null while nothing is measured. */
  mean: number | null;
  /** Takes in heights of rows by index. Returns all known heights, or null if nothing changed. */
  learn: (heights: readonly (readonly [number, number])[]) => ReadonlyMap<number, number> | null;
  forget: () => void;
}

const nothing: Measured = { heights: new Map(), sum: 0 };
const LEAST_PX = 0.5;

/** Adds heights to the known ones. Returns the same object if nothing changed. */
export function withHeights(known: Measured, found: readonly (readonly [number, number])[]): Measured {
  const fresh = found.filter(([index, height]) => Math.abs((known.heights.get(index) ?? 0) - height) >= LEAST_PX);
  if (fresh.length === 0) return known;
  const heights = new Map(known.heights);
  let { sum } = known;
  for (const [index, height] of fresh) {
    sum += height - (heights.get(index) ?? 0);
    heights.set(index, height);
  }
  return { heights, sum };
}

/** Keeps the heights of the rows that `key` identifies. */
export function useMeasuredRows(key: string): MeasuredRows {
  const [state, setState] = useState({ key, measured: nothing });
  const measured = state.key === key ? state.measured : nothing;
  if (state.key !== key) setState({ key, measured: nothing });
  const forget = useCallback(() => setState((before) => ({ ...before, measured: nothing })), []);
  return {
    heights: measured.heights,
    mean: measured.heights.size === 0 ? null : measured.sum / measured.heights.size,
    learn: (found) => {
      const next = withHeights(measured, found);
      if (next === measured) return null;
      setState({ key, measured: next });
      return next.heights;
    },
    forget,
  };
}
