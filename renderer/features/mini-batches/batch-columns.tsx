import { isoTime } from '../../../electron/contract/json-rows.ts';
import type { MiniBatchRow } from '../../../electron/contract/records.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';
import { Mark } from '../../widgets/Mark.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import type { Column } from '../../widgets/VirtualTable.tsx';

/** A sliver of the cell, so that long ones are seen without reading. */
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

/** The columns of the table; `p95` is the duration that 95 of 100 attempts stay under. */
export function batchColumns(p95: number | null): Column<MiniBatchRow>[] {
  const count = (id: 'total' | 'succeeded' | 'failed', title: string, hint: string): Column<MiniBatchRow> => ({
    id,
    title,
    hint,
    value: (row) => row[id],
    width: '72px',
    align: 'right',
    isSortable: true,
    render: (row) => (
      <span className={id === 'failed' && (row.failed ?? 0) > 0 ? 'batch__failed' : undefined}>
        {formatNumber(row[id])}
      </span>
    ),
  });
  return [
    {
      id: 'miniBatchId',
      value: (row) => row.miniBatchId,
      title: 'Mini-batch',
      width: 'minmax(88px, 1fr)',
      isSortable: true,
      render: (row) => <Value isInList value={{ of: 'miniBatch', miniBatchId: row.miniBatchId }} />,
    },
    {
      id: 'status',
      value: (row) => row.status,
      title: 'Status',
      width: '112px',
      isSortable: true,
      render: (row) => <Mark of={{ outcome: row.status }} word />,
    },
    {
      id: 'attempts',
      value: (row) => row.attempts,
      title: 'Attempts',
      hint: 'How often a process picked it up',
      width: '76px',
      align: 'right',
      isSortable: true,
      render: (row) => (row.attempts > 1 ? <strong>{row.attempts}</strong> : formatNumber(row.attempts)),
    },
    {
      id: 'node',
      value: (row) => row.node,
      title: 'Node',
      hint: 'Of the last attempt',
      width: 'minmax(96px, 1.2fr)',
      isSortable: true,
      render: (row) => (row.node === null ? '–' : <Value isInList value={{ of: 'node', node: row.node }} />),
    },
    {
      id: 'pid',
      value: (row) => row.pid,
      title: 'PID',
      hint: 'Of the last attempt',
      width: '64px',
      align: 'right',
      isSortable: true,
      render: (row) =>
        row.pid === null || row.node === null ? (
          formatNumber(row.pid)
        ) : (
          <Value isInList value={{ of: 'process', node: row.node, pid: row.pid, process: null }} />
        ),
    },
    count('total', 'Items', 'Items in the mini-batch'),
    count('succeeded', 'Succeeded', 'Items that succeeded in the last attempt'),
    count('failed', 'Failed', 'Items that failed in the last attempt'),
    {
      id: 'startUs',
      value: (row) => isoTime(row.startUs),
      title: 'Start',
      hint: 'Of the first attempt',
      width: '96px',
      align: 'right',
      isSortable: true,
      render: (row) => <TimeText us={row.startUs} />,
    },
    {
      id: 'endUs',
      value: (row) => isoTime(row.endUs),
      title: 'End',
      hint: 'Of the last attempt',
      width: '96px',
      align: 'right',
      isSortable: true,
      render: (row) => <TimeText us={row.endUs} />,
    },
    {
      id: 'durationSeconds',
      value: (row) => row.durationSeconds,
      title: 'Duration',
      hint:
        p95 === null
          ? 'Of the last attempt'
          : `Of the last attempt; the bar is against ${formatDuration(p95)}, which 95 of 100 attempts stay under`,
      width: 'minmax(140px, 1.4fr)',
      align: 'right',
      isSortable: true,
      render: (row) => <DurationBar row={row} p95={p95} />,
    },
  ];
}
