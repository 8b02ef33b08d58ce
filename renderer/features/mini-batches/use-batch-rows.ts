/** The rows of the table of mini-batches in its order, and their listing to copy and to save. */
import { useMemo } from 'react';
import type { MiniBatchRow } from '../../../electron/contract/batch-records.ts';
import type { RecordFilter } from '../../state/record-filter.ts';
import { useCase, useClient } from '../../state/StoresContext.tsx';
import { usePagedRows } from '../../state/use-paged-rows.ts';
import { useMiniBatchesState } from './mini-batches-state.ts';

export function useBatchRows(filter: RecordFilter) {
  const client = useClient();
  const caseId = useCase((state) => state.caseId);
  const { sort, descending } = useMiniBatchesState();
  /** Identifies the rows: another key stands for other rows. */
  const key = caseId === null ? null : JSON.stringify({ caseId, filter, sort, descending });
  const rows = usePagedRows<MiniBatchRow>('batches.page', key, (start, count, signal) =>
    caseId === null
      ? Promise.resolve({ total: 0, rows: [] })
      : client.call('batches.page', { caseId, filter, sort, descending, start, count }, { signal }),
  );
  const listing = useMemo(
    () => (caseId === null ? null : ({ of: 'batches', caseId, filter, sort, descending } as const)),
    [caseId, filter, sort, descending],
  );
  return { key, rows, listing };
}
