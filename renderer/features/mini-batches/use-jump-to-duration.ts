/** The jump to a duration sorts the table, the longest first, and goes to the rows of a limit. */

import type { RecordFilter } from '../../state/record-filter.ts';
import { useCase, useStores } from '../../state/StoresContext.tsx';
import { locateDuration } from './locate-duration.ts';
import { useMiniBatchesState } from './mini-batches-state.ts';

/** `onJump` scrolls a row of the table to its top. */
export function useJumpToDuration(filter: RecordFilter, onJump: (index: number) => void): (limit: number) => void {
  const { client, busy } = useStores();
  const caseId = useCase((state) => state.caseId);
  const { set } = useMiniBatchesState();
  return (limit) => {
    if (caseId === null) return;
    set({ sort: 'durationSeconds', descending: true });
    const end = busy.begin('rows of a duration');
    const page = (start: number, count: number) =>
      client.call('batches.page', { caseId, filter, sort: 'durationSeconds', descending: true, start, count });
    page(0, 0)
      .then(({ total }) =>
        locateDuration(total, limit, async (at) => (await page(at, 1)).rows[0]?.durationSeconds ?? null),
      )
      .then(onJump, () => {})
      .finally(end);
  };
}
