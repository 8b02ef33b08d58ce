import { useEffect, useMemo, useRef } from 'react';
import type { MetricLook } from '../../charts/metrics.ts';
import { isIndexing } from '../../state/case-store.ts';
import { useCase, useSelection } from '../../state/StoresContext.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { BandView } from './BandView.tsx';
import { HeatView } from './HeatView.tsx';
import { MarksLegend } from './MarksLegend.tsx';
import { ProcessesView } from './ProcessesView.tsx';
import { ResourcesToolbar } from './ResourcesToolbar.tsx';
import { RowsView } from './RowsView.tsx';
import { useResourcesState } from './resources-state.ts';
import { useFailures } from './use-events.ts';
import { useResources } from './use-resources.ts';
import { useSampleSteps } from './use-sample-steps.ts';
import './resources.css';

/** CPU, memory, disk and network of nodes and processes, under the time strip. */
export function Resources() {
  const view = useResources();
  const { mode, hasEvents, isWholeScale, set } = useResourcesState();
  const look = useMemo(() => wholeScale(view.look, isWholeScale), [view.look, isWholeScale]);
  const steps = useSampleSteps(view, look);
  const failures = useFailures(hasEvents);
  const process = useSelection((state) => state.process);
  const isReading = useCase((state) => isIndexing(state.progress));

  // Who comes here from a process wants to see that process.
  const lastProcess = useRef<typeof process>(null);
  useEffect(() => {
    if (process !== null && process !== lastProcess.current && lastProcess.current === null) set({ mode: 'processes' });
    lastProcess.current = process;
  }, [process, set]);

  if (!view.hasSeries || look === null) {
    if (view.isLoading) return null;
    return isReading ? (
      <EmptyState title="No samples have been read yet.">They appear as the files are read.</EmptyState>
    ) : (
      <EmptyState title="This download has no samples of CPU, memory, disk or network.">
        The service writes them to <span className="mono">logs/sys/perf/</span>. They are missing where the folder was
        not downloaded, or where the run ended before the first sample.
      </EmptyState>
    );
  }
  const parts = { view, look, failures };
  return (
    <div className="resources">
      <ResourcesToolbar view={view} look={look} failures={failures} />
      {hasEvents && <MarksLegend />}
      <div className="resources__body" onKeyDownCapture={steps.onKeyDown}>
        <span className="hidden-label" role="status">
          {steps.said}
        </span>
        {view.groups.length === 0 ? (
          <EmptyState title="No graph for this filter." isFiltered />
        ) : mode === 'band' ? (
          <BandView {...parts} />
        ) : mode === 'heat' ? (
          <HeatView {...parts} />
        ) : mode === 'processes' && view.level === 'process' ? (
          <ProcessesView {...parts} />
        ) : (
          <RowsView {...parts} />
        )}
      </div>
    </div>
  );
}

/** Shares against the whole instead of the data, where that is wanted. */
function wholeScale(look: MetricLook | null, isWhole: boolean): MetricLook | null {
  if (look === null || !isWhole || look.unit !== '%') return look;
  return { ...look, scaleTo: (greatest) => Math.max(100, look.scaleTo(greatest)) };
}
