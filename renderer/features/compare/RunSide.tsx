/**
 * One side of a comparison: which run it is, how it ended and why, when it began and how long it
 * took.
 */
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { formatDuration } from '../../base/format.ts';
import { lastPart } from '../../base/path-name.ts';
import { safeText } from '../../base/safe-text.ts';
import { Mark } from '../../widgets/Mark.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { verdictOf } from './compare-model.ts';

export function RunSide({ info, title, isThis }: { info: RunInfo; title: string; isThis: boolean }) {
  const why = verdictOf(info);
  return (
    <section className="run-side" aria-label={title}>
      <p className="soft">
        {title}
        {isThis && <strong>this run</strong>}
      </p>
      <h3 className="run-side__name ellipsis" title={safeText(info.source)}>
        <SafeText text={lastPart(info.source)} /> <span className="faint">{safeText(info.name)}</span>
      </h3>
      <p>
        <Mark of={{ status: info.status }} word /> {why}
      </p>
      {info.firstCause !== null && (
        <p className="ellipsis" title={safeText(info.firstCause.message)}>
          <SafeText text={info.firstCause.message} />
        </p>
      )}
      <p className="soft">
        <TimeText us={info.startUs} date="short" />
        <span>{formatDuration(info.durationSeconds)}</span>
      </p>
    </section>
  );
}
