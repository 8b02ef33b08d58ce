/**
 * The data for the curve of the cause: memory or disk of the process and node that the cause names,
 * or the durations and failures of attempts.
 */
import { useMemo } from 'react';
import type { AttemptDots, OverTime } from '../../../electron/contract/analysis.ts';
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import type { SeriesInfo } from '../../../electron/contract/series-records.ts';
import { metricLook } from '../../charts/metrics.ts';
import { useSeriesList } from '../../charts/use-series.ts';
import type { ProcessKey } from '../../state/location.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import type { MeasuredLine } from './cause-plots.ts';

const MOST_POINTS = 800;
/** Dots of the durations plot lie on this grid. */
const DOT_GRID = { columns: 300, rows: 90 };
const BUCKETS = 60;
const memoryMetrics = ['memory_used', 'memory_percent', 'memory_used_percent'];
const diskMetrics = ['disk_used_percent', 'disk_used', 'disk_free'];

interface CauseSeries {
  /** The list of series has arrived. Nothing can be decided without it. */
  isKnown: boolean;
  title: string;
  metric: string | null;
  process: ProcessKey | null;
  lines: readonly MeasuredLine[];
}

/**
 * Returns the memory of the cause's process and of its node, or the disk of the node. Uses the
 * first metric that was sampled.
 */
export function useMemoryOfCause(info: RunInfo | null, of: string): CauseSeries {
  const caseId = useCase((state) => state.caseId);
  const { series, isLoading } = useSeriesList(info !== null);
  const { data: processes } = useCommand('processes.list', caseId === null || info === null ? null : { caseId });
  const node = info?.firstCause?.node ?? null;
  const pid = info?.firstCause?.pid ?? null;
  const process = useMemo(() => {
    const row = processes?.find((each) => each.node === node && each.pid === pid);
    return node === null || pid === null ? null : { node, pid, process: row?.process ?? null };
  }, [processes, node, pid]);
  const chosen = useMemo(() => {
    const metrics = of === 'disk' ? diskMetrics : memoryMetrics;
    const isOwn = (each: SeriesInfo) =>
      process !== null &&
      each.node === node &&
      (each.pid === pid || (each.pid === null && each.process !== null && each.process === process.process));
    const isNode = (each: SeriesInfo) => each.node === node && each.process === null && each.pid === null;
    const first = (test: (each: SeriesInfo) => boolean) => {
      for (const metric of metrics) {
        const found = series.filter((each) => each.metric.split(':')[0] === metric && test(each));
        if (found.length > 0) return found;
      }
      return [];
    };
    const own = of === 'disk' ? [] : first(isOwn);
    const whole = first(isNode);
    // One sample of a process does not show how its memory grew.
    if (own.every((each) => each.points < 2)) return whole.length > 0 ? whole : own;
    return [...own, ...whole.filter((each) => each.unit === own[0]?.unit)];
  }, [series, node, pid, process, of]);
  const { data: points } = useCommand(
    'resources.points',
    caseId === null || info === null || chosen.length === 0
      ? null
      : { caseId, seriesIds: chosen.map((each) => each.seriesId), fromUs: null, toUs: null, maxPoints: MOST_POINTS },
  );
  return useMemo(() => {
    const look = chosen[0] === undefined ? null : metricLook(chosen[0]);
    const isOwn = chosen[0]?.process !== null || chosen[0]?.pid !== null;
    const who = isOwn ? (chosen[0]?.process ?? `pid ${pid}`) : (node ?? '');
    const lineTitle = (each: SeriesInfo) => {
      const part = each.metric.split(':')[1];
      return [each.process ?? (each.pid === null ? 'node' : `pid ${each.pid}`), part ?? '']
        .filter((text) => text !== '')
        .join(', ');
    };
    const lines = chosen.flatMap((each, index): MeasuredLine[] => {
      const found = points?.find(({ seriesId }) => seriesId === each.seriesId);
      if (found === undefined) return [];
      return [
        {
          key: String(each.seriesId),
          title: lineTitle(each),
          token: `series-${(index % 8) + 1}`,
          xs: found.timesUs,
          ys: found.values,
          isFilled: index === 0,
          dash: index > 0 && isOwn ? '4 3' : undefined,
          unit: each.unit,
        },
      ];
    });
    return {
      isKnown: !isLoading && (chosen.length === 0 || points !== undefined),
      title: look === null ? '' : `${look.title} · ${who}${isOwn ? ` on ${node ?? ''}` : ''}`,
      metric: look?.metric ?? null,
      process: isOwn ? process : null,
      lines,
    };
  }, [chosen, points, isLoading, node, pid, process]);
}

export interface AttemptsPlotData {
  dots: AttemptDots | null;
  slowNodes: readonly string[];
  medianSeconds: number | null;
  overTime: OverTime | null;
}

export function useAttemptsPlotData(caseId: string | null, of: 'durations' | 'failures'): AttemptsPlotData {
  const isDurations = of === 'durations' && caseId !== null;
  const { data: slow } = useCommand('analysis.stragglers', isDurations ? { caseId } : null);
  const slowNodes = useMemo(() => slow?.nodes.flatMap((node) => (node.slow ? [node.node] : [])), [slow]);
  const { data: dots } = useCommand(
    'analysis.attemptDots',
    isDurations && slowNodes !== undefined ? { caseId, ...DOT_GRID, apart: slowNodes } : null,
  );
  const { data: overTime } = useCommand(
    'analysis.overTime',
    of === 'failures' && caseId !== null ? { caseId, buckets: BUCKETS, of: 'attempts' } : null,
  );
  return useMemo(
    () => ({
      dots: dots ?? null,
      slowNodes: slowNodes ?? [],
      medianSeconds: slow?.medianSeconds ?? null,
      overTime: overTime ?? null,
    }),
    [dots, slow, slowNodes, overTime],
  );
}
