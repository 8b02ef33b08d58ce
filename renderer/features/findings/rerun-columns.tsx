/** The columns of the list of what to run again. */
import type { RerunItem } from '../../../electron/contract/analysis.ts';
import { Mark } from '../../widgets/Mark.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import type { Column } from '../../widgets/VirtualTable.tsx';

export const rerunColumns: readonly Column<RerunItem>[] = [
  {
    id: 'id',
    value: (row) => row.miniBatchId,
    title: 'Mini-batch',
    width: '80px',
    align: 'right',
    render: (row) => <SafeText text={row.miniBatchId} />,
  },
  {
    id: 'status',
    value: (row) => row.status,
    title: 'Status',
    width: '110px',
    render: (row) => <Mark of={{ outcome: row.status }} word />,
  },
  {
    id: 'attempts',
    value: (row) => row.attempts,
    title: 'Tries',
    width: '48px',
    align: 'right',
    render: (row) => row.attempts,
  },
  {
    id: 'reason',
    value: (row) => row.reason,
    title: 'Why',
    width: 'minmax(200px, 1.2fr)',
    render: (row) => <SafeText text={row.reason} />,
  },
  {
    id: 'inputs',
    value: (row) => row.inputs,
    title: 'Inputs',
    width: 'minmax(200px, 1fr)',
    render: (row) =>
      row.inputs === null ? (
        <span className="faint">not in the logs</span>
      ) : (
        <span className="mono">
          <SafeText text={row.inputs} />
        </span>
      ),
  },
];
