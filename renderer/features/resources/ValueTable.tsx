/**
 * The value table gives the figures behind the curves, for people who want numbers and for people
 * who cannot see the graph. It is also the legend.
 */
import { useCallback, useMemo, useState } from 'react';
import type { MetricLook } from '../../charts/metrics.ts';
import type { Curve } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useCursorUs, useView } from '../../state/StoresContext.tsx';
import { type Sort, VirtualTable } from '../../widgets/VirtualTable.tsx';
import type { SeriesGroup } from './series-groups.ts';
import { useGroupSelection } from './use-group-selection.ts';
import { cursorColumn, figureColumns, nameColumn, pidColumn, type SwatchOf } from './value-columns.tsx';
import { sortRows, valueRows } from './value-rows.ts';

export interface ValueTableProps {
  groups: readonly SeriesGroup[];
  look: MetricLook;
  curveOf: (group: SeriesGroup) => Curve;
  pidsOf: (group: SeriesGroup) => number[];
  swatchOf?: SwatchOf;
}

export function ValueTable({ groups, look, curveOf, pidsOf, swatchOf }: ValueTableProps) {
  const { fromUs, toUs } = useTimeAxis();
  const cursorUs = useCursorUs();
  const zone = useView((state) => state.zone);
  const { activeOf, choose } = useGroupSelection(pidsOf);
  const [sort, setSort] = useState<Sort>({ column: 'name', descending: false });
  const isProcess = groups[0]?.process != null;
  const rows = useMemo(
    () => sortRows(valueRows(groups, curveOf, fromUs, toUs), sort),
    [groups, curveOf, fromUs, toUs, sort],
  );
  const columns = useMemo(
    () => [
      nameColumn(isProcess ? 'Process' : 'Node', pidsOf, swatchOf),
      ...(isProcess ? [pidColumn(pidsOf)] : []),
      cursorColumn(look, cursorUs, zone),
      ...figureColumns(look),
    ],
    [look, isProcess, cursorUs, zone, pidsOf, swatchOf],
  );
  const active = activeOf(rows.map((row) => row.group));
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  return (
    <div className="value-table">
      <VirtualTable
        label={`${look.title} at the cursor`}
        noun={isProcess ? 'process' : 'node'}
        nouns={isProcess ? 'processes' : 'nodes'}
        fileName={isProcess ? 'resources-processes' : 'resources-nodes'}
        columns={columns}
        count={rows.length}
        rowAt={rowAt}
        sort={sort}
        onSort={setSort}
        active={active < 0 ? null : active}
        onActive={(index) => choose(rows[index]?.group)}
      />
    </div>
  );
}
