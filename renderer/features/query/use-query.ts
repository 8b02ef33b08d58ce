import { useCallback, useEffect } from 'react';
import { toErrorInfo } from '../../../electron/contract/errors.ts';
import { useCase, useStores } from '../../state/StoresContext.tsx';
import { useQueryState } from './query-state.ts';

/** Runs the statement of the view, follows it, and stops it. */
export function useQuery() {
  const { client, busy } = useStores();
  const caseId = useCase((state) => state.caseId);
  const set = useQueryState((state) => state.set);
  const queryId = useQueryState((state) => state.state?.queryId ?? null);

  useEffect(
    () =>
      client.on('sql.progressed', (state) => {
        if (useQueryState.getState().state?.queryId === state.queryId) set({ state });
      }),
    [client, set],
  );

  // Another run has been opened: its result is another one.
  useEffect(() => {
    if (useQueryState.getState().caseId !== caseId) set({ caseId, state: null, error: null });
  }, [caseId, set]);

  const stop = useCallback(() => {
    if (queryId !== null) client.call('sql.stop', { queryId, keepRows: true }).catch(() => undefined);
  }, [client, queryId]);

  const run = useCallback(async () => {
    const { text, isStarting, state: before } = useQueryState.getState();
    if (caseId === null || isStarting) return;
    const end = busy.begin('query');
    set({ isStarting: true, error: null });
    if (before !== null) client.call('sql.stop', { queryId: before.queryId }).catch(() => undefined);
    try {
      let state = await client.call('sql.start', { caseIds: [caseId], sql: text });
      set({ state, caseId, isStarting: false });
      // What happened before this could listen.
      state = await client.call('sql.state', { queryId: state.queryId });
      if (useQueryState.getState().state?.queryId === state.queryId) set({ state });
      await client.call('sql.remember', { caseId, sql: text, rows: state.rows });
      set({ kept: useQueryState.getState().kept + 1 });
    } catch (thrown) {
      set({ state: null, error: toErrorInfo(thrown), isStarting: false });
    } finally {
      end();
    }
  }, [client, busy, caseId, set]);

  return { run, stop };
}
