/**
 * The state of the resources view. Mode, metrics and rows of the heat map live in the options of
 * the place, so that a link shows the same; what is a matter of taste stays while the window is
 * open.
 */
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
  /** Name of the first metric; null for the first one that there is. */
  metric: string | null;
  /** Those below it, on the same axis. */
  moreMetrics: readonly string[];
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

/** Between the metrics of a link: no column of a table has it in its name. */
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

/** `metrics`: all that are shown, the first one on top. */
export type ResourcesChange = Partial<Pick<Shown, 'mode' | 'heatLevel'> & Omit<Taste, 'set'>> & {
  metrics?: readonly string[];
};

/**
 * How the graphs are drawn. What they are of (nodes, processes, time) is the window's filter and
 * selection.
 */
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
