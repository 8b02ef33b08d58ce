/**
 * The data of the lanes view: the list of lanes, the bars of those in view, the curves of nodes and
 * processes, and the attempts of the selected mini-batch. The engine sends bars at the resolution
 * of the pixels.
 */
import { useMemo } from 'react';
import type { Lane } from '../../../electron/contract/analysis.ts';
import type { ErrorInfo } from '../../../electron/contract/errors.ts';
import type { Curve } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useCurves, useSeriesList } from '../../charts/use-series.ts';
import { useCase, useFilter, useSelection } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { barsOf, type LaneBar } from './lane-bars.ts';

/** Asks for lanes in blocks, so that scrolling by one lane asks for nothing. */
const BLOCK = 32;
const MOST_LANES = 10_000;
const REST_MS = 30;

const noLanes: readonly Lane[] = [];

function useLaneFilter() {
  const filter = useFilter((state) => state.filter);
  return useMemo(() => {
    const { node, pid, miniBatch, outcome } = filter;
    return { node, pid, miniBatch, outcome };
  }, [filter]);
}

export interface LaneList {
  /** The lanes that existed in the visible range, in the order of nodes and names. */
  lanes: readonly Lane[];
  /** The number of lanes in all ranges. */
  total: number | null;
  /** The place of each shown lane among all, as the engine counts them. */
  places: readonly number[];
  error: ErrorInfo | null;
}

/** Returns the lanes without their bars. */
export function useLaneList(): LaneList {
  const caseId = useCase((state) => state.caseId);
  const filter = useLaneFilter();
  const { data, error } = useCommand(
    'analysis.lanes',
    caseId === null ? null : { caseId, filter, width: 1, start: 0, count: MOST_LANES },
  );
  const fromUs = useFilter((state) => state.filter.fromUs) ?? Number.NEGATIVE_INFINITY;
  const toUs = useFilter((state) => state.filter.toUs) ?? Number.POSITIVE_INFINITY;
  return useMemo(() => {
    const all = data?.lanes ?? noLanes;
    const places: number[] = [];
    for (const [place, lane] of all.entries()) {
      // A process whose start or end the logs do not give is not hidden.
      const isThere =
        (lane.startUs ?? Number.NEGATIVE_INFINITY) < toUs && (lane.endUs ?? Number.POSITIVE_INFINITY) >= fromUs;
      if (isThere) places.push(place);
    }
    const lanes = places.length === all.length ? all : places.flatMap((place) => all[place] ?? []);
    return { lanes, places, total: data?.total ?? null, error };
  }, [data, error, fromUs, toUs]);
}

/** Returns the bars of the lanes in view, at the resolution of the pixels. */
export function useLaneBars(
  { lanes, places }: Pick<LaneList, 'lanes' | 'places'>,
  first: number,
  last: number,
): ReadonlyMap<number, readonly LaneBar[]> {
  const caseId = useCase((state) => state.caseId);
  const filter = useLaneFilter();
  const axis = useTimeAxis();
  const { fromUs, toUs } = axis.settled;
  const width = Math.max(1, Math.round(axis.width));
  const start = Math.max(0, Math.floor((places[first] ?? 0) / BLOCK) * BLOCK);
  const end = Math.ceil(((places[last] ?? -1) + 1) / BLOCK) * BLOCK;
  const count = Math.min(MOST_LANES, Math.max(0, end - start));
  const isAsked = caseId !== null && count > 0 && axis.width > 0;
  const { data } = useCommand(
    'analysis.lanes',
    isAsked ? { caseId, filter, fromUs, toUs, width, start, count } : null,
    { delayMs: REST_MS },
  );
  // The previous answer may be for other lanes, so each lane is found by its process.
  return useMemo(() => {
    if (data === undefined) return new Map<number, LaneBar[]>();
    const index = new Map(lanes.map((lane, at) => [lane.processId, at]));
    return barsOf(data, (lane) => index.get(data.lanes[lane]?.processId ?? -1), width);
  }, [data, lanes, width]);
}

/** Returns the curve of a metric for each node. */
export function useNodeCurves(metric: string | null): { curves: ReadonlyMap<string, Curve>; max: number } {
  const { series } = useSeriesList();
  const infos = useMemo(
    () => series.filter((info) => info.process === null && info.pid === null && info.metric === metric),
    [series, metric],
  );
  const { curves } = useCurves(infos);
  return useMemo(() => {
    const byNode = new Map<string, Curve>();
    let max = 0;
    for (const info of infos) {
      const curve = curves.get(info.seriesId);
      if (curve === undefined) continue;
      byNode.set(info.node, curve);
      for (const value of curve.values) if (value !== null && value > max) max = value;
    }
    return { curves: byNode, max };
  }, [infos, curves]);
}

