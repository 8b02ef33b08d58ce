/**
 * The columns of the files view: what each shows and how it is drawn. A filter adds a column for
 * the lines that it leaves.
 */
import { isoTime } from '../../../electron/contract/json-values.ts';
import { formatBytes, formatNumber } from '../../base/format.ts';
import { kindWords } from '../../base/looks.ts';
import { safeText } from '../../base/safe-text.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import type { Column } from '../../widgets/VirtualTable.tsx';
import type { FileEntry } from './file-rows.ts';

/** Draws zero faintly and any other count in a tone that stands out. */
function some(count: number, tone: string) {
  return count === 0 ? <span className="faint">0</span> : <span className={tone}>{formatNumber(count)}</span>;
}

const common = { isSortable: true } as const;
const numeric = { isSortable: true, align: 'right' } as const;

const matches: Column<FileEntry> = {
  ...numeric,
  id: 'matches',
  title: 'Found',
  width: '60px',
  hint: 'Lines that the filter leaves',
  value: (row) => row.matches,
  render: (row) => <strong>{formatNumber(row.matches)}</strong>,
};

const allColumns: readonly Column<FileEntry>[] = [
  {
    ...common,
    id: 'path',
    value: (row) => row.path,
    title: 'File',
    width: 'minmax(240px, 1fr)',
    render: (row) => (
      <span className="files__path">
        <GoTo
          tabIndex={-1}
          className="ellipsis-start"
          title={safeText(row.path)}
          to={{ view: 'logs', selection: { line: { fileId: row.fileId, line: 1 }, detail: 'line' } }}
        >
          <bdi>
            <SafeText text={row.path} />
          </bdi>
        </GoTo>
        {row.state !== 'indexed' && (
          <span className="files__state">{row.state === 'pending' ? 'not read yet' : 'not readable'}</span>
        )}
      </span>
    ),
  },
  {
    ...common,
    id: 'kind',
    value: (row) => row.kind,
    title: 'Kind',
    width: '72px',
    render: (row) => (
      <Value isInList value={{ of: 'kind', kind: row.kind }}>
        {kindWords[row.kind]}
      </Value>
    ),
  },
  {
    ...common,
    id: 'node',
    value: (row) => row.node,
    title: 'Node',
    width: '84px',
    render: (row) => (row.node === null ? null : <Value isInList value={{ of: 'node', node: row.node }} />),
  },
  {
    ...common,
    id: 'process',
    value: (row) => row.process,
    title: 'Process',
    width: '84px',
    render: (row) =>
      row.node === null || row.process === null ? (
        <SafeText text={row.process ?? ''} />
      ) : (
        <Value isInList value={{ of: 'process', node: row.node, pid: row.pid, process: row.process }}>
          <SafeText text={row.process} />
        </Value>
      ),
  },
  {
    ...numeric,
    id: 'bytes',
    value: (row) => row.bytes,
    title: 'Size',
    width: '68px',
    render: (row) => formatBytes(row.bytes),
  },
  {
    ...numeric,
    id: 'lines',
    value: (row) => row.lines,
    title: 'Lines',
    width: '72px',
    render: (row) => formatNumber(row.lines),
  },
  {
    ...common,
    id: 'firstUs',
    value: (row) => isoTime(row.firstUs),
    title: 'First line',
    width: '88px',
    render: (row) => <TimeText us={row.firstUs} />,
  },
  {
    ...common,
    id: 'lastUs',
    value: (row) => isoTime(row.lastUs),
    title: 'Last line',
    width: '88px',
    render: (row) => <TimeText us={row.lastUs} />,
  },
  {
    ...common,
    id: 'timeExample',
    value: (row) => row.timeExample ?? null,
    title: 'Times as',
    width: '150px',
    hint: 'The first time as it is written: how the lines of the file are read. Select a file to change it.',
    render: (row) => (
      <span className={row.isReadingSet === 1 ? 'files__set' : undefined}>
        <SafeText text={row.timeExample ?? ''} />
      </span>
    ),
  },
  {
    ...common,
    id: 'zone',
    value: (row) => (row.timeExample == null ? null : (row.zone ?? null)),
    title: 'Zone',
    width: '64px',
    hint: 'Time zone of times that name none',
    render: (row) => <SafeText text={row.timeExample == null ? '' : (row.zone ?? '')} />,
  },
  {
    ...common,
    id: 'dateOrder',
    value: (row) => row.dateOrder ?? null,
    title: 'Order',
    width: '52px',
    hint: 'Order of day, month and year where dates leave it open',
    render: (row) => row.dateOrder ?? '',
  },
  {
    ...common,
    id: 'encoding',
    value: (row) => row.encoding ?? null,
    title: 'Encoding',
    width: '72px',
    render: (row) => row.encoding ?? '',
  },
  {
    ...numeric,
    id: 'errors',
    value: (row) => row.errors,
    title: 'Errors',
    width: '52px',
    render: (row) => some(row.errors, 'files__errors'),
  },
  {
    ...numeric,
    id: 'warnings',
    value: (row) => row.warnings,
    title: 'Warnings',
    width: '68px',
    render: (row) => some(row.warnings, 'files__warnings'),
  },
  {
    ...numeric,
    id: 'problems',
    value: (row) => row.problems,
    title: 'Problems',
    width: '68px',
    render: (row) => some(row.problems, 'files__warnings'),
  },
];

export function fileColumns(isFiltered: boolean): readonly Column<FileEntry>[] {
  const [path, ...rest] = allColumns;
  return isFiltered && path !== undefined ? [path, matches, ...rest] : allColumns;
}
