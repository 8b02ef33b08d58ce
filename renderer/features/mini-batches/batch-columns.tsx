/**
 * The columns of the window's mini-batches table. The contract's table of columns gives their names
 * and values; this module adds how their cells are drawn.
 */
import type { MiniBatchRow } from '../../../electron/contract/batch-records.ts';
import { batchColumns, batchSorts } from '../../../electron/contract/row-columns.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';
import { Mark } from '../../widgets/Mark.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import type { Column } from '../../widgets/VirtualTable.tsx';

/** Draws a bar in the cell, so that long durations stand out. */
function DurationBar({ row, p95 }: { row: MiniBatchRow; p95: number | null }) {
  const share = row.durationSeconds === null || p95 === null || p95 <= 0 ? 0 : row.durationSeconds / p95;
  return (
    <span className="duration">
      <span className="duration__track">
        <span
          className={`duration__bar ${share > 1 ? 'duration__bar--over' : ''}`}
          style={{ width: `${Math.min(100, (share / 1.25) * 100)}%` }}
        />
      </span>
      <span className="duration__text">{formatDuration(row.durationSeconds)}</span>
    </span>
  );
}

type Drawn = Pick<Column<MiniBatchRow>, 'render' | 'width'> & { hint?: string };

const drawNumber = (id: 'total' | 'succeeded' | 'failed'): Drawn => ({
  width: '72px',
  render: (row) => (
    <span className={id === 'failed' && (row.failed ?? 0) > 0 ? 'batch__failed' : undefined}>
      {formatNumber(row[id])}
    </span>
  ),
});

/** Returns how to draw the cells of columns that are more than text. */
function drawings(p95: number | null): Readonly<Record<string, Drawn>> {
  return {
    miniBatchId: {
      width: 'minmax(88px, 1fr)',
      render: (row) => <Value isInList value={{ of: 'miniBatch', miniBatchId: row.miniBatchId }} />,
    },
    status: { width: '112px', render: (row) => <Mark of={{ outcome: row.status }} word /> },
    attempts: {
      width: '76px',
      render: (row) => (row.attempts > 1 ? <strong>{row.attempts}</strong> : formatNumber(row.attempts)),
    },
    node: {
      width: 'minmax(96px, 1.2fr)',
      render: (row) => (row.node === null ? '–' : <Value isInList value={{ of: 'node', node: row.node }} />),
    },
    pid: {
      width: '64px',
      render: (row) =>
        row.pid === null || row.node === null ? (
          formatNumber(row.pid)
        ) : (
          <Value isInList value={{ of: 'process', node: row.node, pid: row.pid, process: null }} />
        ),
    },
    total: drawNumber('total'),
    succeeded: drawNumber('succeeded'),
    failed: drawNumber('failed'),
    startUs: { width: '96px', render: (row) => <TimeText us={row.startUs} /> },
    endUs: { width: '96px', render: (row) => <TimeText us={row.endUs} /> },
    durationSeconds: {
      width: 'minmax(140px, 1.4fr)',
      render: (row) => <DurationBar row={row} p95={p95} />,
      ...(p95 === null
        ? {}
        : {
            hint: `Of the last attempt; the bar is against ${formatDuration(p95)}, which 95 of 100 attempts stay under`,
          }),
    },
  };
}

const leftAligned = new Set(['miniBatchId', 'status', 'node']);
const isSort = (id: string) => batchSorts.some((sort) => sort === id);

/** Returns the columns of the window's table. `p95` is the 95th percentile of the durations. */
export function batchTableColumns(p95: number | null): Column<MiniBatchRow>[] {
  const drawn = drawings(p95);
  return batchColumns.map(({ id, title, hint, json }): Column<MiniBatchRow> => {
    const value = (row: MiniBatchRow) => {
      const plain = json(row);
      return typeof plain === 'object' ? null : plain;
    };
    return {
      id,
      title,
      value,
      width: '76px',
      render: (row) => value(row) ?? '–',
      isSortable: isSort(id),
      ...(hint === undefined ? {} : { hint }),
      ...(leftAligned.has(id) ? {} : { align: 'right' as const }),
      ...drawn[id],
    };
  });
}
