/**
 * The rows of the resources view: one graph per node, or per process of all nodes. Up to `TOGETHER`
 * rows have a table.
 */
import type { MetricLook } from '../../charts/metrics.ts';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useSize } from '../../charts/use-size.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { VirtualRows } from '../../widgets/VirtualRows.tsx';
import { useResourcesState } from './resources-state.ts';
import { SeriesRow } from './SeriesRow.tsx';
import type { Failures } from './use-events.ts';
import { useGroupSelection } from './use-group-selection.ts';
import type { ResourcesView } from './use-resources.ts';
import { TOGETHER, useSeriesRows } from './use-series-rows.ts';
import { ValueTable } from './ValueTable.tsx';

const LEAST_ROW_PX = 84;
const MOST_ROW_PX = 260;

export function RowsView({ view, look, failures }: { view: ResourcesView; look: MetricLook; failures: Failures }) {
  const { level, pidsOf } = view;
  const { hasTable } = useResourcesState();
  const { rows, curveOf, isLoading, max } = useSeriesRows(view, look);
  const { activeOf, choose } = useGroupSelection(pidsOf);
  const active = activeOf(rows);
  const { ref: area, height } = useSize<HTMLDivElement>();
  const pointer = useTimePointer(area, { wheel: 'scroll' });
  // A few rows share the available height.
  const rowHeight = Math.min(MOST_ROW_PX, Math.max(LEAST_ROW_PX, Math.floor(height / Math.max(1, rows.length))));
  return (
    <div className="resources__split">
      <div ref={area} className="resources__area" {...pointer.handlers}>
        <VirtualRows
          label={`${look.title} of each ${level}`}
          count={rows.length}
          rowHeight={rowHeight}
          active={active < 0 ? null : active}
          onActive={(index) => choose(rows[index])}
          renderRow={(index) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <SeriesRow
                key={row.key}
                group={row}
                look={look}
                height={rowHeight - 1}
                max={max}
                failures={failures}
                pids={level === 'node' ? null : pidsOf(row)}
                curve={curveOf === null ? null : curveOf(row)}
                isLoading={isLoading}
              />
            );
          }}
        />
        <TimeCursor />
        <TimeBrush range={pointer.brush} />
      </div>
      {hasTable && curveOf !== null && <ValueTable groups={rows} look={look} curveOf={curveOf} pidsOf={pidsOf} />}
      {hasTable && curveOf === null && (
        <p className="resources__note soft">
          The table is for up to {TOGETHER} graphs. Choose a node, or filter some processes.
        </p>
      )}
    </div>
  );
}