export interface ProcessCurves {
  memory: Curve | null;
  cpu: Curve | null;
}

const noProcessCurves: { byLane: ReadonlyMap<number, ProcessCurves>; memoryMax: number; cpuMax: number } = {
  byLane: new Map(),
  memoryMax: 0,
  cpuMax: 0,
};
const memoryMetrics = ['memory_used', 'memory_percent'];
const cpuMetrics = ['cpu_percent', 'cpu_user_seconds'];

/**
 * Returns memory and CPU of the processes in view by the index of their lane, and the largest value
 * of each for its scale.
 */
export function useProcessCurves(
  lanes: readonly Lane[],
  first: number,
  last: number,
  isWanted: boolean,
): typeof noProcessCurves {
  const { series } = useSeriesList();
  const wanted = useMemo(() => {
    if (!isWanted) return [];
    const metricOf = (metrics: readonly string[]) =>
      metrics.find((metric) =>
        series.some((info) => info.metric === metric && (info.process !== null || info.pid !== null)),
      );
    const [memory, cpu] = [metricOf(memoryMetrics), metricOf(cpuMetrics)];
    return lanes.slice(first, last + 1).flatMap((lane, offset) => {
      const own = series.filter(
        (info) =>
          info.node === lane.node &&
          (info.pid === null ? info.process !== null && info.process === lane.process : info.pid === lane.pid),
      );
      return own
        .filter((info) => info.metric === memory || info.metric === cpu)
        .map((info) => ({ info, lane: first + offset, isMemory: info.metric === memory }));
    });
  }, [lanes, first, last, series, isWanted]);
  const infos = useMemo(() => wanted.map(({ info }) => info), [wanted]);
  const { curves } = useCurves(infos, { delayMs: REST_MS });
  return useMemo(() => {
    if (wanted.length === 0) return noProcessCurves;
    const byLane = new Map<number, ProcessCurves>();
    let memoryMax = 0;
    let cpuMax = 0;
    for (const { info, lane, isMemory } of wanted) {
      const curve = curves.get(info.seriesId);
      if (curve === undefined) continue;
      const known = byLane.get(lane) ?? { memory: null, cpu: null };
      byLane.set(lane, isMemory ? { ...known, memory: curve } : { ...known, cpu: curve });
      const most = curve.values.reduce<number>((max, value) => (value !== null && value > max ? value : max), 0);
      if (isMemory) memoryMax = Math.max(memoryMax, most);
      else cpuMax = Math.max(cpuMax, most);
    }
    return { byLane, memoryMax, cpuMax };
  }, [wanted, curves]);
}

export interface ChosenAttempt {
  lane: number;
  fromUs: number;
  toUs: number;
}

/** Returns where the selected mini-batch was, attempt after attempt. */
export function useChosenAttempts(lanes: readonly Lane[]): readonly ChosenAttempt[] {
  const caseId = useCase((state) => state.caseId);
  const miniBatchId = useSelection((state) => state.miniBatchId);
  const { data } = useCommand('batches.get', caseId === null || miniBatchId === null ? null : { caseId, miniBatchId });
  return useMemo(() => {
    if (data === undefined || data === null || data.batch.miniBatchId !== miniBatchId) return [];
    return data.attempts.flatMap((attempt): ChosenAttempt[] => {
      const lane = laneOf(lanes, attempt.node, attempt.pid, attempt.process, attempt.startUs);
      if (lane < 0 || attempt.startUs === null) return [];
      return [{ lane, fromUs: attempt.startUs, toUs: attempt.endUs ?? attempt.startUs }];
    });
  }, [data, miniBatchId, lanes]);
}

/**
 * Returns the lane of a process. If several processes had its name or pid, returns the one that
 * existed at the time.
 */
export function laneOf(
  lanes: readonly Lane[],
  node: string | null,
  pid: number | null,
  process: string | null,
  us: number | null,
): number {
  const found: number[] = [];
  for (const [index, lane] of lanes.entries()) {
    if (lane.node !== node) continue;
    if (pid !== null ? lane.pid === pid : lane.process === process) found.push(index);
  }
  const wasThere = found.find((index) => {
    const lane = lanes[index];
    return us !== null && (lane?.startUs ?? 0) <= us && us <= (lane?.endUs ?? Number.POSITIVE_INFINITY);
  });
  return wasThere ?? found[0] ?? -1;
}
