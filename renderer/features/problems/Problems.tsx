import { useCallback } from 'react';
import type { Problem } from '../../../electron/contract/records.ts';
import { formatNumber } from '../../base/format.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { type Column, VirtualTable } from '../../widgets/VirtualTable.tsx';

const columns: readonly Column<Problem>[] = [
  { id: 'message', title: 'Problem', width: 'minmax(240px, 2fr)', render: (row) => <SafeText text={row.message} /> },
  { id: 'file', title: 'File', width: 'minmax(160px, 1fr)', render: (row) => <SafeText text={row.file ?? '–'} /> },
  { id: 'count', title: 'Count', width: '80px', align: 'right', render: (row) => formatNumber(row.count) },
];

export function Problems() {
  const caseId = useCase((state) => state.caseId);
  const { data: rows = [] } = useCommand('problems.list', caseId === null ? null : { caseId });
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  return <VirtualTable label="Problems" columns={columns} count={rows.length} rowAt={rowAt} />;
}
