/**
 * The value table gives the figures behind the curves, for people who want numbers and for people
 * who cannot see the graph. It is also the legend.
 */
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { formatClock } from '../../base/format-time.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import { type Curve, type Summary, summaryOf, valueAt } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useCursorUs, useSelection, useView } from '../../state/StoresContext.tsx';
import { Value } from '../../widgets/Value.tsx';
import { type Column, type Sort, VirtualTable } from '../../widgets/VirtualTable.tsx';
import type { SeriesGroup } from './series-groups.ts';

interface ValueRow extends Summary {
  group: SeriesGroup;
  curve: Curve;
}

export interface ValueTableProps {
  groups: readonly SeriesGroup[];
  look: MetricLook;
  curveOf: (group: SeriesGroup) => Curve;
  pidsOf: (group: SeriesGroup) => number[];
  /** Draws how the curve looks in the graph. */
  swatchOf?: (group: SeriesGroup) => ReactNode;
}

export function ValueTable({ groups, look, curveOf, pidsOf, swatchOf }: ValueTableProps) {
  const axis = useTimeAxis();
  const cursorUs = useCursorUs();
  const zone = useView((state) => state.zone);
  const select = useSelection((state) => state.select);
  const node = useSelection((state) => state.node);
  const process = useSelection((state) => state.process);
  const [sort, setSort] = useState<Sort>({ column: 'name', descending: false });
  const isProcess = groups[0]?.process != null;

  const rows = useMemo(() => {
    const all = groups.map((group): ValueRow => {
      const curve = curveOf(group);
      return { group, curve, ...summaryOf(curve, axis.fromUs, axis.toUs) };
    });
    const key = sort.column as keyof Summary;
    if (sort.column === 'name') return sort.descending ? all.toReversed() : all;
    const sign = sort.descending ? -1 : 1;
    const rank = (row: ValueRow) => row[key] ?? sign * Number.POSITIVE_INFINITY;
    return all.toSorted((a, b) => sign * (rank(a) - rank(b)) || 0);
  }, [groups, curveOf, axis.fromUs, axis.toUs, sort]);

  const columns = useMemo((): Column<ValueRow>[] => {
    const figure = (id: keyof Summary, title: string, hint: string): Column<ValueRow> => ({
      id,
      title,
      hint,
      width: '104px',
      align: 'right',
      isSortable: true,
      value: (row) => row[id],
      render: (row) => look.format(row[id]),
    });
    const name: Column<ValueRow> = {
      id: 'name',
      value: ({ group }) => group.process ?? group.node,
      title: isProcess ? 'Process' : 'Node',
      width: 'minmax(140px, 320px)',
      isSortable: true,
      render: ({ group }) => (
        <span className="value-table__name">
          {swatchOf?.(group)}
          {group.process === null ? (
            <Value isInList value={{ of: 'node', node: group.node }} />
          ) : (
            <Value
              isInList
              value={{ of: 'process', node: group.node, pid: pidsOf(group).at(-1) ?? null, process: group.process }}
            >
              {group.process}
            </Value>
          )}
        </span>
      ),
    };
    const pid: Column<ValueRow> = {
      id: 'pid',
      value: ({ group }) => pidsOf(group).join(' '),
      title: 'PID',
      width: '88px',
      align: 'right',
      hint: 'All pids that the process had, where it was restarted',
      render: ({ group }) => pidsOf(group).join(', ') || '–',
    };
    const cursor: Column<ValueRow> = {
      id: 'cursor',
      value: (row) => (cursorUs === null ? null : valueAt(row.curve, cursorUs)),
      title: cursorUs === null ? 'At the cursor' : `At ${formatClock(cursorUs, zone, 'second')}`,
      width: '128px',
      align: 'right',
      render: (row) => <strong>{cursorUs === null ? '–' : look.format(valueAt(row.curve, cursorUs))}</strong>,
    };
    return [
      name,
      ...(isProcess ? [pid] : []),
      cursor,
      figure('last', 'Last', 'The last sample in the range'),
      figure('min', 'Min', 'Smallest sample in the range'),
      figure('mean', 'Mean', 'The mean of the samples in the range'),
      figure('max', 'Max', 'Largest sample in the range'),
    ];
  }, [look, isProcess, cursorUs, zone, pidsOf, swatchOf]);

  const active = rows.findIndex(({ group }) =>
    isProcess ? group.node === process?.node && group.process === process.process : group.node === node,
  );
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
        onActive={(index) => {
          const group = rows[index]?.group;
          if (group === undefined) return;
          if (group.process === null) select({ node: group.node, process: null, detail: 'node' });
          else {
            const pid = pidsOf(group).at(-1) ?? null;
            select({ node: group.node, process: { node: group.node, process: group.process, pid }, detail: 'process' });
          }
        }}
      />
    </div>
  );
}
