/**
 * The drawer's panel for the selected node: what its worker processes did, and links to its lines,
 * mini-batches, lanes and graph.
 */
import { Grid2x2, LineChart, ScrollText, TextAlignStart } from 'lucide-react';
import { formatCount, formatDuration, formatNumber, formatPercent } from '../../base/format.ts';
import { safeText } from '../../base/safe-text.ts';
import { noFilter } from '../../state/filter.ts';
import { useCase, useNavigation, useSelection, useView } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import './process-detail.css';

export function NodeDetail() {
  const navigation = useNavigation();
  const view = useView((state) => state.view);
  const caseId = useCase((state) => state.caseId);
  const node = useSelection((state) => state.node);
  const { data: processes } = useCommand('processes.list', caseId === null ? null : { caseId });
  if (node === null) return <EmptyState title="No node is selected." />;
  if (processes === undefined) return null;
  const own = processes.filter((row) => row.node === node);
  const sum = (of: (row: (typeof own)[number]) => number) => own.reduce((total, row) => total + of(row), 0);
  const attempts = sum((row) => row.attempts);
  const lived = sum((row) => (row.startUs === null || row.endUs === null ? 0 : (row.endUs - row.startUs) / 1e6));
  const busy = sum((row) => row.busySeconds);
  const filter = { ...noFilter, node: { include: [node], exclude: [] } };
  const links = [
    { view: 'logs', title: 'Its lines', icon: <ScrollText size={14} /> },
    { view: 'mini-batches', title: 'Its mini-batches', icon: <Grid2x2 size={14} /> },
    { view: 'lanes', title: 'Its lanes', icon: <TextAlignStart size={14} /> },
    { view: 'resources', title: 'Its graph', icon: <LineChart size={14} /> },
  ].filter((link) => link.view !== view);
  return (
    <div className="process-detail">
      <div className="process-detail__head">
        <strong>
          <Value value={{ of: 'node', node }} />
        </strong>
        <p className="process-detail__sentence">
          {own.length === 0
            ? 'No worker process of this run was on it.'
            : `${formatCount(own.length, 'process', 'processes')} with ${formatCount(attempts, 'attempt')}: ${formatNumber(sum((row) => row.succeeded))} succeeded, ${formatNumber(sum((row) => row.failed))} failed${lived > 0 ? `; busy ${formatPercent(Math.min(1, busy / lived))} of their time` : ''}.`}
        </p>
        {links.map((link) => (
          <Button key={link.view} icon={link.icon} onClick={() => navigation.navigate({ view: link.view, filter })}>
            {link.title}
          </Button>
        ))}
      </div>
      {own.length > 0 && (
        <PlainTable noun="process" nouns="processes" fileName="processes-of-the-node" className="process-detail__table">
          <thead>
            <tr>
              {['Process', 'PID', 'Start', 'End', 'Exit code', 'Attempts', 'Succeeded', 'Failed', 'Busy'].map(
                (title, at) => (
                  <th key={title} scope="col" className={at === 0 ? undefined : 'number'}>
                    {title}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {own.map((row) => (
              <tr key={`${row.process} ${row.pid} ${row.startUs}`}>
                <th scope="row">
                  <Value value={{ of: 'process', node, pid: row.pid, process: row.process }}>
                    {safeText(row.process ?? '–')}
                  </Value>
                </th>
                <td className="number">{row.pid ?? '–'}</td>
                <td className="number">
                  <TimeText us={row.startUs} />
                </td>
                <td className="number">
                  <TimeText us={row.endUs} />
                </td>
                <td className="number">{row.exitCode ?? '–'}</td>
                <td className="number">{formatNumber(row.attempts)}</td>
                <td className="number">{formatNumber(row.succeeded)}</td>
                <td className="number">{formatNumber(row.failed)}</td>
                <td className="number">{formatDuration(row.busySeconds)}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </div>
  );
}
