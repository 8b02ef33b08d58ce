/**
 * A metric panel shows the graphs of one metric, in the mode that applies to all. The arrow keys
 * step through its samples.
 */
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { type MetricLook, wholeScale } from '../../charts/metrics.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { BandView } from './BandView.tsx';
import { HeatView } from './HeatView.tsx';
import { ProcessesView } from './ProcessesView.tsx';
import { RowsView } from './RowsView.tsx';
import { useResourcesState } from './resources-state.ts';
import { SaveCurves } from './SaveCurves.tsx';
import type { Failures } from './use-events.ts';
import { type ResourcesView, useResources } from './use-resources.ts';
import { useSampleSteps } from './use-sample-steps.ts';

export interface MetricPanelProps {
  metric: string | null;
  failures: Failures;
  /** Removes the panel. Null for the only panel, which has no line with its name. */
  onRemove: (() => void) | null;
}

export function MetricPanel({ metric, failures, onRemove }: MetricPanelProps) {
  const view = useResources(metric);
  const { isWholeScale, mode } = useResourcesState();
  const look = useMemo(
    () => (view.look === null ? null : wholeScale(view.look, isWholeScale)),
    [view.look, isWholeScale],
  );
  const steps = useSampleSteps(view, look);
  if (look === null) return null;
  return (
    <section className="metric-panel" aria-label={look.title} onKeyDownCapture={steps.onKeyDown}>
      <span className="hidden-label" role="status">
        {steps.said}
      </span>
      {onRemove !== null && (
        <div className="metric-panel__head">
          <strong>{look.title}</strong> <span className="faint">{look.unit}</span>
          <span className="metric-panel__tools">
            {mode !== 'heat' && <SaveCurves groups={view.groups} look={look} />}
            <IconButton label={`Remove ${look.title}`} icon={<X size={13} />} onClick={onRemove} />
          </span>
        </div>
      )}
      <div className="metric-panel__body">
        {view.groups.length === 0 ? (
          <EmptyState title="No graph for this filter." isFiltered />
        ) : (
          <Graphs view={view} look={look} failures={failures} />
        )}
      </div>
    </section>
  );
}

function Graphs(props: { view: ResourcesView; look: MetricLook; failures: Failures }) {
  const { mode } = useResourcesState();
  if (mode === 'band') return <BandView {...props} />;
  if (mode === 'heat') return <HeatView {...props} />;
  if (mode === 'processes' && props.view.level === 'process') return <ProcessesView {...props} />;
  return <RowsView {...props} />;
}
