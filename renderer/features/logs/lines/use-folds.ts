/**
 * A fold hides a traceback but for its first and last line. The hook holds the folds of one file
 * and finds tracebacks to fold; merged lines stand between each other and have no folds.
 */
import { useCallback, useState } from 'react';
import type { LineRow } from '../../../../electron/contract/records.ts';
import { noFilter } from '../../../state/filter.ts';
import { useCase, useStores } from '../../../state/StoresContext.tsx';
import { type FoldMap, foldAt, foldMap, noFolds } from '../model/fold-map.ts';
import { startSearch, stopSearch } from '../model/searches.ts';
import type { LineStream } from '../model/stream.ts';
import { tracebackFolds } from '../model/traceback.ts';

export interface Folds {
  map: FoldMap;
  /** Fold the traceback that a row is part of, or unfold it. */
  toggle: (row: LineRow) => void;
  /** Fold every traceback of the file, or unfold all. */
  toggleAll: () => void;
}

/** Lines looked at around a row to find where its traceback starts and ends. */
const REACH = 2_000;
const ROWS_A_CALL = 5_000;
/** Rows of tracebacks that folding all looks at: beyond that a file is searched, not read. */
const MOST_ROWS = 500_000;

export function useFolds(stream: LineStream | null): Folds {
  const { client, busy, toasts } = useStores();
  const caseId = useCase((state) => state.caseId);
  const [held, setHeld] = useState<{ key: string; map: FoldMap }>({ key: '', map: noFolds });
  const key = stream?.kind === 'file' ? stream.key : '';
  const fileId = stream?.kind === 'file' ? (stream.fileIds[0] ?? null) : null;
  const map = held.key === key && key !== '' ? held.map : noFolds;

  const toggle = useCallback(
    (row: LineRow) => {
      if (fileId === null || caseId === null) return;
      const change = (next: (before: FoldMap) => FoldMap) =>
        setHeld((before) => ({ key, map: next(before.key === key ? before.map : noFolds) }));
      const known = foldAt(map, row.line - 1);
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

  const toggleAll = useCallback(() => {
    if (fileId === null || caseId === null) return;
    if (map.folds.length > 0) {
      setHeld({ key, map: noFolds });
      return;
    }
    const signal = new AbortController().signal;
    const end = busy.begin('fold all');
    const gather = async () => {
      // Every line of a traceback counts as an error, so that a search for errors has them all, in the order of the file.
      const filter = { ...noFilter, minLevel: 'error' as const };
      const search = await startSearch(client, { caseId, filter, order: 'file', fileIds: [fileId] }, signal);
      try {
        const rows: LineRow[] = [];
        const { searchId, matches } = search;
        for (let start = 0; start < Math.min(matches, MOST_ROWS); start += ROWS_A_CALL) {
          const page = await client.call('search.rows', { searchId, start, count: ROWS_A_CALL, maxChars: 1 });
          rows.push(...page.rows);
        }
        const all = foldMap(tracebackFolds(rows));
        setHeld({ key, map: all });
        if (all.folds.length === 0) toasts.getState().show('This file has no traceback that could be folded.');
        else if (matches > MOST_ROWS) toasts.getState().show('Only the first tracebacks of this file are folded.');
      } finally {
        stopSearch(client, search.searchId);
      }
    };
    gather()
      .catch(() => toasts.getState().show('The tracebacks could not be found.', { tone: 'error' }))
      .finally(end);
  }, [client, busy, toasts, caseId, fileId, key, map]);

  return { map, toggle, toggleAll };
}
