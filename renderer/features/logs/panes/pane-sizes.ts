/**
 * A pane size is the width or height that a person gave a pane of the Logs view by its splitter.
 * The window keeps it; this table has the bounds.
 */
import { useView } from '../../../state/StoresContext.tsx';

interface PaneBounds {
  /** The name of its splitter. */
  label: string;
  /** The orientation of the splitter: `vertical` changes a width. */
  direction: 'vertical' | 'horizontal';
  /** The pane lies right of or below its splitter. */
  isAfter: boolean;
  usualPx: number;
  leastPx: number;
  mostPx: number;
}

export type PaneId = 'numbers' | 'tree' | 'beside' | 'hits';

export const paneBounds: Record<PaneId, PaneBounds> = {
  numbers: {
    label: 'Height of the numbers',
    direction: 'horizontal',
    isAfter: false,
    usualPx: 220,
    leastPx: 140,
    mostPx: 600,
  },
  tree: {
    label: 'Width of the tree',
    direction: 'vertical',
    isAfter: false,
    usualPx: 248,
    leastPx: 160,
    mostPx: 600,
  },
  beside: {
    label: 'Width of the second file',
    direction: 'vertical',
    isAfter: true,
    usualPx: 480,
    leastPx: 200,
    mostPx: 2_000,
  },
  hits: {
    label: 'Height of the hits',
    direction: 'horizontal',
    isAfter: true,
    usualPx: 280,
    leastPx: 110,
    mostPx: 900,
  },
};

/** Returns the size of a pane and what changes it. */
export function usePaneSize(id: PaneId): { px: number; resize: (px: number) => void } {
  const key = `logs-${id}`;
  const { usualPx, leastPx } = paneBounds[id];
  const sizes = useView((state) => state.paneSizes);
  const set = useView((state) => state.set);
  return {
    px: Math.max(leastPx, sizes[key] ?? usualPx),
    resize: (px) => set({ paneSizes: { ...sizes, [key]: px } }),
  };
}
