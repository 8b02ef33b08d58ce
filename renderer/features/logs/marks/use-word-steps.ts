/**
 * A word step goes from the selected line to the next or previous line with a word, in any file, in
 * time order. The search for the word lasts as long as the panel.
 */
import { useCallback, useEffect, useRef } from 'react';
import type { SearchState } from '../../../../electron/contract/commands.ts';
import { noFilter } from '../../../state/filter.ts';
import { useCase, useStores } from '../../../state/StoresContext.tsx';
import { ordinalOf, startSearch, stopSearch } from '../model/searches.ts';

export function useWordSteps(): (text: string, direction: 1 | -1) => void {
  const { client, busy, selection, navigation, toasts } = useStores();
  const caseId = useCase((state) => state.caseId);
  /** The search for the word last stepped through, which ends with the panel. */
  const last = useRef<{ key: string; state: SearchState } | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      abort.current?.abort();
      if (last.current !== null) stopSearch(client, last.current.state.searchId);
      last.current = null;
    },
    [client],
  );
  return useCallback(
    (text, direction) => {
      if (caseId === null) return;
      abort.current?.abort();
      abort.current = new AbortController();
      const { signal } = abort.current;
      const end = busy.begin('step to a word');
      const searchOf = async (): Promise<SearchState> => {
        const key = `${caseId} ${text}`;
        if (last.current?.key === key) return last.current.state;
        if (last.current !== null) stopSearch(client, last.current.state.searchId);
        last.current = null;
        const filter = { ...noFilter, query: text, mode: 'fixed' as const };
        const state = await startSearch(client, { caseId, filter, order: 'time', fileIds: null }, signal);
        last.current = { key, state };
        return state;
      };
      const step = async () => {
        const state = await searchOf();
        const { matches, searchId } = state;
        if (signal.aborted) return;
        if (matches === 0) return toasts.getState().show('No line of this run has it.');
        const { line, timeUs } = selection.getState();
        const place = line === null ? null : await ordinalOf(client, state, line, timeUs, signal);
        const next =
          place === null
            ? direction === 1
              ? 0
              : matches - 1
            : direction === -1
              ? place.index - 1
              : place.index + (place.isHit ? 1 : 0);
        if (next < 0 || next >= matches) {
          toasts
            .getState()
            .show(direction === 1 ? 'This is the last line with it.' : 'This is the first line with it.');
          return;
        }
        const { rows } = await client.call('search.rows', { searchId, start: next, count: 1, maxChars: 1 }, { signal });
        const [row] = rows;
        if (row === undefined || signal.aborted) return;
        navigation.navigate({
          view: 'logs',
          selection: { line: { fileId: row.fileId, line: row.line }, timeUs: row.timeUs, detail: 'line' },
        });
      };
      step()
        // A superseded step has no target, and a closed case has no lines.
        .catch(() => {})
        .finally(end);
    },
    [caseId, client, busy, selection, navigation, toasts],
  );
}
