/**
 * A fold hides a traceback except its first and last line, or a record except its first line. The
 * hook holds the folds of one file and finds what to fold. Merged lines interleave, so they have no
 * folds.
 */
import { useCallback, useState } from 'react';
import type { LineRow } from '../../../../electron/contract/records.ts';
import { noFilter } from '../../../state/filter.ts';
import { useCase, useStores } from '../../../state/StoresContext.tsx';
import { type FoldMap, foldAt, foldMap, noFolds } from '../model/fold-map.ts';
import { recordFolds } from '../model/record-folds.ts';
import { startSearch, stopSearch } from '../model/searches.ts';
import type { LineStream } from '../model/stream.ts';
import { tracebackFolds } from '../model/traceback.ts';

export interface Folds {
  map: FoldMap;
  /** Folds the traceback of a row, or unfolds it. */
  toggle: (row: LineRow) => void;
  /** How the whole file is folded. */
  by: FoldedBy | null;
  /**
   * Folds every traceback of the file, or every record to its first line, or unfolds everything.
   */
  toggleAll: (by: FoldedBy) => void;
}

export type FoldedBy = 'tracebacks' | 'records';

/** The number of lines around a row to search for the ends of its traceback. */
const REACH = 2_000;
const ROWS_A_CALL = 5_000;
/** The most rows that folding the whole file reads. A larger file is only folded in part. */
const MOST_ROWS = 500_000;

interface Held {
  key: string;
  map: FoldMap;
  by: FoldedBy | null;
}

/** The kinds of folding: which lines of the file matter, what they fold, and the messages. */
const kinds = {
  tracebacks: {
    // Every line of a traceback counts as an error, so a search for errors returns all of them in
    // file order.
    filter: { ...noFilter, minLevel: 'error' as const },
    folds: (rows: readonly LineRow[]) => tracebackFolds(rows),
    none: 'This file has no traceback that could be folded.',
    some: 'Only the first tracebacks of this file are folded.',
    failed: 'The tracebacks could not be found.',
  },
  records: {
    filter: { ...noFilter, firstLines: true },
    folds: (rows: readonly LineRow[], total: number | null) =>
      recordFolds(
        rows.map(({ line }) => line),
        total,
      ),
    none: 'Each record of this file is one line.',
    some: 'Only the first records of this file are folded.',
    failed: 'The records could not be found.',
  },
};

export function useFolds(stream: LineStream | null): Folds {
  const { client, busy, toasts } = useStores();
  const caseId = useCase((state) => state.caseId);
  const [held, setHeld] = useState<Held>({ key: '', map: noFolds, by: null });
  const key = stream?.kind === 'file' ? stream.key : '';
  const fileId = stream?.kind === 'file' ? (stream.fileIds[0] ?? null) : null;
  const total = stream?.total ?? null;
  const isHeld = held.key === key && key !== '';
  const map = isHeld ? held.map : noFolds;
  const by = isHeld && map.folds.length > 0 ? held.by : null;

  const toggle = useCallback(
    (row: LineRow) => {
      if (fileId === null || caseId === null) return;
      const change = (next: (before: FoldMap) => FoldMap) =>
        setHeld((before) =>
          before.key === key ? { ...before, map: next(before.map) } : { key, map: next(noFolds), by: 'tracebacks' },
        );
      // The line after a fold shows how many lines it hides.
      const known = foldAt(map, row.line - 1) ?? map.folds.find(({ to }) => to === row.line - 2) ?? null;
      if (known !== null) {
        change((before) => foldMap(before.folds.filter((fold) => fold.head !== known.head)));
        return;
      }
      const start = Math.max(0, row.line - 1 - REACH);
      client.call('lines.page', { caseId, fileId, start, count: REACH * 2, maxChars: 1 }).then(
        ({ rows }) => {
          const fold = tracebackFolds(rows).find(({ head, to }) => head <= row.line - 1 && row.line - 1 <= to + 1);
          if (fold !== undefined) change((before) => foldMap([...before.folds, fold]));
        },
        () => {},
      );
    },
    [client, caseId, fileId, key, map],
  );

  const toggleAll = useCallback(
    (wanted: FoldedBy) => {
      if (fileId === null || caseId === null) return;
      if (by === wanted) {
        setHeld({ key, map: noFolds, by: null });
        return;
      }
      const { filter, folds, none, some, failed } = kinds[wanted];
      const signal = new AbortController().signal;
      const end = busy.begin('fold all');
      const gather = async () => {
        const search = await startSearch(client, { caseId, filter, order: 'file', fileIds: [fileId] }, signal);
        try {
          const rows: LineRow[] = [];
          const { searchId, matches } = search;
          for (let start = 0; start < Math.min(matches, MOST_ROWS); start += ROWS_A_CALL) {
            const page = await client.call('search.rows', { searchId, start, count: ROWS_A_CALL, maxChars: 1 });
            rows.push(...page.rows);
          }
          const all = foldMap(folds(rows, matches > MOST_ROWS ? null : total));
          setHeld({ key, map: all, by: wanted });
          if (all.folds.length === 0) toasts.getState().show(none);
          else if (matches > MOST_ROWS) toasts.getState().show(some);
        } finally {
          stopSearch(client, search.searchId);
        }
      };
      gather()
        .catch(() => toasts.getState().show(failed, { tone: 'error' }))
        .finally(end);
    },
    [client, busy, toasts, caseId, fileId, key, by, total],
  );

  return { map, toggle, by, toggleAll };
}
