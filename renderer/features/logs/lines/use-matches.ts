/**
 * Matches are what a search found in the lines in view. The hook asks that search itself, so that
 * the pane draws exactly what the search found.
 */
import { useCallback, useEffect, useState } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { useClient } from '../../../state/StoresContext.tsx';
import { useLatest } from '../../../state/use-latest.ts';
import { type FoldMap, lineOfRow } from '../model/fold-map.ts';
import type { LineStream } from '../model/stream.ts';
import { lineKey, type Matches, matchesIn, type Ranges } from './match-rows.ts';
import type { RangeStore } from './range-store.ts';

const DELAY_MS = 60;
/** The rows themselves may not have arrived, so wait for them. */
const AGAIN_MS = 120;
const MOST_AGAIN = 20;
const MOST_ROWS = 1_000;

export function useMatches(stream: LineStream | null, searchId: string | null, range: RangeStore, folds: FoldMap) {
  const client = useClient();
  const [found, setFound] = useState<{ key: string; of: Matches } | null>(null);
  const latest = useLatest(stream);
  const streamKey = stream?.key ?? null;
  const total = stream?.total ?? null;
  const key = `${searchId} ${streamKey}`;

  useEffect(() => {
    if (searchId === null || streamKey === null || total === null) return;
    let abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (signal: AbortSignal, again: number) => {
      const { first, last } = range.getState();
      const lines = latest.current;
      if (lines === null || last < first) return;
      const rows: LineRow[] = [];
      for (let row = first; row <= Math.min(last, first + MOST_ROWS); row++) {
        const line = lines.rowAt(lineOfRow(folds, row));
        if (line !== undefined) rows.push(line);
      }
      if (rows.length < Math.min(last - first + 1, MOST_ROWS) && again < MOST_AGAIN) {
        timer = setTimeout(() => ask(signal, again + 1).catch(() => {}), AGAIN_MS);
        return;
      }
      const of = await matchesIn(client, searchId, { rows, order: lines.order }, signal);
      if (!signal.aborted) setFound({ key, of });
    };
    const soon = () => {
      clearTimeout(timer);
      abort.abort();
      abort = new AbortController();
      const { signal } = abort;
      // A superseded search has no answer; the next one brings its own.
      timer = setTimeout(() => ask(signal, 0).catch(() => {}), DELAY_MS);
    };
    soon();
    const stop = range.subscribe(soon);
    return () => {
      stop();
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, searchId, streamKey, total, key, range, folds, latest]);

  const map = found !== null && found.key === key ? found.of : null;
  return useCallback((row: LineRow): Ranges | undefined => map?.get(lineKey(row)), [map]);
}
