/** The table of mini-batches: a row for each that the filter leaves. The active one is selected. */
import { type RefObject, useCallback, useMemo } from 'react';
import { isOneOf } from '../../../electron/contract/known-keys.ts';
import { batchSorts } from '../../../electron/contract/row-columns.ts';
import { isIndexing } from '../../state/follow-case.ts';
import { isWholeRun, type RecordFilter } from '../../state/record-filter.ts';
import { useCase, useSelection, useView } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import type { VirtualRowsHandle } from '../../widgets/VirtualRows.tsx';
import { VirtualTable } from '../../widgets/VirtualTable.tsx';
import { batchTableColumns } from './batch-columns.tsx';
import { useMiniBatchesState } from './mini-batches-state.ts';
import { useActiveRow } from './use-active-row.ts';
import { useBatchRows } from './use-batch-rows.ts';

export interface BatchTableProps {
  filter: RecordFilter;
  handle: RefObject<VirtualRowsHandle | null>;
}

export function BatchTable({ filter, handle }: BatchTableProps) {
  const isReading = useCase((state) => isIndexing(state.progress));
  const selected = useSelection((state) => state.miniBatchId);
  const select = useSelection((state) => state.select);
  const setView = useView((state) => state.set);
  const { sort, descending, set } = useMiniBatchesState();
  const { key, rows, listing } = useBatchRows(filter);
  const { rowAt, total } = rows;
  const [active, setActive] = useActiveRow(handle, key);
  const columns = useColumns();
  const onActive = useCallback(
    (index: number) => {
      setActive(index);
      const row = rowAt(index);
      if (row === undefined) return;
      select({ miniBatchId: row.miniBatchId, timeUs: row.startUs, detail: 'miniBatch' });
      setView({ drawer: true });
    },
    [setActive, rowAt, select, setView],
  );
  if (rows.error !== null) return <ErrorBox error={rows.error} />;
  if (total === 0 && isReading) {
    return <EmptyState title="No mini-batch yet.">They appear when all logs have been read and joined.</EmptyState>;
  }
  if (total === 0) {
    return (
      <EmptyState title="No mini-batch here." isFiltered>
        {isWholeRun(filter) ? 'The logs that are in this download name none.' : undefined}
      </EmptyState>
    );
  }
  return (
    <VirtualTable
      label="Mini-batches"
      noun="mini-batch"
      nouns="mini-batches"
      listing={listing}
      columns={columns}
      count={total ?? 0}
      rowAt={rowAt}
      onRange={rows.want}
      sort={{ column: sort, descending }}
      onSort={({ column, descending: isDown }) => {
        if (isOneOf(batchSorts, column)) set({ sort: column, descending: isDown });
      }}
      active={active}
      onActive={onActive}
      onOpen={onActive}
      rowClass={(row) => (row !== undefined && row.miniBatchId === selected ? 'is-active' : undefined)}
      handle={handle}
    />
  );
}

/** Returns the columns. The bar of a duration is against the 95th percentile of the whole run. */
function useColumns() {
  const caseId = useCase((state) => state.caseId);
  const { data } = useCommand('analysis.durations', caseId === null ? null : { caseId, filter: {} });
  const p95 = data?.quantiles.find((each) => each.outcome === null)?.p95 ?? null;
  return useMemo(() => batchTableColumns(p95), [p95]);
}
