import { useCallback, useEffect, useState } from 'react';
import type { LineRow } from '../../../../electron/contract/records.ts';
import { useClient } from '../../../state/StoresContext.tsx';
import { type FoldMap, lineOfRow } from '../model/fold-map.ts';
import type { LineStream } from '../model/stream.ts';
import { DRAWN_CHARS } from '../model/use-line-stream.ts';
import type { RangeStore } from './range-store.ts';

type Ranges = readonly (readonly [number, number])[];
const DELAY_MS = 60;
const MOST_ROWS = 1_000;

/**
 * What the filter's search found in the lines that are in view, asked of that search itself, so that what is drawn is exactly
 * what was found.
 */
export function useMatches(stream: LineStream | null, searchId: string | null, range: RangeStore, folds: FoldMap) {
  const client = useClient();
  const [found, setFound] = useState<{ searchId: string; of: ReadonlyMap<number, Ranges> } | null>(null);
  const fileId = stream?.kind === 'file' ? (stream.fileIds[0] ?? null) : null;
  const total = stream?.total ?? null;

  useEffect(() => {
    if (searchId === null || fileId === null || total === null) return;
    let abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (signal: AbortSignal) => {
      const { first, last } = range.getState();
      const from = lineOfRow(folds, first);
      const to = lineOfRow(folds, last);
      if (to < from) return;
      const { index } = await client.call('search.locate', { searchId, fileId, line: from + 1 }, { signal });
      const params = { searchId, start: index, count: Math.min(to - from + 2, MOST_ROWS), maxChars: DRAWN_CHARS };
      const { rows } = await client.call('search.rows', params, { signal });
      const of = new Map(rows.filter((row) => row.fileId === fileId).map((row) => [row.line, row.matches]));
      if (!signal.aborted) setFound({ searchId, of });
    };
    const soon = () => {
      clearTimeout(timer);
      abort.abort();
      abort = new AbortController();
      const { signal } = abort;
      // A search that was overtaken has no answer; the next one brings its own.
      timer = setTimeout(() => ask(signal).catch(() => {}), DELAY_MS);
    };
    soon();
    const stop = range.subscribe(soon);
    return () => {
      stop();
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, searchId, fileId, total, range, folds]);

  const map = found !== null && found.searchId === searchId ? found.of : null;
  return useCallback((row: LineRow): Ranges | undefined => map?.get(row.line), [map]);
}
