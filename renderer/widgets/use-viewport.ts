/**
 * The viewport state of virtual rows: which place of how many rows the list shows, and where it was
 * asked to go. The hooks that change it (`useViewportSize`, `useScrollBar`, `useRowHeights`,
 * `useTail`) each take it.
 */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useLatest } from '../state/use-latest.ts';
import { useMeasuredRows } from './use-measured-rows.ts';
import { type Align, type Anchor, clamp, type Extent, moveBy, top, toRow, visibleRange } from './viewport.ts';

export interface ViewportOptions {
  count: number;
  rowHeight: number;
  /** Allows rows higher than `rowHeight`. Only those in view are measured. */
  wrap?: boolean;
  /** Identifies the rows. The list forgets measured heights and the selection when it changes. */
  contentKey?: string | number;
  /**
   * Keeps the last row in view once it is, as `tail -f` does, when rows are added or the list gets
   * less room.
   */
  sticksToEnd?: boolean;
  /** The row that the keys move; null for none. Without `onActive`, keys scroll. */
  active?: number | null;
  headerHeight?: number;
  /** Called with the rows at least partly in view, to fetch them. */
  onRange?: (first: number, last: number) => void;
}

/** A row that was asked for, and where in the viewport it should be. */
interface Goal {
  index: number;
  align: Align;
}

export interface Viewport {
  options: ViewportOptions;
  extent: Extent;
  place: Anchor;
  /** The first and last rows at least partly in view. */
  inView: readonly [number, number];
  /** The last committed render, for listeners that outlive it. */
  latest: RefObject<{ extent: Extent; place: Anchor; options: ViewportOptions }>;
  setHeight: (height: number) => void;
  /** Moves without giving up a goal. */
  setAnchor: (anchor: Anchor) => void;
  /** Moves to a place. A goal is tried again once its rows are measured. */
  goTo: (anchor: Anchor, goal: Goal | null) => void;
  scrollToRow: (index: number, align?: Align) => void;
  scrollBy: (px: number) => void;
  /** Takes in heights of wrapped rows by index. */
  learn: (heights: readonly (readonly [number, number])[]) => void;
  /** Forgets all heights, because wrapped rows break elsewhere. */
  forget: () => void;
}

export function useViewport(options: ViewportOptions): Viewport {
  const { count, rowHeight, wrap = false, contentKey } = options;
  const [anchor, setAnchor] = useState<Anchor>(top);
  const [viewportHeight, setHeight] = useState(0);
  const measured = useMeasuredRows(`${wrap} ${contentKey}`);
  /**
   * Wrapped rows are measured once drawn. Until then the requested place is only an estimate, which
   * is computed again.
   */
  const goal = useRef<Goal | null>(null);
  const extent: Extent = wrap
    ? { count, rowHeight: Math.max(rowHeight, measured.mean ?? 0), viewportHeight, measured: measured.heights }
    : { count, rowHeight, viewportHeight, measured: null };
  const place = clamp(extent, anchor);
  const inView = visibleRange(extent, place);
  const latest = useLatest({ extent, place, options });
  const goTo = useCallback((next: Anchor, to: Goal | null) => {
    goal.current = to;
    setAnchor(next);
  }, []);

  const [first, last] = inView;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows need the same range again
  useEffect(() => {
    if (viewportHeight > 0) latest.current.options.onRange?.(first, Math.max(first, last));
  }, [first, last, viewportHeight, contentKey, latest]);

  return {
    options,
    extent,
    place,
    inView,
    latest,
    setHeight,
    setAnchor,
    goTo,
    scrollToRow: (index, align = 'nearest') => {
      const { extent: now, place: from } = latest.current;
      goTo(toRow(now, from, index, align), { index, align });
    },
    scrollBy: (px) => goTo(moveBy(extent, place, px), null),
    learn: (heights) => {
      const known = measured.learn(heights);
      if (known === null || goal.current === null) return;
      setAnchor(toRow({ ...extent, measured: known }, place, goal.current.index, goal.current.align));
    },
    forget: measured.forget,
  };
}
