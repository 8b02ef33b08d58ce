/**
 * The table of numbers gives the figures (count, min, median, p95, max) of all numbers and of each
 * group.
 */
import { useCallback, useMemo, useState } from 'react';
import type { HitNumbers, NumberFigures } from '../../../../electron/contract/hits.ts';
import { formatNumber } from '../../../base/format.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';
import type { Cell, Column, Sort } from '../../../widgets/table-column.ts';
import { VirtualTable } from '../../../widgets/VirtualTable.tsx';
import { formatValue, groupName } from './number-curves.ts';

interface FiguresRow extends NumberFigures {
  name: string;
}

const figure = (id: 'min' | 'median' | 'p95' | 'max', title: string): Column<FiguresRow> => ({
  id,
  title,
  width: 'minmax(80px, 120px)',
  align: 'right',
  isSortable: true,
  render: (row) => formatValue(row[id]),
  value: (row) => row[id],
});

const columns: readonly Column<FiguresRow>[] = [
  {
    id: 'name',
    title: 'Of',
    width: 'minmax(140px, 420px)',
    isSortable: true,
    render: (row) => <SafeText text={row.name} />,
    value: (row) => row.name,
  },
  {
    id: 'count',
    title: 'Numbers',
    width: 'minmax(80px, 120px)',
    align: 'right',
    isSortable: true,
    render: (row) => formatNumber(row.count),
    value: (row) => row.count,
  },
  figure('min', 'Min'),
  figure('median', 'Median'),
  figure('p95', 'p95'),
  figure('max', 'Max'),
];

export function NumbersTable({ data }: { data: HitNumbers }) {
  const [sort, setSort] = useState<Sort>({ column: 'count', descending: true });
  const rows = useMemo((): FiguresRow[] => {
    const column = columns.find(({ id }) => id === sort.column);
    const groups = data.groups.map((group) => ({ ...group, name: groupName(group) }));
    const ordered =
      column === undefined ? groups : groups.toSorted((a, b) => compare(column.value(a), column.value(b)));
    return [{ ...data.all, name: 'All' }, ...(sort.descending ? ordered.toReversed() : ordered)];
  }, [data, sort]);
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  return (
    <VirtualTable
      label="Figures of the numbers"
      noun="row"
      fileName="numbers"
      columns={columns}
      count={rows.length}
      rowAt={rowAt}
      sort={sort}
      onSort={setSort}
    />
  );
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}
