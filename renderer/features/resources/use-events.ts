/**
 * Events behind and below the curves: attempts that did not succeed, and the attempts of one
 * process.
 */
import { useMemo } from 'react';
import type { EndMarks, Lanes } from '../../../electron/contract/analysis.ts';
import { type Outcome, outcomes } from '../../../electron/contract/batch-records.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import type { TimeMark, TimeSpan } from '../../charts/time-marks.ts';
import { type Filter, noFilter } from '../../state/filter.ts';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';

/** A moving range is asked for once it rests. */
const REST_MS = 100;
/** Marks closer than this cannot be told apart. */
const MARK_PX = 2;
/** The most lanes of one process, which has one for each time it was started. */
const MOST_LANES = 1_000;

export interface Failures {
  /**
   * Returns the marks of a node, or of its processes with these pids. Each mark stands for all
   * attempts of one pixel and outcome.
   */
  marksOf: (node: string, pids: readonly number[] | null) => readonly TimeMark[];
}

/** All outcomes but success. An attempt that never finished is often the one to look at. */
export const badOutcomes = ['failed', 'timed_out', 'partial', 'unfinished'] as const satisfies readonly Outcome[];

const noMarks: readonly TimeMark[] = [];

/** Returns every attempt in the visible range that did not succeed, by node and by process. */
export function useFailures(isWanted: boolean): Failures {
  const axis = useTimeAxis();
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const bad = badOf(filter);
  const asked =
    isWanted && caseId !== null && bad.length > 0 && axis.width > 0
      ? {
          caseId,
          filter: {
            ...filter,
            query: '',
            fromUs: null,
            toUs: null,
            outcome: { include: bad, exclude: filter.outcome.exclude },
          },
          fromUs: axis.fromUs,
          toUs: axis.toUs,
          buckets: Math.max(1, Math.floor(axis.width / MARK_PX)),
        }
      : null;
  const byNode = useCommand('analysis.endMarks', asked && { ...asked, by: 'node' }, { delayMs: REST_MS });
  const byProcess = useCommand('analysis.endMarks', asked && { ...asked, by: 'process' }, { delayMs: REST_MS });
  const isAsked = asked !== null;
  return useMemo(() => {
    const nodes = isAsked ? marksBy(byNode.data) : new Map<string, TimeMark[]>();
    const processes = isAsked ? marksBy(byProcess.data) : new Map<string, TimeMark[]>();
    return {
      marksOf: (node, pids) =>
        pids === null
          ? (nodes.get(node) ?? noMarks)
          : pids.length === 1
            ? (processes.get(`${node} ${pids[0]}`) ?? noMarks)
            : pids.flatMap((pid) => processes.get(`${node} ${pid}`) ?? noMarks),
    };
  }, [isAsked, byNode.data, byProcess.data]);
}

/** Returns marks by node, or by node and pid. */
export function marksBy(data: EndMarks | undefined): Map<string, TimeMark[]> {
  const found = new Map<string, TimeMark[]>();
  for (const { node, pid, marks } of data?.groups ?? []) {
    const key = pid === null ? node : `${node} ${pid}`;
    const list = found.get(key) ?? [];
    for (let i = 0; i + 2 < marks.length; i += 3) {
      const outcome = outcomes[marks[i + 1] ?? 0];
      const us = (data?.fromUs ?? 0) + ((marks[i] ?? 0) + 0.5) * (data?.bucketUs ?? 0);
      if (outcome !== undefined) list.push({ us, outcome, count: marks[i + 2] ?? 0 });
    }
    found.set(key, list);
  }
  return found;
}

function badOf({ outcome }: Filter) {
  return badOutcomes.filter((each) => outcome.include.length === 0 || outcome.include.includes(each));
}

const noSpans: readonly TimeSpan[] = [];

/**
 * Returns the attempts of one process in the visible range, at the resolution of its pixels, as
 * stretches behind its curve.
 */
export function useAttemptSpans(process: { node: string; pids: readonly number[] } | null): readonly TimeSpan[] {
  const axis = useTimeAxis();
  const caseId = useCase((state) => state.caseId);
  const { miniBatch, outcome } = useFilter((state) => state.filter);
  const width = Math.round(axis.width);
  const isAsked = caseId !== null && process !== null && process.pids.length > 0 && width > 0;
  const { data } = useCommand(
    'analysis.lanes',
    isAsked
      ? {
          caseId,
          filter: {
            ...noFilter,
            miniBatch,
            outcome,
            node: { include: [process.node], exclude: [] },
            pid: { include: [...process.pids], exclude: [] },
          },
          fromUs: axis.fromUs,
          toUs: axis.toUs,
          width,
          start: 0,
          count: MOST_LANES,
        }
      : null,
    { delayMs: REST_MS },
  );
  return useMemo(() => (isAsked && data !== undefined ? spansOf(data, width) : noSpans), [isAsked, data, width]);
}

/** Reads the bars of lanes as stretches of time. `width` is the width of the range in pixels. */
export function spansOf({ bars, fromUs, toUs }: Lanes, width: number): TimeSpan[] {
  const perPixel = (toUs - fromUs) / width;
  const spans: TimeSpan[] = [];
  for (let i = 0; i + 5 < bars.length; i += 6) {
    const outcome = outcomes[bars[i + 3] ?? 0];
    if (outcome === undefined) continue;
    spans.push({
      fromUs: fromUs + (bars[i + 1] ?? 0) * perPixel,
      toUs: fromUs + (bars[i + 2] ?? 0) * perPixel,
      outcome,
    });
  }
  return spans;
}
