/**
 * The lines of an error group as a table in order of time, read page by page. Each row leads to its
 * line in the logs.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Signature, SignatureLines } from '../../../electron/contract/analysis.ts';
import { isoTime } from '../../../electron/contract/json-values.ts';
import { formatCount } from '../../base/format.ts';
import { recordFilter } from '../../state/record-filter.ts';
import { useCase, useClient, useFilter, useNavigation } from '../../state/StoresContext.tsx';
import { usePagedRows } from '../../state/use-paged-rows.ts';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { GoTo } from '../../widgets/GoTo.tsx';
import { messageOf } from '../../widgets/LineLink.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import type { VirtualRowsHandle } from '../../widgets/VirtualRows.tsx';
import { type Column, VirtualTable } from '../../widgets/VirtualTable.tsx';

type Row = SignatureLines['rows'][number];
const ROW_PX = 22;
const HEAD_PX = 28;
const MOST_SHOWN = 12;

const stepOf = (row: Row) =>
  ({
    view: 'logs',
    selection: { line: { fileId: row.fileId, line: row.ref.line }, timeUs: row.timeUs, detail: 'line' },
  }) as const;

const columns: readonly Column<Row>[] = [
  {
    id: 'time',
    value: (row) => isoTime(row.timeUs),
    title: 'Time',
    width: '96px',
    align: 'right',
    render: (row) => <TimeText us={row.timeUs} />,
  },
  {
    id: 'node',
    value: (row) => row.node,
    title: 'Node',
    width: '90px',
    render: (row) => (row.node === null ? '–' : <SafeText text={row.node} />),
  },
  { id: 'pid', value: (row) => row.pid, title: 'PID', width: '52px', align: 'right', render: (row) => row.pid ?? '–' },
  {
    id: 'batch',
    value: (row) => row.miniBatchId,
    title: 'Mini-batch',
    width: '72px',
    align: 'right',
    render: (row) => (row.miniBatchId === null ? '–' : <SafeText text={row.miniBatchId} />),
  },
  {
    id: 'line',
    value: (row) => `${row.ref.file}:${row.ref.line}`,
    title: 'Line',
    width: 'minmax(160px, 1fr)',
    render: (row) => (
      <GoTo to={stepOf(row)} tabIndex={-1} title={`${row.ref.file}:${row.ref.line}`}>
        <SafeText text={`${row.ref.file}:${row.ref.line}`} />
      </GoTo>
    ),
  },
  {
    id: 'text',
    value: (row) => row.ref.text,
    title: 'What it says',
    width: 'minmax(160px, 1.6fr)',
    render: (row) => (
      <span className="mono">
        <SafeText text={messageOf(row.ref.text)} />
      </span>
    ),
  },
];

export function GroupLines({ signature }: { signature: Signature }) {
  const client = useClient();
  const navigation = useNavigation();
  const caseId = useCase((state) => state.caseId);
  const whole = useFilter((state) => state.filter);
  const filter = useMemo(() => recordFilter(whole), [whole]);
  const handle = useRef<VirtualRowsHandle>(null);
  const { id } = signature;
  const [chosen, setChosen] = useState<{ id: string; row: number } | null>(null);
  const active = chosen?.id === id ? chosen.row : null;
  const setActive = useCallback((row: number) => setChosen({ id, row }), [id]);
  const key = caseId === null ? null : JSON.stringify({ caseId, filter, id });
  const rows = usePagedRows<Row>('analysis.signatureLines', key, (start, count, signal) =>
    caseId === null
      ? Promise.resolve({ total: 0, rows: [] })
      : client.call('analysis.signatureLines', { caseId, filter, id, start, count }, { signal }),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new group has new lines
  useEffect(() => {
    handle.current?.scrollToRow(0, 'start');
  }, [id]);
  const { rowAt } = rows;
  const onOpen = useCallback(
    (index: number) => {
      const row = rowAt(index);
      if (row !== undefined) navigation.navigate(stepOf(row));
    },
    [rowAt, navigation],
  );
  const total = rows.total ?? 0;
  const listing = useMemo(
    () => (caseId === null ? null : ({ of: 'group', caseId, filter, id } as const)),
    [caseId, filter, id],
  );
  return (
    <section aria-label="Its lines">
      <h4 className="group-lines__head">
        {formatCount(total, 'line')}
        <span className="faint">Enter or a double click leads to a line</span>
      </h4>
      {rows.error !== null && <ErrorBox error={rows.error} />}
      <div className="group-lines" style={{ height: Math.min(MOST_SHOWN, Math.max(1, total)) * ROW_PX + HEAD_PX + 2 }}>
        <VirtualTable
          label="Lines of this group"
          noun="line"
          fileName="error-lines"
          listing={listing}
          columns={columns}
          count={total}
          rowAt={rowAt}
          onRange={rows.want}
          active={active}
          onActive={setActive}
          onOpen={onOpen}
          rowHeight={ROW_PX}
          handle={handle}
        />
      </div>
    </section>
  );
}
