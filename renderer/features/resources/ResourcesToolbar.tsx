/**
 * The toolbar of the resources view chooses which metrics the graphs show, in which mode and how
 * they are drawn. It also saves the graphs and leads to the lines at the cursor.
 */
import { Table2 } from 'lucide-react';
import { wholeScale } from '../../charts/metrics.ts';
import { Button } from '../../widgets/Button.tsx';
import { Segments } from '../../widgets/Segments.tsx';
import { LinesAtCursor } from './LinesAtCursor.tsx';
import { MetricMenus } from './MetricMenus.tsx';
import { NodePicker } from './NodePicker.tsx';
import { useResourcesState } from './resources-state.ts';
import { SaveCurves } from './SaveCurves.tsx';
import { ShowMenu } from './ShowMenu.tsx';
import { type ResourcesView, useChosenNode } from './use-resources.ts';

const modes = [
  { value: 'nodes', title: 'Nodes', hint: 'A graph for each node' },
  { value: 'band', title: 'Band', hint: 'All nodes as one band, and who stands out of it' },
  { value: 'processes', title: 'Processes', hint: 'The processes of a node over each other' },
  { value: 'heat', title: 'Heat map', hint: 'A row for each node or process, colour for the value' },
] as const;

const heatLevels = [
  { value: 'node', title: 'By node' },
  { value: 'process', title: 'By process' },
] as const;

export interface ResourcesToolbarProps {
  view: ResourcesView;
  /** All visible metrics. The first belongs to the view. */
  metrics: readonly string[];
}

export function ResourcesToolbar({ view, metrics }: ResourcesToolbarProps) {
  const { mode, isWholeScale, set } = useResourcesState();
  const { look, groups, level } = view;
  return (
    <div className="resources__toolbar" role="toolbar" aria-label="Graphs">
      <MetricMenus metrics={view.metrics} look={look} shown={metrics} />
      <Segments label="How it is drawn" choices={modes} value={mode} onChoose={(next) => set({ mode: next })} />
      {mode === 'processes' && level === 'process' && <NodePicker groups={groups} />}
      {mode === 'heat' && (
        <Segments label="Rows" choices={heatLevels} value={level} onChoose={(next) => set({ heatLevel: next })} />
      )}
      <ShowMenu />
      {look?.unit === '%' && (
        <Button
          tone="quiet"
          isPressed={isWholeScale}
          title="Scale from 0 to 100 %, instead of by the data"
          onClick={() => set({ isWholeScale: !isWholeScale })}
        >
          0–100 %
        </Button>
      )}
      <span className="resources__tools">
        <LinesAtCursor />
        {mode !== 'heat' && metrics.length === 1 && look !== null && (
          <SaveCurves groups={groups} look={wholeScale(look, isWholeScale)} />
        )}
        <TableButton view={view} />
      </span>
    </div>
  );
}

/** Shows or hides the table of values below the graphs. */
function TableButton({ view }: { view: ResourcesView }) {
  const { mode, hasTable, set } = useResourcesState();
  // The processes of one node always have their table, which is their legend.
  const hasOwnTable = useChosenNode(view.groups) !== null && mode === 'processes' && view.level === 'process';
  if (hasOwnTable) return null;
  return (
    <Button tone="quiet" icon={<Table2 size={14} />} isPressed={hasTable} onClick={() => set({ hasTable: !hasTable })}>
      Table
    </Button>
  );
}
