import { useMemo } from 'react';
import type { AttemptRow } from '../../../electron/contract/records.ts';
import type { TimeMark, TimeSpan } from '../../charts/time-marks.ts';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';

/** More marks than pixels are not told apart; more rows than this are slow to read. */
const MOST_FAILURES = 1_000;
const MOST_ATTEMPTS = 1_000;

export interface Failures {
  /** By node; by `node pid` as well. */
  marksOf: (key: string) => readonly TimeMark[];
  total: number;
  drawn: number;
}

const noMarks: readonly TimeMark[] = [];
const noRows: readonly AttemptRow[] = [];

/** Attempts of the filtered world that failed in any way, by node and by process. */
export function useFailures(isWanted: boolean): Failures {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const bad = (['failed', 'timed_out', 'partial'] as const).filter(
    (outcome) => filter.outcome.include.length === 0 || filter.outcome.include.includes(outcome),
  );
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
      marksOf: (key: string) => marks.get(key) ?? noMarks,
      total: isAsked ? (data?.total ?? 0) : 0,
      drawn: rows.length,
    };
  }, [rows, data, isAsked]);
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
  const spans = useMemo(
    () =>
      rows.flatMap((row): TimeSpan[] =>
        row.startUs === null ? [] : [{ fromUs: row.startUs, toUs: row.endUs ?? row.startUs, outcome: row.outcome }],
      ),
    [rows],
  );
  return { spans, total: isAsked ? (data?.total ?? 0) : 0, drawn: rows.length };
}
