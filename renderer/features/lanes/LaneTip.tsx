/**
 * The lane tip names what is under the pointer: the process and its attempt, if it had one then. It
 * asks the engine for the attempt when the pointer rests.
 */
import type { Lane } from '../../../electron/contract/analysis.ts';
import { formatCount, formatDuration } from '../../base/format.ts';
import { formatClock } from '../../base/format-time.ts';
import { useCase, useView } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Mark } from '../../widgets/Mark.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { attemptFilter } from './attempt-filter.ts';
import type { LaneBar } from './lane-bars.ts';

const REST_MS = 60;
const TIP_PX = 110;
const TIP_WIDTH_PX = 300;

export function LaneTip(props: { lane: Lane; bar: LaneBar | null; us: number; x: number; y: number; height: number }) {
  const { lane, bar, us, x, y, height } = props;
  const caseId = useCase((state) => state.caseId);
  const zone = useView((state) => state.zone);
  const isOne = bar !== null && bar.count === 1;
  const { data, isLoading } = useCommand(
    'attempts.page',
    caseId !== null && isOne ? { caseId, filter: attemptFilter(lane, us, bar), start: 0, count: 1 } : null,
    { delayMs: REST_MS },
  );
  const attempt = isOne && !isLoading ? data?.rows[0] : undefined;
  const isThere = (lane.startUs === null || us >= lane.startUs) && (lane.endUs === null || us <= lane.endUs);
  const top = y + TIP_PX > height ? y - TIP_PX : y + 14;
  const left = x + TIP_WIDTH_PX > window.innerWidth - 60 ? x - TIP_WIDTH_PX - 8 : x + 14;
  return (
    <div className="lane-tip" style={{ transform: `translate(${left}px, ${Math.max(0, top)}px)` }} aria-hidden="true">
      <p className="lane-tip__title">
        <SafeText text={`${lane.node} · ${lane.process ?? ''}${lane.pid === null ? '' : ` · pid ${lane.pid}`}`} />
      </p>
      {bar === null ? (
        <p className="soft">{isThere ? 'idle' : 'not running'}</p>
      ) : isOne ? (
        <>
          <p className="lane-tip__row">
            <Mark of={{ outcome: bar.outcome }} word />
            {attempt !== undefined && (
              <span>
                mini-batch <SafeText text={attempt.miniBatchId} />
                {attempt.attempt > 1 && `, attempt ${attempt.attempt}`}
              </span>
            )}
          </p>
          <p className="soft">
            {formatClock(attempt?.startUs ?? bar.fromUs, zone)} –{' '}
            {attempt !== undefined && attempt.endUs === null ? 'no end' : formatClock(attempt?.endUs ?? bar.toUs, zone)}
            , {formatDuration(attempt === undefined ? (bar.toUs - bar.fromUs) / 1e6 : attempt.durationSeconds)}
          </p>
          {attempt?.error != null && (
            <p className="lane-tip__error">
              <SafeText text={attempt.error.slice(0, 200)} />
            </p>
          )}
        </>
      ) : (
        <>
          <p className="lane-tip__row">
            <Mark of={{ outcome: bar.outcome }} word /> {formatCount(bar.count, 'attempt')}
          </p>
          <p className="soft">
            {formatClock(bar.fromUs, zone)} – {formatClock(bar.toUs, zone)}; zoom in to see each
          </p>
        </>
      )}
    </div>
  );
}
