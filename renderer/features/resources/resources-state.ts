import { create } from 'zustand';
import type { MetricLook } from '../../charts/metrics.ts';
import type { SeriesLevel } from './series-groups.ts';

export type ResourceMode = 'nodes' | 'band' | 'processes' | 'heat';

interface ResourcesState {
  mode: ResourceMode;
  metric: MetricLook | null;
  heatLevel: SeriesLevel;
  /** One scale for all rows, so that heights compare; else each row fills its own. */
  isShared: boolean;
  order: 'name' | 'max';
  hasEvents: boolean;
  hasTable: boolean;
  set: (change: Partial<Omit<ResourcesState, 'set'>>) => void;
}

/** How the graphs are drawn. What they are of (nodes, processes, time) is the window's filter and selection. */
export const useResourcesState = create<ResourcesState>()((set) => ({
  mode: 'nodes',
  metric: null,
  heatLevel: 'node',
  isShared: true,
  order: 'name',
  hasEvents: true,
  hasTable: false,
  set: (change) => set(change),
}));
