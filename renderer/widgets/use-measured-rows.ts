/**
 * Measured rows are the heights of rows that wrap, as far as they were drawn. They are forgotten
 * when the list shows other rows or gets another width.
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
  /**
   * Take in heights of rows by their indexes: all that are known then, null where nothing is new.
   */
  learn: (heights: readonly (readonly [number, number])[]) => ReadonlyMap<number, number> | null;
  forget: () => void;
}

const nothing: Measured = { heights: new Map(), sum: 0 };
const LEAST_PX = 0.5;

/** What is known with these heights, too; the same object where that is nothing new. */
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

/** `key` says what the rows are of. */
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
