/**
 * The lanes view shows what each worker process did when: one lane per process and its successors,
 * one bar per attempt. The toolbar stands above the lanes, the sum of the visible range below.
 */
import { isIndexing } from '../../state/follow-case.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { LaneCanvas } from './LaneCanvas.tsx';
import { LanesToolbar } from './LanesToolbar.tsx';
import { RangeSummary } from './RangeSummary.tsx';
import { useLaneCurves } from './use-lane-curves.ts';
import { useLaneList } from './use-lanes.ts';
import './lanes.css';

export function Lanes() {
  const isReading = useCase((state) => isIndexing(state.progress));
  const list = useLaneList();
  const { lanes, total, error } = list;
  const { look } = useLaneCurves();
  if (error !== null) return <ErrorBox error={error} />;
  if (total === null) return null;
  if (lanes.length === 0 && isReading) {
    return <EmptyState title="No process yet.">Lanes are made when all logs have been read.</EmptyState>;
  }
  if (lanes.length === 0) {
    return (
      <EmptyState title="No process here." isFiltered>
        The logs in this download name no worker process.
      </EmptyState>
    );
  }
  return (
    <div className="lanes">
      <LanesToolbar lanes={lanes} total={total} />
      <LaneCanvas list={list} look={look} />
      <RangeSummary />
    </div>
  );
}
