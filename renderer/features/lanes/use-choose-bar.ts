/**
 * Returns a function that selects what a bar stands for and shows it in the drawer: the mini-batch
 * if the bar is one attempt, otherwise the process.
 */
import { useCallback } from 'react';
import type { Lane } from '../../../electron/contract/analysis.ts';
import { useCase, useSelection, useStores, useView } from '../../state/StoresContext.tsx';
import { attemptFilter } from './attempt-filter.ts';
import type { LaneBar } from './lane-bars.ts';

export function useChooseBar(): (lane: Lane, bar: LaneBar | null, us: number) => void {
  const { client, busy } = useStores();
  const caseId = useCase((state) => state.caseId);
  const select = useSelection((state) => state.select);
  const setView = useView((state) => state.set);
  return useCallback(
    (lane, bar, us) => {
      const process = { node: lane.node, process: lane.process, pid: lane.pid };
      select({ process, node: lane.node, timeUs: Math.round(us), detail: 'process' });
      setView({ drawer: true });
      if (caseId === null || bar === null || bar.count !== 1) return;
      const end = busy.begin('attempt of a bar');
      client
        .call('attempts.page', { caseId, filter: attemptFilter(lane, us, bar), start: 0, count: 1 })
        .then(
          ({ rows }) => {
            const row = rows[0];
            if (row !== undefined) select({ miniBatchId: row.miniBatchId, detail: 'miniBatch' });
          },
          () => {},
        )
        .finally(end);
    },
    [client, busy, caseId, select, setView],
  );
}
