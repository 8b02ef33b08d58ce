/** The facts of a process: when it ran, how it ended, what it did and how busy it was. */
import type { ReactNode } from 'react';
import type { Lane, ProcessDetail } from '../../../electron/contract/analysis.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';
import { Mark } from '../../widgets/Mark.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { busyShare } from './busy-share.ts';

export interface ProcessFactsProps {
  lane: Lane;
  /** Null until it arrives. */
  detail: ProcessDetail | null;
}

export function ProcessFacts({ lane, detail }: ProcessFactsProps) {
  return (
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
            <ShareBar share={busyShare(detail)} />
          </Fact>
          <Fact title="Idle">{formatDuration(detail.idleSeconds)}</Fact>
        </>
      )}
    </dl>
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

function ShareBar({ share }: { share: number | null }) {
  if (share === null) return null;
  const percent = Math.round(share * 100);
  return (
    <span className="process-detail__share" title={`${percent} % of its life`}>
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
