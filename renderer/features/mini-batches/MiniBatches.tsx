/**
 * The mini-batches view shows all mini-batches that the filter leaves, as charts and as a table. If
 * the place names two attempts, it shows those side by side instead.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MiniBatchRow } from '../../../electron/contract/records.ts';
import { isIndexing } from '../../state/case-store.ts';
import { useCase, useClient, useFilter, useSelection, useView } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useLatest } from '../../state/use-latest.ts';
import { usePagedRows } from '../../state/use-paged-rows.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import type { VirtualRowsHandle } from '../../widgets/VirtualRows.tsx';
import { VirtualTable } from '../../widgets/VirtualTable.tsx';
import { pairOf } from './attempt-pair.ts';
import { BatchCharts } from './BatchCharts.tsx';
import { BatchSummary } from './BatchSummary.tsx';
import { batchTableColumns } from './batch-columns.tsx';
import { batchFilter, isWholeRun } from './batch-filter.ts';
import { CompareAttempts } from './CompareAttempts.tsx';
import { type BatchSort, useMiniBatchesState } from './mini-batches-state.ts';
import './mini-batches.css';

export function MiniBatches() {
  const options = useView((state) => state.options);
  const pair = useMemo(() => pairOf(options), [options]);
  return pair === null ? <AllMiniBatches /> : <CompareAttempts pair={pair} />;
}

/** Shows the mini-batches as charts and as rows. */
function AllMiniBatches() {
  const client = useClient();
  const isReading = useCase((state) => isIndexing(state.progress));
  const caseId = useCase((state) => state.caseId);
  const whole = useFilter((state) => state.filter);
  const selected = useSelection((state) => state.miniBatchId);
  const select = useSelection((state) => state.select);
  const setView = useView((state) => state.set);
  const { sort, descending, hasCharts, set } = useMiniBatchesState();
  const handle = useRef<VirtualRowsHandle>(null);
  const [active, setActive] = useState<number | null>(null);
  const filter = useMemo(() => batchFilter(whole), [whole]);

  const key = caseId === null ? null : JSON.stringify({ caseId, filter, sort, descending });
  const rows = usePagedRows<MiniBatchRow>('batches.page', key, (start, count, signal) =>
    caseId === null
      ? Promise.resolve({ total: 0, rows: [] })
      : client.call('batches.page', { caseId, filter, sort, descending, start, count }, { signal }),
  );
  const { data: durations } = useCommand('analysis.durations', caseId === null ? null : { caseId, filter: {} });
  const p95 = durations?.quantiles.find((each) => each.outcome === null)?.p95 ?? null;
  const columns = useMemo(() => batchTableColumns(p95), [p95]);

  // A new question has new rows: scroll to the top and activate no row.
  const lastKey = useRef(key);
  useEffect(() => {
    if (lastKey.current === key) return;
    lastKey.current = key;
    setActive(null);
    handle.current?.scrollToRow(0, 'start');
  }, [key]);

  // The drawer takes height from the table, so scroll the active row back into view.
  const isDrawerOpen = useView((state) => state.drawer);
  const latestActive = useLatest(active);
  useEffect(() => {
    if (!isDrawerOpen) return;
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (latestActive.current !== null) handle.current?.scrollToRow(latestActive.current);
      }),
    );
    return () => cancelAnimationFrame(frame);
  }, [isDrawerOpen, latestActive]);

  const { rowAt, total } = rows;
  const listing = useMemo(
    () => (caseId === null ? null : ({ of: 'batches', caseId, filter, sort, descending } as const)),
    [caseId, filter, sort, descending],
  );
  const onActive = useCallback(
    (index: number) => {
      setActive(index);
      const row = rowAt(index);
      if (row === undefined) return;
      select({ miniBatchId: row.miniBatchId, timeUs: row.startUs, detail: 'miniBatch' });
      setView({ drawer: true });
    },
    [rowAt, select, setView],
  );
  return (
    <div className="mini-batches">
      <BatchSummary filter={filter} onJump={(index) => handle.current?.scrollToRow(index, 'start')} />
      {hasCharts && <BatchCharts filter={filter} onJump={(index) => handle.current?.scrollToRow(index, 'start')} />}
      <div className="mini-batches__table">
        {rows.error !== null ? (
          <ErrorBox error={rows.error} />
        ) : total === 0 && isReading ? (
          <EmptyState title="No mini-batch yet.">They appear when all logs have been read and joined.</EmptyState>
        ) : total === 0 ? (
          <EmptyState title="No mini-batch here." isFiltered>
            {isWholeRun(filter) ? 'The logs that are in this download name none.' : undefined}
          </EmptyState>
        ) : (
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
            onSort={(next) => set({ sort: next.column as BatchSort, descending: next.descending })}
            active={active}
            onActive={onActive}
            onOpen={onActive}
            rowClass={(row) => (row !== undefined && row.miniBatchId === selected ? 'is-active' : undefined)}
            handle={handle}
          />
        )}
      </div>
    </div>
  );
}
