/**
 * The mini-batches view shows all mini-batches that the filter leaves, as charts and as a table. If
 * the place names two attempts, it shows those side by side instead.
 */
import { useMemo, useRef } from 'react';
import { recordFilter } from '../../state/record-filter.ts';
import { useFilter, useView } from '../../state/StoresContext.tsx';
import type { VirtualRowsHandle } from '../../widgets/VirtualRows.tsx';
import { pairOf } from './attempt-pair.ts';
import { BatchCharts } from './BatchCharts.tsx';
import { BatchSummary } from './BatchSummary.tsx';
import { BatchTable } from './BatchTable.tsx';
import { CompareAttempts } from './CompareAttempts.tsx';
import { useMiniBatchesState } from './mini-batches-state.ts';
import './mini-batches.css';

export function MiniBatches() {
  const options = useView((state) => state.options);
  const pair = useMemo(() => pairOf(options), [options]);
  return pair === null ? <AllMiniBatches /> : <CompareAttempts pair={pair} />;
}

/** Shows the mini-batches as charts and as rows. */
function AllMiniBatches() {
  const whole = useFilter((state) => state.filter);
  const { hasCharts } = useMiniBatchesState();
  const handle = useRef<VirtualRowsHandle>(null);
  const filter = useMemo(() => recordFilter(whole), [whole]);
  const jump = (index: number) => handle.current?.scrollToRow(index, 'start');
  return (
    <div className="mini-batches">
      <BatchSummary filter={filter} onJump={jump} />
      {hasCharts && <BatchCharts filter={filter} onJump={jump} />}
      <div className="mini-batches__table">
        <BatchTable filter={filter} handle={handle} />
      </div>
    </div>
  );
}
