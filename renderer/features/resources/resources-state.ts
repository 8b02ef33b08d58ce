/**
 * The state of the resources view. Mode, metrics and rows of the heat map live in the options of
 * the place, so that a link shows the same. Matters of taste last as long as the window is open.
 */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Options } from '../../state/location.ts';
import { useView } from '../../state/StoresContext.tsx';
import type { SeriesLevel } from './series-groups.ts';

const resourceModes = ['nodes', 'band', 'processes', 'heat'] as const;
type ResourceMode = (typeof resourceModes)[number];

/** The part that a link keeps: mode, metrics and rows of the heat map. */
interface Shown {
  mode: ResourceMode;
  /** The name of the first metric; null for the first available one. */
  metric: string | null;
  /** The metrics below it, on the same axis. */
  moreMetrics: readonly string[];
  heatLevel: SeriesLevel;
}

/** Matters of taste, which last as long as the window is open. */
interface Taste {
  /** One scale for all rows, so that heights compare. Otherwise each row fills its own. */
  isShared: boolean;
  order: 'name' | 'max';
  hasEvents: boolean;
  /** Draws shares against 0–100 %, otherwise against the data. */
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

/** Separates the metrics of a link. No column name of a table contains it. */
const BETWEEN = '\n';

export function shownOf(options: Options): Shown {
  const metrics = (options.metric ?? '')
    .split(BETWEEN)
    .filter((metric, index, all) => metric !== '' && all.indexOf(metric) === index);
  return {
    mode: resourceModes.find((mode) => mode === options.graph) ?? 'nodes',
    metric: metrics[0] ?? null,
    moreMetrics: metrics.slice(1),
    heatLevel: options.rows === 'process' ? 'process' : 'node',
  };
}

function optionsOf({
  mode,
  metrics,
  heatLevel,
}: Partial<Pick<Shown, 'mode' | 'heatLevel'>> & { metrics?: readonly string[] }): Options {
  return {
    ...(mode === undefined ? {} : { graph: mode === 'nodes' ? '' : mode }),
    ...(metrics === undefined ? {} : { metric: metrics.join(BETWEEN) }),
    ...(heatLevel === undefined ? {} : { rows: heatLevel === 'node' ? '' : heatLevel }),
  };
}

/** `metrics` lists all visible ones, the first on top. */
export type ResourcesChange = Partial<Pick<Shown, 'mode' | 'heatLevel'> & Omit<Taste, 'set'>> & {
  metrics?: readonly string[];
};

/** Returns how the graphs are drawn. The window's filter and selection decide what they show. */
export function useResourcesState() {
  const taste = useTaste();
  const options = useView((state) => state.options);
  const setOptions = useView((state) => state.setOptions);
  return useMemo(() => {
    const set = ({ mode, metrics, heatLevel, ...rest }: ResourcesChange) => {
      taste.set(rest);
      setOptions(optionsOf({ mode, metrics, heatLevel }));
    };
    return { ...taste, ...shownOf(options), set };
  }, [taste, options, setOptions]);
}
