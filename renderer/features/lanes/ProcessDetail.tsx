/**
 * The drawer's panel for the selected worker process: its life, what it did, who came before and
 * after it, its files and its events.
 */
import { Grid2x2, LineChart, ScrollText, TextAlignStart } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Lane } from '../../../electron/contract/analysis.ts';
import { formatCount, formatDuration, formatNumber } from '../../base/format.ts';
import { safeText } from '../../base/safe-text.ts';
import { noFilter } from '../../state/filter.ts';
import { useCase, useNavigation, useSelection, useView } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { GoTo } from '../../widgets/GoTo.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { lifeSentence } from './life-sentence.ts';
import { laneOf } from './use-lanes.ts';
import { useProcessDetail } from './use-process.ts';
import './process-detail.css';

export function ProcessDetail() {
  const navigation = useNavigation();
  const view = useView((state) => state.view);
  const caseId = useCase((state) => state.caseId);
  const key = useSelection((state) => state.process);
  const timeUs = useSelection((state) => state.timeUs);
  const isAsked = caseId !== null && key !== null;
  const { data: found, isLoading } = useCommand(
    'analysis.lanes',
    isAsked ? { caseId, filter: { node: { include: [key.node] } }, width: 1, start: 0, count: 10_000 } : null,
  );
  const { data: processes } = useCommand('processes.list', caseId === null ? null : { caseId });
  const { data: files } = useCommand('files.list', caseId === null ? null : { caseId });
  const lanes = found?.lanes ?? [];
  const lane = key === null ? undefined : lanes[laneOf(lanes, key.node, key.pid, key.process, timeUs)];
  const detail = useProcessDetail(lane?.processId ?? null);
  if (key === null) return <EmptyState title="No process is selected." />;
  if (lane === undefined) {
    const name = safeText(`${key.node} ${key.process ?? ''} ${key.pid ?? ''}`);
    return isLoading ? null : (
      <EmptyState title={`${name} is no worker process of this run.`}>
        Supervisors of a node have samples and logs, but pick up no mini-batch.
      </EmptyState>
    );
  }
  const row = processes?.find(
    (each) => each.node === lane.node && each.pid === lane.pid && each.process === lane.process,
  );
  const own = (row?.files ?? []).flatMap((id) => files?.find((file) => file.fileId === id) ?? []);
  const { node, pid, process } = lane;
  const filter = {
    ...noFilter,
    node: { include: [node], exclude: [] },
    pid: { include: pid === null ? [] : [pid], exclude: [] },
  };
  const busyShare =
    detail === null || detail.idleSeconds === null
      ? null
      : detail.busySeconds / Math.max(1e-9, detail.busySeconds + detail.idleSeconds + (detail.initSeconds ?? 0));
  return (
    <div className="process-detail">
      <div className="process-detail__head">
        <strong>
          <Value value={{ of: 'process', node, pid, process }}>
            <SafeText text={`${process ?? 'Process'}${pid === null ? '' : ` · pid ${pid}`}`} />
          </Value>
        </strong>
        <span>
          on <Value value={{ of: 'node', node }} />
        </span>
        <p className="process-detail__sentence">{lifeSentence(lane)}</p>
        <Button icon={<ScrollText size={14} />} onClick={() => navigation.navigate({ view: 'logs', filter })}>
          Its lines
        </Button>
        <Button icon={<Grid2x2 size={14} />} onClick={() => navigation.navigate({ view: 'mini-batches', filter })}>
          Its mini-batches
        </Button>
        {view !== 'lanes' && (
          <Button
            icon={<TextAlignStart size={14} />}
            onClick={() => navigation.navigate({ view: 'lanes', selection: { process: { node, pid, process } } })}
          >
            In the lanes
          </Button>
        )}
        {view !== 'resources' && (
          <Button
            icon={<LineChart size={14} />}
            onClick={() =>
              navigation.navigate({ view: 'resources', selection: { node, process: { node, pid, process } } })
            }
          >
            On the graph
          </Button>
        )}
      </div>
      <dl className="process-detail__facts">
        <Fact title="Start">
          <TimeText us={lane.startUs} />
        </Fact>
        <Fact title="End">
          <TimeText us={lane.endUs} />
        </Fact>
        <Fact title="Exit code">{lane.exitCode === null ? 'not in the logs' : formatNumber(lane.exitCode)}</Fact>
        <Fact title="Attempts">{formatNumber(lane.attempts)}</Fact>
        {detail !== null && (
          <>
            <Fact title="Succeeded">
              <Mark of={{ outcome: 'succeeded' }} /> {formatNumber(detail.succeeded)}
            </Fact>
            <Fact title="Failed">
              <Mark of={{ outcome: 'failed' }} /> {formatNumber(detail.failed)}
            </Fact>
            <Fact title="init()">{formatDuration(detail.initSeconds)}</Fact>
            <Fact title="Busy">
              {formatDuration(detail.busySeconds)}
              {busyShare !== null && (
                <span className="process-detail__share" title={`${Math.round(busyShare * 100)} % of its life`}>
                  <span style={{ width: `${Math.round(busyShare * 100)}%` }} />
                </span>
              )}
            </Fact>
            <Fact title="Idle">{formatDuration(detail.idleSeconds)}</Fact>
          </>
        )}
      </dl>
      {detail !== null && detail.predecessors.length + detail.successors.length > 0 && (
        <p className="process-detail__line">
          <span className="soft">In this place, one after the other:</span>
          {detail.predecessors.map((each) => (
            <Relative key={each.processId} lane={each} />
          ))}
          <strong>pid {pid}</strong>
          {detail.successors.map((each) => (
            <Relative key={each.processId} lane={each} />
          ))}
        </p>
      )}
      {own.length > 0 && (
        <section aria-label="Its files">
          <h3 className="soft">{formatCount(own.length, 'file')}</h3>
          <ul className="process-detail__files">
            {own.map((file) => (
              <li key={file.fileId}>
                <GoTo to={{ view: 'logs', selection: { line: { fileId: file.fileId, line: 1 } } }}>
                  <SafeText text={file.path} />
                </GoTo>{' '}
                <span className="faint">
                  {formatCount(file.lines, 'line')}
                  {file.errors > 0 && `, ${formatCount(file.errors, 'error')}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {detail !== null && detail.events.length > 0 && (
        <section aria-label="Timeline">
          <h3 className="soft">Timeline</h3>
          <ol className="process-detail__events">
            {detail.events.map((event, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: events never move
              <li key={index}>
                <TimeText us={event.timeUs} />
                <span>
                  <SafeText
                    text={`${event.type.replaceAll('_', ' ')}${event.exitCode === null ? '' : ` (exit code ${event.exitCode})`}`}
                  />
                </span>
                {event.ref === null ? (
                  <span className="soft">{event.detail !== null && <SafeText text={event.detail} />}</span>
                ) : (
                  <LineLink file={event.ref.file} line={event.ref.line} text={event.ref.text} />
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt className="soft">{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Relative({ lane }: { lane: Lane }) {
  const { node, pid, process } = lane;
  return (
    <GoTo
      to={{
        drawer: true,
        selection: { process: { node, pid, process }, node, timeUs: lane.startUs, detail: 'process' },
      }}
    >
      pid {pid ?? '?'}
    </GoTo>
  );
}
