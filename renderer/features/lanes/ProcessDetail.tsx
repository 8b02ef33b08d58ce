/**
 * The drawer's panel for the selected worker process: its life, what it did, who came before and
 * after it, its files and its events.
 */
import type { ProcessDetail as Detail, Lane } from '../../../electron/contract/analysis.ts';
import { safeText } from '../../base/safe-text.ts';
import { useSelection } from '../../state/StoresContext.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { GoTo } from '../../widgets/GoTo.tsx';
import { ProcessEvents } from './ProcessEvents.tsx';
import { ProcessFacts } from './ProcessFacts.tsx';
import { ProcessFiles } from './ProcessFiles.tsx';
import { ProcessHead } from './ProcessHead.tsx';
import { useProcessDetail, useProcessFiles, useSelectedLane } from './use-process.ts';
import './process-detail.css';

export function ProcessDetail() {
  const key = useSelection((state) => state.process);
  const { lane, isLoading } = useSelectedLane();
  const detail = useProcessDetail(lane?.processId ?? null);
  const files = useProcessFiles(lane);
  if (key === null) return <EmptyState title="No process is selected." />;
  if (lane === undefined) {
    const name = safeText(`${key.node} ${key.process ?? ''} ${key.pid ?? ''}`);
    return isLoading ? null : (
      <EmptyState title={`${name} is no worker process of this run.`}>
        Supervisors of a node have samples and logs, but pick up no mini-batch.
      </EmptyState>
    );
  }
  return (
    <div className="process-detail">
      <ProcessHead lane={lane} />
      <ProcessFacts lane={lane} detail={detail} />
      {detail !== null && <Relatives lane={lane} detail={detail} />}
      {files.length > 0 && <ProcessFiles files={files} />}
      {detail !== null && detail.events.length > 0 && <ProcessEvents events={detail.events} />}
    </div>
  );
}

/** The processes that worked in the same place one after the other, if there were others. */
function Relatives({ lane, detail }: { lane: Lane; detail: Detail }) {
  const { predecessors, successors } = detail;
  if (predecessors.length + successors.length === 0) return null;
  return (
    <p className="process-detail__line">
      <span className="soft">In this place, one after the other:</span>
      {predecessors.map((each) => (
        <Relative key={each.processId} lane={each} />
      ))}
      <strong>pid {lane.pid}</strong>
      {successors.map((each) => (
        <Relative key={each.processId} lane={each} />
      ))}
    </p>
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
