/**
 * Runs the view's statement over the open run or the chosen ones, follows the query, and stops it.
 */
import { useCallback, useEffect, useRef } from 'react';
import { toErrorInfo } from '../../../electron/contract/errors.ts';
import { forgetHeld, holdRuns, useChosenRuns } from '../../state/chosen-runs.ts';
import { useCase, useStores } from '../../state/StoresContext.tsx';
import { useQueryState } from './query-state.ts';

export function useQuery() {
  const { client, busy } = useStores();
  const caseId = useCase((state) => state.caseId);
  const set = useQueryState((state) => state.set);
  const isStopped = useRef(false);
  const queryId = useQueryState((state) => state.state?.queryId ?? null);

  useEffect(
    () =>
      client.on('sql.progressed', (state) => {
        if (useQueryState.getState().state?.queryId === state.queryId) set({ state });
      }),
    [client, set],
  );

  // The window has opened another run, so the previous result no longer applies.
  useEffect(() => useQueryState.getState().openCase(caseId), [caseId]);

  const stop = useCallback(() => {
    isStopped.current = true;
    if (queryId !== null) client.call('sql.stop', { queryId, keepRows: true }).catch(() => undefined);
  }, [client, queryId]);

  const run = useCallback(async () => {
    const { text, isStarting, state: before } = useQueryState.getState();
    const { runs } = useChosenRuns.getState();
    if (isStarting || (caseId === null && runs.length === 0)) return;
    isStopped.current = false;
    const end = busy.begin('query');
    set({ isStarting: true, error: null });
    if (before !== null) client.call('sql.stop', { queryId: before.queryId }).catch(() => undefined);
    try {
      const opened = (done: number) => set({ says: `Opening runs: ${done} of ${runs.length}` });
      const caseIds =
        runs.length === 0 ? [caseId ?? ''] : await holdRuns(client, runs, opened, () => isStopped.current);
      let state = await client.call('sql.start', { caseIds, sql: text });
      set({ state, caseId, runs, isStarting: false, says: null });
      // Stop was pressed before the query had a name.
      if (isStopped.current) await client.call('sql.stop', { queryId: state.queryId, keepRows: true });
      // Catches up on what happened before this could listen.
      state = await client.call('sql.state', { queryId: state.queryId });
      if (useQueryState.getState().state?.queryId === state.queryId) set({ state });
      if (caseId !== null) await client.call('sql.remember', { caseId, sql: text, rows: state.rows });
      set({ kept: useQueryState.getState().kept + 1 });
    } catch (thrown) {
      const error = toErrorInfo(thrown);
      if (error.code === 'no_case') forgetHeld();
      set({ state: null, error, isStarting: false, says: null });
    } finally {
      end();
    }
  }, [client, busy, caseId, set]);

  return { run, stop };
}
