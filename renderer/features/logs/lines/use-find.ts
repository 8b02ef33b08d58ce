/**
 * Find is the search within the lines of the pane. A search of these files counts its hits; a step
 * goes from the cursor to the next or previous one. `model/find.ts` interprets its text.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LineKey } from '../../../state/location.ts';
import { useCase, useStores } from '../../../state/StoresContext.tsx';
import { useLatest } from '../../../state/use-latest.ts';
import { type SearchView, useSearch } from '../../../state/use-search.ts';
import { findFilter, findPattern } from '../model/find.ts';
import { useLogs } from '../model/LogsContext.tsx';
import { answeredId, ordinalOf } from '../model/searches.ts';
import type { LineStream } from '../model/stream.ts';

export interface Find {
  search: SearchView;
  pattern: RegExp | null;
  /**
   * The 1-based ordinal of the cursor's line among the lines found, or null if it is none of them.
   */
  ordinal: number | null;
  /** There is something to step through. */
  isOn: boolean;
  step: (direction: 'next' | 'previous') => void;
}

export function useFind(
  stream: LineStream | null,
  current: LineKey | null,
  timeUs: number | null,
  goTo: (index: number) => void,
): Find {
  const { client, busy, toasts } = useStores();
  const caseId = useCase((state) => state.caseId);
  const find = useLogs((state) => state.find);
  const filter = useMemo(() => (find.isOpen ? findFilter(find) : null), [find]);
  const search = useSearch(stream === null ? null : filter, stream?.order ?? 'file', stream?.fileIds ?? null);
  const pattern = useMemo(() => (find.isOpen ? findPattern(find) : null), [find]);

  const searchId = answeredId(search);
  const { total, isRunning } = search;
  const [ordinal, setOrdinal] = useState<{ of: string; index: number | null }>({ of: '', index: null });
  const fileId = current?.fileId ?? null;
  const line = current?.line ?? null;
  const placeKey = `${searchId} ${fileId}:${line}`;
  useEffect(() => {
    if (searchId === null || fileId === null || line === null || isRunning) return;
    const abort = new AbortController();
    ordinalOf(client, { searchId, matches: total }, { fileId, line }, timeUs, abort.signal).then(
      ({ index, isHit }) => setOrdinal({ of: placeKey, index: isHit ? index : null }),
      () => {},
    );
    return () => abort.abort();
  }, [client, searchId, fileId, line, timeUs, total, isRunning, placeKey]);

  const stepping = useRef<AbortController | null>(null);
  const latest = useLatest({ stream, current, timeUs, goTo, filter, search });
  const step = useCallback(
    (direction: 'next' | 'previous') => {
      const now = latest.current;
      if (now.stream === null || now.filter === null || caseId === null) return;
      const lines = now.stream;
      stepping.current?.abort();
      const abort = new AbortController();
      stepping.current = abort;
      const end = busy.begin('find');
      const say = (text: string) => toasts.getState().show(text);
      const inFile = async () => {
        const [only] = lines.fileIds;
        if (only === undefined || now.filter === null) return;
        const ask = (from: number) =>
          client.call(
            'lines.find',
            { caseId, fileId: only, filter: now.filter ?? {}, line: from, direction },
            { signal: abort.signal },
          );
        const from =
          now.current?.fileId === only ? now.current.line : direction === 'next' ? 0 : (lines.total ?? 0) + 1;
        let hit = await ask(from);
        if (hit === null) {
          hit = await ask(direction === 'next' ? 0 : (lines.total ?? 0) + 1);
          if (hit === null) return say('Nothing is found in this file.');
          if (hit.line === from) return say('This is the only line that is found.');
          say(direction === 'next' ? 'Found again from the top.' : 'Found again from the end.');
        }
        if (!abort.signal.aborted) now.goTo(hit.line - 1);
      };
      const inMerged = async () => {
        const state = now.search.state;
        if (state === null || state.matches === 0) return say('Nothing is found in these files.');
        const place =
          now.current === null ? null : await ordinalOf(client, state, now.current, now.timeUs, abort.signal);
        const from = place?.index ?? 0;
        const wanted = direction === 'previous' ? from - 1 : place?.isHit === true ? from + 1 : from;
        const start = (wanted + state.matches) % state.matches;
        const { rows } = await client.call('search.rows', { searchId: state.searchId, start, count: 1, maxChars: 1 });
        const index = rows[0] === undefined ? null : await lines.indexOf(rows[0], rows[0].timeUs);
        if (index !== null && !abort.signal.aborted) now.goTo(index);
      };
      (lines.kind === 'file' ? inFile() : inMerged())
        // The text beside the box says what is wrong with the query.
        .catch(() => {})
        .finally(end);
    },
    [client, busy, toasts, caseId, latest],
  );

  return {
    search,
    pattern,
    ordinal: ordinal.of === placeKey && ordinal.index !== null ? ordinal.index + 1 : null,
    isOn: filter !== null,
    step,
  };
}
