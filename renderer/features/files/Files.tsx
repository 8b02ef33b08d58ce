import { useCallback, useState } from 'react';
import type { FileRow } from '../../../electron/contract/records.ts';
import { formatBytes, formatNumber } from '../../base/format.ts';
import { useCase, useNavigation } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { type Column, VirtualTable } from '../../widgets/VirtualTable.tsx';

const columns: readonly Column<FileRow>[] = [
  { id: 'path', title: 'File', width: 'minmax(240px, 1fr)', render: (row) => <SafeText text={row.path} /> },
  {
    id: 'kind',
    title: 'Kind',
    width: '80px',
    render: (row) => <Value isInList value={{ of: 'kind', kind: row.kind }} />,
  },
  { id: 'bytes', title: 'Size', width: '80px', align: 'right', render: (row) => formatBytes(row.bytes) },
  { id: 'lines', title: 'Lines', width: '96px', align: 'right', render: (row) => formatNumber(row.lines) },
];

export function Files() {
  const caseId = useCase((state) => state.caseId);
  const navigation = useNavigation();
  const { data: rows = [] } = useCommand('files.list', caseId === null ? null : { caseId });
  const [active, setActive] = useState<number | null>(null);
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  return (
    <VirtualTable
      label="Files"
      columns={columns}
      count={rows.length}
      rowAt={rowAt}
      active={active}
      onActive={setActive}
      onOpen={(index) => {
        const file = rows[index];
        if (file !== undefined)
          navigation.navigate({ view: 'logs', selection: { line: { fileId: file.fileId, line: 1 } } });
      }}
    />
  );
}
