import { useEffect, useRef } from 'react';
import { isIndexing } from '../../state/case-store.ts';
import { useCase, useSelection } from '../../state/StoresContext.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { BandView } from './BandView.tsx';
import { HeatView } from './HeatView.tsx';
import { ProcessesView } from './ProcessesView.tsx';
import { ResourcesToolbar } from './ResourcesToolbar.tsx';
import { RowsView } from './RowsView.tsx';
import { useResourcesState } from './resources-state.ts';
import { useFailures } from './use-events.ts';
import { useResources } from './use-resources.ts';
import './resources.css';

/** CPU, memory, disk and network of nodes and processes, under the time strip. */
export function Resources() {
  const view = useResources();
  const { mode, hasEvents, set } = useResourcesState();
  const failures = useFailures(hasEvents);
  const process = useSelection((state) => state.process);
  const isReading = useCase((state) => isIndexing(state.progress));

  // Who comes here from a process wants to see that process.
  const lastProcess = useRef<typeof process>(null);
  useEffect(() => {
    if (process !== null && process !== lastProcess.current && lastProcess.current === null) set({ mode: 'processes' });
    lastProcess.current = process;
  }, [process, set]);

  if (!view.hasSeries || view.look === null) {
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
  const parts = { view, look: view.look, failures };
  return (
    <div className="resources">
      <ResourcesToolbar view={view} failures={failures} />
      <div className="resources__body">
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
