/**
 * The columns of a result table. If the engine knows the origin of a column, its cells become
 * nodes, mini-batches, times, or links to lines.
 */
import type { SqlCell, SqlResultColumn } from '../../../electron/contract/sql-records.ts';
import { formatNumber } from '../../base/format.ts';
import { LineLink } from '../../widgets/LineLink.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import type { Column } from '../../widgets/VirtualTable.tsx';
import { timeOfCell } from './chart-series.ts';

const wide = new Set(['text', 'message', 'template', 'line_before', 'story']);

/**
 * Returns the positions of the columns that name a line: `file` and `line`, or `end_file` and
 * `end_line`. They count by their origin or by their name.
 */
export function linePlaces(columns: readonly SqlResultColumn[]): { file: number; line: number } | null {
  for (const [fileName, lineName] of [
    ['file', 'line'],
    ['end_file', 'end_line'],
  ]) {
    const placeOf = (name: string | undefined) =>
      columns.findIndex((column) => column.name === name || column.origin?.split('.')[1] === name);
    const file = placeOf(fileName);
    const line = placeOf(lineName);
    if (file !== -1 && line !== -1) return { file, line };
  }
  return null;
}

/**
 * Returns the table columns for the columns of a result. If `isOfOpenRun`, nodes, mini-batches and
 * lines belong to the open run and link into it.
 */
export function resultColumns(
  columns: readonly SqlResultColumn[],
  sample: readonly SqlCell[][],
  isOfOpenRun: boolean,
): Column<SqlCell[]>[] {
  const places = linePlaces(columns);
  return columns.map((column, k) => {
    const isNumber = sample.some((row) => typeof row[k] === 'number');
    return {
      id: `${k} ${column.name}`,
      title: column.name,
      width: wide.has(column.name) ? 'minmax(240px, 3fr)' : isNumber ? '110px' : 'minmax(120px, 1fr)',
      align: isNumber ? ('right' as const) : undefined,
      hint: column.origin ?? undefined,
      value: (row: SqlCell[]) => row[k] ?? null,
      render: (row: SqlCell[]) => {
        const cell = row[k] ?? null;
        if (cell === null) return <span className="faint">NULL</span>;
        const line = places === null ? null : row[places.line];
        if (isOfOpenRun && k === places?.file && typeof cell === 'string') {
          return <LineLink file={cell} line={typeof line === 'number' ? line : null} />;
        }
        return <CellText column={column} cell={cell} isOfOpenRun={isOfOpenRun} />;
      },
    };
  });
}

function CellText({
  column,
  cell,
  isOfOpenRun,
}: {
  column: SqlResultColumn;
  cell: string | number;
  isOfOpenRun: boolean;
}) {
  const origin = column.origin?.split('.')[1];
  if (typeof cell === 'number') {
    const isName = origin === 'pid' || origin === 'line';
    return <span>{isName ? String(cell) : formatNumber(cell)}</span>;
  }
  if (isOfOpenRun && origin === 'node') return <Value isInList value={{ of: 'node', node: cell }} />;
  if (isOfOpenRun && origin === 'mini_batch') {
    return <Value isInList value={{ of: 'miniBatch', miniBatchId: cell }} />;
  }
  const us = column.isTime ? timeOfCell(cell) : null;
  if (us !== null) return <TimeText us={us} date />;
  return (
    <span className={origin === 'text' ? 'mono' : undefined}>
      <SafeText text={cell} />
    </span>
  );
}
