/**
 * A profile is what cProfile counted in a process, shown as a sortable table of functions. A switch
 * to `text` shows the same file as lines.
 */
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { ProfileRow } from '../../../../electron/contract/commands.ts';
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import { formatCount, formatDuration, formatNumber } from '../../../base/format.ts';
import { safeText } from '../../../base/safe-text.ts';
import { useCase } from '../../../state/StoresContext.tsx';
import { useCommand } from '../../../state/use-command.ts';
import { Button } from '../../../widgets/Button.tsx';
import { EmptyState } from '../../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../../widgets/ErrorBox.tsx';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { Value } from '../../../widgets/Value.tsx';
import { type Column, type Sort, VirtualTable } from '../../../widgets/VirtualTable.tsx';
import './profile-table.css';

/** Functions built into Python have no file. */
const placeOf = (row: ProfileRow) => (row.file === '~' ? 'built in' : `${row.file}:${row.line}`);

const columns: readonly Column<ProfileRow>[] = [
  {
    id: 'name',
    value: (row) => row.name,
    title: 'Function',
    width: 'minmax(160px, 1fr)',
    isSortable: true,
    render: (row) => (
      <span title={safeText(row.name)}>
        <SafeText text={row.name} />
      </span>
    ),
  },
  {
    id: 'place',
    value: (row) => placeOf(row),
    title: 'File and line',
    width: 'minmax(160px, 1fr)',
    isSortable: true,
    render: (row) => (
      <span title={safeText(placeOf(row))}>
        <SafeText text={placeOf(row)} />
      </span>
    ),
  },
  {
    id: 'calls',
    value: (row) => row.calls,
    title: 'Calls',
    width: '112px',
    align: 'right',
    isSortable: true,
    hint: 'All calls; after the slash those that the function did not make itself',
    render: (row) =>
      row.calls === row.primitiveCalls
        ? formatNumber(row.calls)
        : `${formatNumber(row.calls)} / ${formatNumber(row.primitiveCalls)}`,
  },
  {
    id: 'totalSeconds',
    value: (row) => row.totalSeconds,
    title: 'Total s',
    width: '112px',
    align: 'right',
    isSortable: true,
    hint: 'Seconds within the function, without what it called',
    render: (row) => formatNumber(row.totalSeconds, 6),
  },
  {
    id: 'cumulativeSeconds',
    value: (row) => row.cumulativeSeconds,
    title: 'Cumulative s',
    width: '120px',
    align: 'right',
    isSortable: true,
    hint: 'Seconds from the call to the return, with what it called',
    render: (row) => formatNumber(row.cumulativeSeconds, 6),
  },
];

const none: readonly ProfileRow[] = [];

function sorted(rows: readonly ProfileRow[], { column, descending }: Sort): readonly ProfileRow[] {
  const sign = descending ? -1 : 1;
  if (column === 'name') return rows.toSorted((a, b) => sign * a.name.localeCompare(b.name));
  if (column === 'place') return rows.toSorted((a, b) => sign * (a.file.localeCompare(b.file) || a.line - b.line));
  const key = column === 'calls' || column === 'totalSeconds' ? column : 'cumulativeSeconds';
  return rows.toSorted((a, b) => sign * (a[key] - b[key]));
}

export function ProfileTable({ file, text }: { file: FileRow; text: ReactNode }) {
  const caseId = useCase((state) => state.caseId);
  const [isText, setIsText] = useState(false);
  const [sort, setSort] = useState<Sort>({ column: 'cumulativeSeconds', descending: true });
  const [active, setActive] = useState<number | null>(null);
  const { data, error, isLoading } = useCommand(
    'files.profile',
    caseId === null || isText ? null : { caseId, fileId: file.fileId },
  );
  const table = isLoading ? undefined : data;
  const rows = useMemo(() => sorted(table?.rows ?? none, sort), [table, sort]);
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  return (
    <section className="profile-table lines-pane" aria-label="Profile">
      <header className="profile-table__header">
        {!isText && (
          <span className="profile-table__path mono ellipsis">
            <Value value={{ of: 'file', path: file.path, fileId: file.fileId }} />
          </span>
        )}
        {!isText && table !== undefined && (
          <span className="soft">
            {rows.length < table.functions && `${formatNumber(rows.length)} of `}
            {formatCount(table.functions, 'function')} · {formatDuration(table.totalSeconds)}
          </span>
        )}
        <Button className="profile-table__switch" tone="quiet" isPressed={isText} onClick={() => setIsText(!isText)}>
          As text
        </Button>
      </header>
      {!isText && table != null && table.problem !== null && rows.length > 0 && (
        <p className="profile-table__problem" role="status">
          {table.problem}
        </p>
      )}
      <div className="profile-table__body">
        {isText ? (
          text
        ) : error !== null ? (
          <ErrorBox error={error} />
        ) : table !== undefined && rows.length === 0 ? (
          <EmptyState
            title="There is no table in this file."
            actions={<Button onClick={() => setIsText(true)}>Show it as text</Button>}
          >
            {table.problem ?? 'No function was called while it was recorded.'}
          </EmptyState>
        ) : (
          <VirtualTable
            noun="function"
            fileName="profile"
            label={`Functions in ${safeText(file.path)}`}
            columns={columns}
            count={rows.length}
            rowAt={rowAt}
            sort={sort}
            onSort={(next) => {
              setSort(next);
              setActive(null);
            }}
            active={active}
            onActive={setActive}
          />
        )}
      </div>
    </section>
  );
}
