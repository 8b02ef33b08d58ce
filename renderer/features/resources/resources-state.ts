import { useMemo } from 'react';
import { create } from 'zustand';
import type { Options } from '../../state/location.ts';
import { useView } from '../../state/StoresContext.tsx';
import type { SeriesLevel } from './series-groups.ts';

const resourceModes = ['nodes', 'band', 'processes', 'heat'] as const;
export type ResourceMode = (typeof resourceModes)[number];

/** What a link says: mode, metric and rows of the heat map. */
interface Shown {
  mode: ResourceMode;
  /** Name of the metric; null for the first one that there is. */
  metric: string | null;
  heatLevel: SeriesLevel;
}

/** What is a matter of taste, and stays while the window is open. */
interface Taste {
  /** One scale for all rows, so that heights compare; else each row fills its own. */
  isShared: boolean;
  order: 'name' | 'max';
  hasEvents: boolean;
  /** Shares are drawn against 0–100 %, else by the data. */
  isWholeScale: boolean;
  hasTable: boolean;
  set: (change: Partial<Omit<Taste, 'set'>>) => void;
}

const useTaste = create<Taste>()((set) => ({
  isShared: true,
  order: 'name',
  hasEvents: true,
  isWholeScale: false,
  hasTable: false,
  set: (change) => set(change),
}));

export function shownOf(options: Options): Shown {
  return {
    mode: resourceModes.find((mode) => mode === options.graph) ?? 'nodes',
    metric: options.metric ?? null,
    heatLevel: options.rows === 'process' ? 'process' : 'node',
  };
}

function optionsOf({ mode, metric, heatLevel }: Partial<Shown>): Options {
  return {
    ...(mode === undefined ? {} : { graph: mode === 'nodes' ? '' : mode }),
    ...(metric === undefined ? {} : { metric: metric ?? '' }),
    ...(heatLevel === undefined ? {} : { rows: heatLevel === 'node' ? '' : heatLevel }),
  };
}

/** How the graphs are drawn. What they are of (nodes, processes, time) is the window's filter and selection. */
export function useResourcesState() {
  const taste = useTaste();
  const options = useView((state) => state.options);
  const setOptions = useView((state) => state.setOptions);
  return useMemo(() => {
    const set = ({ mode, metric, heatLevel, ...rest }: Partial<Shown & Omit<Taste, 'set'>>) => {
      taste.set(rest);
      setOptions(optionsOf({ mode, metric, heatLevel }));
    };
    return { ...taste, ...shownOf(options), set };
  }, [taste, options, setOptions]);
}
