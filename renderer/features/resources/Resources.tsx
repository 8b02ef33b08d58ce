/**
 * The resources view: CPU, memory, disk and network of nodes and processes under the time strip. It
 * shows one metric, or several below each other.
 */
import { useEffect, useRef } from 'react';
import { isIndexing } from '../../state/follow-case.ts';
import { useCase, useSelection } from '../../state/StoresContext.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { MarksLegend } from './MarksLegend.tsx';
import { MetricPanel } from './MetricPanel.tsx';
import { ResourcesToolbar } from './ResourcesToolbar.tsx';
import { useResourcesState } from './resources-state.ts';
import { useFailures } from './use-events.ts';
import { useResources } from './use-resources.ts';
import './resources.css';

export function Resources() {
  const { metric, moreMetrics, hasEvents, set } = useResourcesState();
  const view = useResources(metric);
  const failures = useFailures(hasEvents);
  const process = useSelection((state) => state.process);
  const isReading = useCase((state) => isIndexing(state.progress));

  // A person who arrives from a process wants to see that process.
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
  const metrics = [view.look.metric, ...moreMetrics];
  const remove = (at: number) => () => set({ metrics: metrics.filter((_, index) => index !== at) });
  return (
    <div className="resources">
      <ResourcesToolbar view={view} metrics={metrics} />
      {hasEvents && <MarksLegend />}
      <div className="resources__body">
        {metrics.map((each, index) => (
          <MetricPanel
            key={each}
            metric={each}
            failures={failures}
            onRemove={metrics.length === 1 ? null : remove(index)}
          />
        ))}
      </div>
    </div>
  );
}
