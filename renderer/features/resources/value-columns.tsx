/** The columns of the value table: name, pids, the value at the cursor, and the figures. */
import type { ReactNode } from 'react';
import { formatClock, type Zone } from '../../base/format-time.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import { type Summary, valueAt } from '../../charts/series-data.ts';
import { Value } from '../../widgets/Value.tsx';
import type { Column } from '../../widgets/VirtualTable.tsx';
import type { SeriesGroup } from './series-groups.ts';
import type { ValueRow } from './value-rows.ts';

type PidsOf = (group: SeriesGroup) => number[];

/** Draws how the curve of a group looks in the graph. */
export type SwatchOf = (group: SeriesGroup) => ReactNode;

export function nameColumn(title: string, pidsOf: PidsOf, swatchOf: SwatchOf | undefined): Column<ValueRow> {
  return {
    id: 'name',
    value: ({ group }) => group.process ?? group.node,
    title,
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
}

export function pidColumn(pidsOf: PidsOf): Column<ValueRow> {
  return {
    id: 'pid',
    value: ({ group }) => pidsOf(group).join(' '),
    title: 'PID',
    width: '88px',
    align: 'right',
    hint: 'All pids that the process had, where it was restarted',
    render: ({ group }) => pidsOf(group).join(', ') || '–',
  };
}

export function cursorColumn(look: MetricLook, cursorUs: number | null, zone: Zone): Column<ValueRow> {
  return {
    id: 'cursor',
    value: (row) => (cursorUs === null ? null : valueAt(row.curve, cursorUs)),
    title: cursorUs === null ? 'At the cursor' : `At ${formatClock(cursorUs, zone, 'second')}`,
    width: '128px',
    align: 'right',
    render: (row) => <strong>{cursorUs === null ? '–' : look.format(valueAt(row.curve, cursorUs))}</strong>,
  };
}

export function figureColumns(look: MetricLook): Column<ValueRow>[] {
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
  return [
    figure('last', 'Last', 'The last sample in the range'),
    figure('min', 'Min', 'Smallest sample in the range'),
    figure('mean', 'Mean', 'The mean of the samples in the range'),
    figure('max', 'Max', 'Largest sample in the range'),
  ];
}
