/**
 * The data of the resources view: the nodes or processes with samples of a metric that the filter
 * leaves, and their curves.
 */
import { useMemo } from 'react';
import type { ProcessRow } from '../../../electron/contract/batch-records.ts';
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import type { SeriesInfo } from '../../../electron/contract/series-records.ts';
import { type MetricLook, metricLook } from '../../charts/metrics.ts';
import { type Curve, mergeCurves, noCurve, summaryOf } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useCurves, useSeriesList } from '../../charts/use-series.ts';
import { useCase, useFilter, useSelection } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useResourcesState } from './resources-state.ts';
import {
  chooseMetric,
  filterGroups,
  groupsOf,
  metricsOf,
  pidsByProcess,
  type SeriesGroup,
  type SeriesLevel,
} from './series-groups.ts';

const noProcesses: readonly ProcessRow[] = [];
const noNodes: RunInfo['nodes'] = [];

export interface ResourcesView {
  isLoading: boolean;
  /** The case has samples at all. */
  hasSeries: boolean;
  level: SeriesLevel;
  /** The metrics available at this level. */
  metrics: readonly MetricLook[];
  look: MetricLook | null;
  groups: readonly SeriesGroup[];
  pidsOf: (group: SeriesGroup) => number[];
}

/**
 * Returns what the graphs of a metric show, from the mode, the metric and the global filter. With
 * null, `metric` is the first available one.
 */
export function useResources(metric: string | null): ResourcesView {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const { mode, heatLevel } = useResourcesState();
  const { series, isLoading } = useSeriesList();
  const { data: processes = noProcesses } = useCommand('processes.list', caseId === null ? null : { caseId });
  const { data: run } = useCommand('run.info', caseId === null ? null : { caseId });
  const nodes = run?.nodes ?? noNodes;
  const wanted: SeriesLevel = mode === 'processes' ? 'process' : mode === 'heat' ? heatLevel : 'node';
  return useMemo(() => {
    const hasWanted = metricsOf(series, wanted).length > 0;
    const level = hasWanted ? wanted : wanted === 'node' ? 'process' : 'node';
    const metrics = metricsOf(series, level);
    // A metric of another level leads to a similar one here.
    const asked = series.find((info) => info.metric === metric);
    const look = chooseMetric(metrics, asked === undefined ? null : metricLook(asked));
    const pidsOf = pidsByProcess(processes);
    const allGroups = look === null ? [] : groupsOf(series, level, look.metric);
    return {
      isLoading,
      hasSeries: series.length > 0,
      level,
      metrics,
      look,
      groups: filterGroups(allGroups, filter, pidsOf, nodes),
      pidsOf,
    };
  }, [series, isLoading, processes, nodes, wanted, metric, filter]);
}

const noInfos: readonly SeriesInfo[] = [];

/** Returns the curve of each group. Groups whose points have not arrived have an empty one. */
export function useGroupCurves(
  groups: readonly SeriesGroup[] | null,
  options?: { budget?: number; delayMs?: number },
): { curveOf: (group: SeriesGroup) => Curve; isLoading: boolean; curves: ReadonlyMap<number, Curve> } {
  const infos = useMemo(() => groups?.flatMap((group) => group.infos) ?? noInfos, [groups]);
  const { curves, isLoading } = useCurves(infos, options);
  return useMemo(() => {
    const merged = new Map<string, Curve>();
    const curveOf = (group: SeriesGroup) => {
      const known = merged.get(group.key);
      if (known !== undefined) return known;
      const parts = group.infos.flatMap((info) => curves.get(info.seriesId) ?? []);
      const curve = parts.length === 0 ? noCurve : mergeCurves(parts);
      merged.set(group.key, curve);
      return curve;
    };
    return { curveOf, isLoading, curves };
  }, [curves, isLoading]);
}

/** Returns the greatest visible value of all groups. */
export function useGreatest(groups: readonly SeriesGroup[], curveOf: (group: SeriesGroup) => Curve): number {
  const { fromUs, toUs } = useTimeAxis();
  return useMemo(
    () => groups.reduce((most, group) => Math.max(most, summaryOf(curveOf(group), fromUs, toUs).max ?? 0), 0),
    [groups, curveOf, fromUs, toUs],
  );
}

/**
 * Returns the node whose processes are shown: the selected node, otherwise that of the selected
 * process, if it is among the groups.
 */
export function useChosenNode(groups: readonly SeriesGroup[]): string | null {
  const process = useSelection((state) => state.process);
  const node = useSelection((state) => state.node);
  const wanted = node ?? process?.node ?? null;
  return wanted !== null && groups.some((group) => group.node === wanted) ? wanted : null;
}
