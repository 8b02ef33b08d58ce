/**
 * Rows by range are what a virtual list draws. The hook connects {@link PagedRows} to a component:
 * it makes new rows for a new question and keeps the old ones on the screen until the new ones
 * arrive.
 */
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { ErrorInfo } from '../../electron/contract/errors.ts';
import { PagedRows } from './paged-rows.ts';
import { useCase, useStores } from './StoresContext.tsx';

export interface RowsView<Row> {
  /** Null until the first page arrives. */
  total: number | null;
  rowAt: (index: number) => Row | undefined;
  /** Pass this to the list's `onRange`. */
  want: (first: number, last: number) => void;
  error: ErrorInfo | null;
  /** The rows shown answer the previous question. */
  isStale: boolean;
}

/**
 * Returns rows by range for a virtual list. `key` identifies the rows (parameters as text; null for
 * none). When it changes, the old rows stay until the first page of the new ones arrives. Asks
 * again when the case's records change.
 */
export function usePagedRows<Row>(
  name: string,
  key: string | null,
  fetch: (start: number, count: number, signal: AbortSignal) => Promise<{ total: number; rows: Row[] }>,
): RowsView<Row> {
  const { busy } = useStores();
  const revision = useCase((state) => state.revision);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const range = useRef<[number, number]>([0, 50]);
  const [shown, setShown] = useState<PagedRows<Row> | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: uses the `fetch` of this key, not of a later one
  const rows = useMemo(() => {
    return key === null ? null : new PagedRows<Row>({ name, busy, fetch, onChange: redraw });
  }, [name, key, busy]);

  useEffect(() => {
    rows?.revive();
    rows?.want(...range.current);
    return () => rows?.dispose();
  }, [rows]);

  const answered = useRef(revision);
  useEffect(() => {
    if (answered.current !== revision) rows?.invalidate();
    answered.current = revision;
  }, [revision, rows]);

  const current = rows === null || rows.isLoaded || rows.error !== null ? rows : shown;
  if (current !== shown) setShown(current);
  return {
    total: current?.total ?? null,
    rowAt: (index) => current?.at(index),
    want: (first, last) => {
      range.current = [first, last];
      rows?.want(first, last);
    },
    error: rows?.error ?? null,
    isStale: current !== rows,
  };
}
