/**
 * The card of the root cause: what went wrong first, in whose code, where, how often and since
 * when, and the curve that shows it. Every link from it has a key; `use-root-cause.ts` collects the
 * facts.
 */
import { FileText, LineChart, OctagonX, ScrollText, TextAlignStart } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { formatCount } from '../../base/format.ts';
import { causeWords, confidenceWords } from '../../base/looks.ts';
import { safeText } from '../../base/safe-text.ts';
import { noFilter } from '../../state/filter.ts';
import { isIndexing } from '../../state/follow-case.ts';
import type { ActionId } from '../../state/keys.ts';
import { chordsOf } from '../../state/keys.ts';
import { useAction, useCase, useNavigation } from '../../state/StoresContext.tsx';
import type { Step } from '../../state/step.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { CauseCurve } from './CauseCurve.tsx';
import { curveOfCause, frameText } from './root-cause.ts';
import { Testimony } from './Testimony.tsx';
import { type RootCauseFacts, useRootCause } from './use-root-cause.ts';
import './root-cause.css';

export function RootCause({ info }: { info: RunInfo }) {
  const facts = useRootCause(info);
  const { firstCause } = info;
  // While files are read, the curve may belong to another cause, and it is the most expensive part
  // of the view.
  const isReading = useCase((state) => isIndexing(state.progress));
  return (
    <section className="root-cause" aria-label="Root cause">
      {firstCause !== null && (
        <div className="root-cause__card">
          <Told info={info} cause={firstCause} facts={facts} />
          <Steps info={info} facts={facts} />
        </div>
      )}
      <div className="root-cause__curve">
        {!isReading && <CauseCurve info={info} of={curveOfCause(info)} timeUs={facts.timeUs} />}
      </div>
    </section>
  );
}

type Cause = NonNullable<RunInfo['firstCause']>;

