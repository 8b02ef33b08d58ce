/**
 * A problem is a place in a source that could not be read or understood. The rest of its file is
 * kept. The view lists the problems in groups, with a link to each place.
 */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { Problem } from '../../../electron/contract/file-records.ts';
import { formatCount, formatNumber } from '../../base/format.ts';
import { isIndexing } from '../../state/follow-case.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { type Column, VirtualTable } from '../../widgets/VirtualTable.tsx';
import { groupProblems, type ProblemRow, problemKind, problemRows } from './problem-rows.ts';
import './problems.css';

const none: readonly Problem[] = [];

const columns: readonly Column<ProblemRow>[] = [
  {
    id: 'what',
    value: (row) =>
      row.type === 'group'
        ? `${problemKind(row.group.kind)}: ${row.group.message}`
        : `${row.problem.file ?? ''}${row.problem.line === null ? '' : `:${row.problem.line}`}`,
    title: 'Problem',
    width: 'minmax(320px, 1fr)',
    render: (row) =>
      row.type === 'group' ? (
        <span className="problems__group">
          {row.isOpen ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
          <span className="soft">{problemKind(row.group.kind)}</span>
          <span className="ellipsis" title={row.group.message}>
            <SafeText text={row.group.message} />
          </span>
        </span>
      ) : (
        <span className="problems__place">
          {row.problem.file === null ? (
            'The whole source'
          ) : (
            <LineLink file={row.problem.file} line={row.problem.line} />
          )}
        </span>
      ),
  },
  {
    id: 'files',
    value: (row) => (row.type === 'group' ? row.group.places.length : null),
    title: 'Files',
    width: '80px',
    align: 'right',
    render: (row) => (row.type === 'group' ? formatNumber(row.group.places.length) : ''),
  },
  {
    id: 'count',
    value: (row) => (row.type === 'group' ? row.group.count : row.problem.count),
    title: 'Times',
    width: '80px',
    align: 'right',
    render: (row) => formatNumber(row.type === 'group' ? row.group.count : row.problem.count),
  },
];

export function Problems() {
  const caseId = useCase((state) => state.caseId);
  const isReading = useCase((state) => isIndexing(state.progress));
  const { data: problems = none, error, isLoading } = useCommand('problems.list', caseId === null ? null : { caseId });
  const [active, setActive] = useState<number | null>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const groups = useMemo(() => groupProblems(problems), [problems]);
  const rows = useMemo(() => problemRows(groups, closed), [groups, closed]);
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  const toggle = (index: number) => {
    const row = rows[index];
    if (row?.type !== 'group') return;
    const next = new Set(closed);
    if (!next.delete(row.group.key)) next.add(row.group.key);
    setClosed(next);
  };
  if (error !== null) return <ErrorBox error={error} />;
  if (problems.length === 0) {
    return (
      <EmptyState title={isReading || isLoading ? 'No problem so far.' : 'All files could be read and understood.'}>
        Files that are damaged, cut short or in a form that is not known would stand here. They are searched and shown
        all the same.
      </EmptyState>
    );
  }
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  return (
    <div className="problems">
      <p className="problems__head soft">
        {formatCount(total, 'place')} could not be read or understood. The rest of these files was kept, and all of
        their lines are searched.
      </p>
      <VirtualTable
        label="Problems"
        noun="problem"
        columns={columns}
        count={rows.length}
        rowAt={rowAt}
        active={active}
        onActive={(index) => {
          setActive(index);
        }}
        onOpen={toggle}
        rowClass={(row) => (row?.type === 'group' ? 'problems__row--group' : undefined)}
      />
    </div>
  );
}
