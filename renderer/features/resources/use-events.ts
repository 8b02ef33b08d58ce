import { useMemo } from 'react';
import type { AttemptRow } from '../../../electron/contract/records.ts';
import type { TimeMark, TimeSpan } from '../../charts/time-marks.ts';
import type { Filter } from '../../state/filter.ts';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';

/** More marks than pixels are not told apart; more rows than this are slow to read. */
const MOST_FAILURES = 1_000;
const MOST_ATTEMPTS = 1_000;

/** More of one node or process than this are not told apart on its graph. */
const MOST_OWN = 300;
/** Scrolled past in less, and they are not asked for. */
const REST_MS = 60;

export interface Failures {
  /** Of a node, or of its processes with these pids. */
  marksOf: (node: string, pids: readonly number[] | null) => readonly TimeMark[];
  isWanted: boolean;
  total: number;
  drawn: number;
}

/** All that did not succeed: an attempt that never finished is often the one to look at. */
export const badOutcomes = ['failed', 'timed_out', 'partial', 'unfinished'] as const;

const noMarks: readonly TimeMark[] = [];
const noRows: readonly AttemptRow[] = [];

/** Attempts of the filtered world that failed in any way, by node and by process. */
export function useFailures(isWanted: boolean): Failures {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const bad = badOf(filter);
  const isAsked = isWanted && caseId !== null && bad.length > 0;
  const { data } = useCommand(
    'attempts.page',
    isAsked
      ? {
          caseId,
          filter: { ...filter, query: '', outcome: { include: bad, exclude: filter.outcome.exclude } },
          start: 0,
          count: MOST_FAILURES,
        }
      : null,
  );
  const rows = isAsked ? (data?.rows ?? noRows) : noRows;
  return useMemo(() => {
    const marks = new Map<string, TimeMark[]>();
    const add = (key: string, mark: TimeMark) => {
      const known = marks.get(key);
      if (known === undefined) marks.set(key, [mark]);
      else known.push(mark);
    };
    for (const row of rows) {
      const us = row.endUs ?? row.startUs;
      if (us === null || row.node === null) continue;
      const mark = { us, outcome: row.outcome };
      add(row.node, mark);
      if (row.pid !== null) add(`${row.node} ${row.pid}`, mark);
    }
    return {
      marksOf: (node, pids) =>
        pids === null
          ? (marks.get(node) ?? noMarks)
          : pids.length === 1
            ? (marks.get(`${node} ${pids[0]}`) ?? noMarks)
            : pids.flatMap((pid) => marks.get(`${node} ${pid}`) ?? noMarks),
      isWanted,
      total: isAsked ? (data?.total ?? 0) : 0,
      drawn: rows.length,
    };
  }, [rows, data, isAsked, isWanted]);
}

function badOf({ outcome }: Filter) {
  return badOutcomes.filter((each) => outcome.include.length === 0 || outcome.include.includes(each));
}

export interface OwnFailures {
  marks: readonly TimeMark[];
  /** All of them, also those that are not drawn. */
  total: number;
}

/** The failures of one node or process: from those of all, or where these are only the first, asked for on their own. */
export function useOwnFailures(failures: Failures, node: string, pids: readonly number[] | null): OwnFailures {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const bad = badOf(filter);
  const isPartial = failures.total > failures.drawn;
  const isAsked = failures.isWanted && isPartial && caseId !== null && bad.length > 0 && pids?.length !== 0;
  const { data } = useCommand(
    'attempts.page',
    isAsked
      ? {
          caseId,
          filter: {
            ...filter,
            query: '',
            node: { include: [node], exclude: [] },
            pid: pids === null ? filter.pid : { include: [...pids], exclude: [] },
            outcome: { include: bad, exclude: filter.outcome.exclude },
          },
          start: 0,
          count: MOST_OWN,
        }
      : null,
    { delayMs: REST_MS },
  );
  return useMemo(() => {
    if (!isAsked) {
      const marks = failures.marksOf(node, pids);
      return { marks, total: marks.length };
    }
    const marks = (data?.rows ?? noRows).flatMap((row): TimeMark[] => {
      const us = row.endUs ?? row.startUs;
      return us === null ? [] : [{ us, outcome: row.outcome }];
    });
    return { marks, total: data?.total ?? 0 };
  }, [isAsked, failures, node, pids, data]);
}

/** Attempts of one process in the range that is shown, as stretches behind its curve. */
export function useAttemptSpans(process: { node: string; pids: readonly number[] } | null): {
  spans: readonly TimeSpan[];
  total: number;
  drawn: number;
} {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const isAsked = caseId !== null && process !== null && process.pids.length > 0;
  const { data } = useCommand(
    'attempts.page',
    isAsked
      ? {
          caseId,
          filter: {
            ...filter,
            query: '',
            node: { include: [process.node], exclude: [] },
            pid: { include: [...process.pids], exclude: [] },
          },
          start: 0,
          count: MOST_ATTEMPTS,
        }
      : null,
  );
  const rows = isAsked ? (data?.rows ?? noRows) : noRows;
  const runEndUs = useCase((state) => state.info?.endUs ?? null);
  const { data: processes } = useCommand('processes.list', isAsked ? { caseId } : null);
  const spans = useMemo(() => {
    const ends = new Map(processes?.map((each) => [`${each.node} ${each.pid}`, each.endUs]));
    return attemptSpans(rows, (row) => ends.get(`${row.node} ${row.pid}`) ?? runEndUs);
  }, [rows, processes, runEndUs]);
  return { spans, total: isAsked ? (data?.total ?? 0) : 0, drawn: rows.length };
}

/**
 * Attempts as stretches of time. One without an end lasts until its process picks up the next, else until the process or
 * the run ended: it was under way all that time.
 */
export function attemptSpans(
  rows: readonly AttemptRow[],
  endOf: (row: AttemptRow) => number | null,
): readonly TimeSpan[] {
  const starts = new Map<string, number[]>();
  const key = (row: AttemptRow) => `${row.node} ${row.pid}`;
  for (const row of rows) {
    if (row.startUs === null) continue;
    const known = starts.get(key(row));
    if (known === undefined) starts.set(key(row), [row.startUs]);
    else known.push(row.startUs);
  }
  return rows.flatMap((row): TimeSpan[] => {
    const { startUs, endUs, outcome } = row;
    if (startUs === null) return [];
    if (endUs !== null) return [{ fromUs: startUs, toUs: endUs, outcome }];
    const later = (starts.get(key(row)) ?? []).filter((us) => us > startUs);
    const toUs = later.length > 0 ? Math.min(...later) : (endOf(row) ?? startUs);
    return [{ fromUs: startUs, toUs: Math.max(startUs, toUs), outcome }];
  });
}
