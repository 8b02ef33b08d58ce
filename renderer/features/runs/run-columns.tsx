/**
 * The columns of the two tables in the runs view: one table has a row per run, the other a row per
 * error group across runs.
 */
import { isoTime } from '../../../electron/contract/json-values.ts';
import type { RunSummary } from '../../../electron/contract/runs-records.ts';
import { formatBytes, formatDuration, formatNumber } from '../../base/format.ts';
import { causeWords } from '../../base/looks.ts';
import { safeText } from '../../base/safe-text.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import type { Column } from '../../widgets/VirtualTable.tsx';
import type { SharedGroup } from './run-groups.ts';

/** Returns the key of a run in the window. */
export const keyOf = (run: Pick<RunSummary, 'path' | 'root'>) => `${run.path}\n${run.root}`;

const common = { isSortable: true } as const;
const numeric = { isSortable: true, align: 'right' } as const;

function count(id: string, title: string, of: (run: RunSummary) => number | null): Column<RunSummary> {
  return {
    ...numeric,
    id,
    title,
    width: '84px',
    value: of,
    render: (run) => {
      const value = of(run);
      return value === null ? <span className="faint">–</span> : formatNumber(value);
    },
  };
}

export function runColumns(ticked: readonly string[], onTick: (run: RunSummary) => void): Column<RunSummary>[] {
  return [
    {
      id: 'tick',
      title: 'Choose',
      width: '64px',
      hint: 'Two ticked runs can be compared, any number asked in SQL',
      value: (run) => ticked.includes(keyOf(run)),
      render: (run) => (
        <input
          type="checkbox"
          aria-label={`Choose ${safeText(run.name)}`}
          checked={ticked.includes(keyOf(run))}
          onClick={(event) => event.stopPropagation()}
          onChange={() => onTick(run)}
        />
      ),
    },
    {
      ...common,
      id: 'name',
      title: 'Run',
      width: 'minmax(180px, 2fr)',
      value: (run) => run.name,
      render: (run) => (
        <span title={safeText(run.path)}>
          <SafeText text={run.name} />
        </span>
      ),
    },
    {
      ...common,
      id: 'status',
      title: 'Status',
      width: '90px',
      value: (run) => run.status,
      render: (run) => run.status,
    },
    {
      ...common,
      id: 'cause',
      title: 'Root cause',
      width: 'minmax(180px, 2fr)',
      value: (run) => run.firstCause?.message ?? null,
      render: (run) =>
        run.firstCause === null ? (
          <span className="faint">–</span>
        ) : (
          <span title={safeText(run.firstCause.message)}>
            <SafeText text={causeWords[run.firstCause.kind] ?? run.firstCause.message} />
          </span>
        ),
    },
    {
      ...common,
      id: 'fingerprint',
      title: 'Fingerprint',
      width: 'minmax(140px, 1fr)',
      hint: 'Equal for runs that ended in the same way for the same cause',
      value: (run) => run.fingerprint,
      render: (run) => <span className="mono faint">{run.fingerprint ?? '–'}</span>,
    },
    {
      ...common,
      id: 'started',
      title: 'Started',
      width: '160px',
      value: (run) => isoTime(run.startUs),
      render: (run) => <TimeText us={run.startUs} date="short" />,
    },
    {
      ...numeric,
      id: 'took',
      title: 'Took',
      width: '90px',
      value: (run) => run.durationSeconds,
      render: (run) => formatDuration(run.durationSeconds),
    },
    count('throughput', 'An hour', (run) => (run.throughput === null ? null : Math.round(run.throughput))),
    count('batches', 'Mini-batches', (run) => run.miniBatches.total),
    count('failed', 'Failed', (run) => run.miniBatches.failed),
    count('retried', 'Retried', (run) => run.miniBatches.retried),
    count('nodes', 'Nodes', (run) => run.nodes),
    {
      ...numeric,
      id: 'bytes',
      title: 'Size',
      width: '80px',
      value: (run) => run.bytes,
      render: (run) => formatBytes(run.bytes),
    },
  ];
}

export const groupColumns: readonly Column<SharedGroup>[] = [
  {
    ...numeric,
    id: 'runs',
    title: 'Runs',
    width: '60px',
    value: (group) => group.runs.length,
    render: (group) => <strong>{formatNumber(group.runs.length)}</strong>,
  },
  {
    ...common,
    id: 'template',
    title: 'Error',
    width: 'minmax(240px, 3fr)',
    value: (group) => `${group.exception === null ? '' : `${group.exception}: `}${group.template}`,
    render: (group) => <SafeText text={`${group.exception === null ? '' : `${group.exception}: `}${group.template}`} />,
  },
  {
    ...common,
    id: 'role',
    title: 'Role',
    width: '80px',
    value: (group) => group.role,
    render: (group) => group.role.replace('_', ' '),
  },
  {
    ...numeric,
    id: 'count',
    title: 'Lines',
    width: '80px',
    value: (group) => group.count,
    render: (group) => formatNumber(group.count),
  },
  {
    ...common,
    id: 'first',
    title: 'First seen',
    width: '160px',
    value: (group) => isoTime(group.firstUs),
    render: (group) => <TimeText us={group.firstUs} date="short" />,
  },
  {
    ...common,
    id: 'last',
    title: 'Last seen',
    width: '160px',
    value: (group) => isoTime(group.lastUs),
    render: (group) => <TimeText us={group.lastUs} date="short" />,
  },
  {
    ...common,
    id: 'in',
    title: 'In',
    width: 'minmax(180px, 2fr)',
    value: (group) => group.runs.map((run) => run.name).join(', '),
    render: (group) => <SafeText text={group.runs.map((run) => run.name).join(', ')} />,
  },
  {
    ...common,
    id: 'id',
    title: 'Id',
    width: '150px',
    value: (group) => group.id,
    render: (group) => <span className="mono faint">{group.id}</span>,
  },
];
