/**
 * The files view: every file of the source or, with a filter, the files with lines that it leaves.
 * A file leads to its lines; `ReadingPanel` says how the selected one is read.
 */
import { useCallback, useMemo, useState } from 'react';
import type { FileRow } from '../../../electron/contract/file-records.ts';
import { formatBytes, formatCount } from '../../base/format.ts';
import { useGlobalSearch } from '../../state/SearchContext.tsx';
import { useCase, useNavigation } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useFacets } from '../../state/use-facets.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { type Sort, VirtualTable } from '../../widgets/VirtualTable.tsx';
import { fileColumns } from './file-columns.tsx';
import { filteredFiles, sortedFiles } from './file-rows.ts';
import { ReadingPanel } from './ReadingPanel.tsx';
import './files.css';

const none: readonly FileRow[] = [];

export function Files() {
  const caseId = useCase((state) => state.caseId);
  const navigation = useNavigation();
  const search = useGlobalSearch();
  const { data: files = none, error } = useCommand('files.list', caseId === null ? null : { caseId });
  const counts = useFacets(search);
  const [sort, setSort] = useState<Sort>({ column: 'path', descending: false });
  const [active, setActive] = useState<number | null>(null);

  const isFiltered = counts !== undefined;
  const rows = useMemo(() => sortedFiles(filteredFiles(files, counts), sort), [files, counts, sort]);
  const columns = useMemo(() => fileColumns(isFiltered), [isFiltered]);
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  const open = (index: number) => {
    const file = rows[index];
    if (file === undefined) return;
    navigation.navigate({ view: 'logs', selection: { line: { fileId: file.fileId, line: 1 }, detail: 'line' } });
  };
  const activeFile = active === null ? undefined : rows[active];
  if (error !== null) return <ErrorBox error={error} />;
  const bytes = rows.reduce((sum, file) => sum + file.bytes, 0);
  const lines = rows.reduce((sum, file) => sum + (file.lines ?? 0), 0);
  return (
    <div className="files">
      <p className="files__head soft">
        {formatCount(rows.length, 'file')}
        {isFiltered && ` of ${formatCount(files.length, 'file')} with lines that the filter leaves`} ·{' '}
        {formatBytes(bytes)} · {formatCount(lines, 'line')}
        {search.isRunning && ' · still searching'}
      </p>
      {rows.length === 0 && isFiltered && !search.isRunning ? (
        <EmptyState title="No file has such a line." isFiltered />
      ) : (
        <VirtualTable
          label="Files"
          noun="file"
          columns={columns}
          count={rows.length}
          rowAt={rowAt}
          sort={sort}
          onSort={setSort}
          active={active}
          onActive={setActive}
          onOpen={open}
        />
      )}
      {activeFile !== undefined && <ReadingPanel key={activeFile.fileId} file={activeFile} />}
    </div>
  );
}
