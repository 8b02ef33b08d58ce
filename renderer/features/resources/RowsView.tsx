/**
 * The rows of the resources view: one graph per node, or per process of all nodes. Up to `TOGETHER`
 * rows ask for their curves together and have a table. With more, each row asks for its own.
 */
import { useMemo } from 'react';
import type { MetricLook } from '../../charts/metrics.ts';
import { summaryOf } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useSize } from '../../charts/use-size.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { VirtualRows } from '../../widgets/VirtualRows.tsx';
import { useResourcesState } from './resources-state.ts';
import { SeriesRow } from './SeriesRow.tsx';
import { greatestFirst, type SeriesGroup } from './series-groups.ts';
import type { Failures } from './use-events.ts';
import { useGroupSelection } from './use-group-selection.ts';
import { type ResourcesView, useGreatest, useGroupCurves } from './use-resources.ts';
import { ValueTable } from './ValueTable.tsx';

const LEAST_ROW_PX = 84;
const MOST_ROW_PX = 260;
/**
 * Up to this many rows ask for their curves together. With more, each row asks when it comes into
 * view.
 */
const TOGETHER = 150;

export function RowsView({ view, look, failures }: { view: ResourcesView; look: MetricLook; failures: Failures }) {
  const { groups, level, pidsOf } = view;
  const axis = useTimeAxis();
  const { isShared, order, hasTable } = useResourcesState();
  const { activeOf, choose } = useGroupSelection(pidsOf);
  const { ref: area, height } = useSize<HTMLDivElement>();
  // A few rows share the available height.
  const rowHeight = Math.min(MOST_ROW_PX, Math.max(LEAST_ROW_PX, Math.floor(height / Math.max(1, groups.length))));
  const pointer = useTimePointer(area, { wheel: 'scroll' });
  const isTogether = groups.length <= TOGETHER;
  const { curveOf, isLoading } = useGroupCurves(isTogether ? groups : null);
  const greatest = useGreatest(isTogether ? groups : [], curveOf);
  const isCounter = groups[0]?.infos[0]?.counter === true;
  // For rows that have not loaded, only the values of gauges are known.
  const knownMax = isTogether ? greatest : isCounter ? null : Math.max(...groups.map(listedMax), 0);
  const max = isShared && knownMax !== null ? look.scaleTo(knownMax) : null;
  const rows = useMemo(() => {
    if (order === 'name') return groups;
    return greatestFirst(groups, (group) =>
      isTogether ? summaryOf(curveOf(group), axis.fromUs, axis.toUs).max : listedMax(group),
    );
  }, [groups, order, isTogether, curveOf, axis.fromUs, axis.toUs]);
  const active = activeOf(rows);
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
                curve={isTogether ? curveOf(row) : null}
                isLoading={isTogether && isLoading}
              />
            );
          }}
        />
        <TimeCursor />
        <TimeBrush range={pointer.brush} />
      </div>
      {hasTable && isTogether && <ValueTable groups={rows} look={look} curveOf={curveOf} pidsOf={pidsOf} />}
      {hasTable && !isTogether && (
        <p className="resources__note soft">
          The table is for up to {TOGETHER} graphs. Choose a node, or filter some processes.
        </p>
      )}
    </div>
  );
}

function listedMax(group: SeriesGroup): number {
  return Math.max(...group.infos.map((info) => info.max));
}