function Told({ info, cause, facts }: { info: RunInfo; cause: Cause; facts: RootCauseFacts }) {
  const { exception, frame, group, ref } = facts;
  const [message = '', ...more] = exception.message.split('\n');
  return (
    <>
      <h3 className="root-cause__exception">
        <SafeText text={exception.name ?? capital(causeWords[cause.kind] ?? 'Unknown cause')} />
        <span className={`root-cause__sure root-cause__sure--${cause.confidence}`}>
          {confidenceWords[cause.confidence]}
        </span>
      </h3>
      {message !== '' && (
        <p className="root-cause__message mono" title={safeText(exception.message)}>
          <SafeText text={message} />
          {more.length > 0 && ' …'}
        </p>
      )}
      {frame !== null && (
        <p className="root-cause__frame mono" title={safeText(frame.file)}>
          <SafeText text={frameText(frame)} />
          {frame.code !== null && (
            <code>
              <SafeText text={frame.code} />
            </code>
          )}
        </p>
      )}
      <dl className="root-cause__facts">
        <Fact title="Node">{cause.node !== null && <Value value={{ of: 'node', node: cause.node }} />}</Fact>
        <Fact title="Process">
          {cause.node !== null && cause.pid !== null && (
            <Value value={{ of: 'process', node: cause.node, pid: cause.pid, process: null }} />
          )}
        </Fact>
        <Fact title="Mini-batch">
          {cause.miniBatchId !== null && <Value value={{ of: 'miniBatch', miniBatchId: cause.miniBatchId }} />}
        </Fact>
        <Fact title="Input item">{cause.item != null && <Value value={{ of: 'text', text: cause.item }} />}</Fact>
        <Fact title="Happened">
          {group !== null && (
            <GoTo to={{ view: 'errors', selection: { error: group.id, detail: null } }}>
              {formatCount(group.occurrences, 'time')}
            </GoTo>
          )}
        </Fact>
        <Fact title="Since">{facts.timeUs !== null && <TimeText us={group?.firstUs ?? facts.timeUs} />}</Fact>
      </dl>
      {ref !== null && <LineLink {...ref} />}
      {cause.nextStep !== null && (
        <p className="root-cause__next">
          <strong>Next:</strong> <SafeText text={cause.nextStep} />
        </p>
      )}
      <Testimony testimony={cause.testimony.length > 0 ? cause.testimony : info.testimony} cause={cause} />
    </>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  if (children === false || children === null) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface WayOn {
  id: ActionId;
  title: string;
  icon: ReactNode;
  to: Step | null;
}

/** The links from the cause, each with a key. */
function Steps({ info, facts }: { info: RunInfo; facts: RootCauseFacts }) {
  const navigation = useNavigation();
  const ways = waysOn(info, facts);
  const go = (id: ActionId) => {
    const to = ways.find((way) => way.id === id)?.to ?? null;
    return to === null
      ? null
      : () => {
          navigation.navigate(to);
          return true;
        };
  };
  useAction('cause-lines', go('cause-lines'));
  useAction('cause-group', go('cause-group'));
  useAction('cause-lane', go('cause-lane'));
  useAction('cause-graph', go('cause-graph'));
  useAction('cause-report', go('cause-report'));
  return (
    <nav className="root-cause__steps" aria-label="From the root cause to">
      {ways.map(
        (way) =>
          way.to !== null && (
            <GoTo key={way.id} className="button button--plain" to={way.to}>
              {way.icon}
              {way.title}
              <kbd>{chordsOf(way.id)[0]}</kbd>
            </GoTo>
          ),
      )}
    </nav>
  );
}

function waysOn({ firstCause }: RunInfo, { group, timeUs }: RootCauseFacts): WayOn[] {
  const node = firstCause?.node ?? null;
  const pid = firstCause?.pid ?? null;
  const miniBatchId = firstCause?.miniBatchId ?? null;
  const process = node === null || pid === null ? null : { node, pid, process: null };
  const one = <T,>(value: T | null) => ({ include: value === null ? [] : [value], exclude: [] });
  const filter = { ...noFilter, node: one(node), pid: one(pid), miniBatch: one(pid === null ? miniBatchId : null) };
  const hasLines = node !== null || pid !== null || miniBatchId !== null;
  const metric =
    firstCause?.kind === 'disk_full'
      ? 'disk_used_percent'
      : process === null
        ? 'memory_used_percent'
        : 'memory_percent';
  return [
    {
      id: 'cause-lines',
      title: 'Lines in time order',
      icon: <ScrollText size={14} />,
      to: hasLines ? { view: 'logs', order: 'time', filter, selection: { timeUs } } : null,
    },
    {
      id: 'cause-group',
      title: 'Error group',
      icon: <OctagonX size={14} />,
      to: group === null ? null : { view: 'errors', filter: noFilter, selection: { error: group.id, detail: null } },
    },
    {
      id: 'cause-lane',
      title: 'Lane',
      icon: <TextAlignStart size={14} />,
      to:
        process === null
          ? null
          : {
              view: 'lanes',
              filter: noFilter,
              options: { curve: 'process' },
              selection: { process, node, timeUs, miniBatchId },
              drawer: false,
            },
    },
    {
      id: 'cause-graph',
      title: 'Graph',
      icon: <LineChart size={14} />,
      to:
        graphOf(firstCause) ??
        (node === null
          ? null
          : {
              view: 'resources',
              filter: noFilter,
              options: { metric, graph: process === null ? '' : 'processes' },
              selection: { node, process, timeUs },
              drawer: false,
            }),
    },
    { id: 'cause-report', title: 'Report', icon: <FileText size={14} />, to: { view: 'report' } },
  ];
}

/**
 * Returns the link to the graph that shows the cause at its moment, or null if the cause names
 * none.
 */
function graphOf(cause: RunInfo['firstCause']): WayOn['to'] {
  const graph = cause?.graph ?? null;
  if (graph === null) return null;
  const { node, pid, metric, timeUs } = graph;
  const process = pid === null ? null : { node, pid, process: graph.process };
  return {
    view: 'resources',
    filter: noFilter,
    options: { metric, graph: process === null ? '' : 'processes' },
    selection: { node, process, timeUs },
    drawer: false,
  };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
