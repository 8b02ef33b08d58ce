import { useState } from 'react';
import type { RunInfo } from '../../../electron/contract/records.ts';
import { isIndexing } from '../../state/case-store.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { ProgressLine } from '../../widgets/ProgressLine.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { headline } from './verdict.ts';

const FEW = 3;

/** The first answer: how it ended, why, which lines say so, and where to start. */
export function Verdict({ info }: { info: RunInfo }) {
  const progress = useCase((state) => state.progress);
  const cancel = useCase((state) => state.cancelIndexing);
  const resume = useCase((state) => state.resumeIndexing);
  const [isAll, setIsAll] = useState(false);
  const isReading = isIndexing(progress);
  const isPartial = progress !== null && progress.phase !== 'complete';
  const { firstCause } = info;
  const evidence = firstCause?.evidence ?? [];
  const lines = distinctLines([...info.startHere.slice(0, 1), ...evidence, ...info.startHere]);
  const shown = isAll ? lines : lines.slice(0, FEW);
  const said = info.message?.split('\n').find((line) => line.trim() !== '') ?? null;
  // Where the logs show no end, the message is what was made of them.
  const isItsWord = info.status !== 'running' && info.status !== 'unknown';
  return (
    <section className="verdict" aria-label="How the run ended">
      <h2 className="verdict__headline">
        <Mark of={{ status: info.status }} />
        {headline(info, isReading)}
      </h2>
      {firstCause !== null && firstCause.message !== '' && (
        <p className="verdict__cause">
          <SafeText text={firstCause.message.split('\n')[0] ?? ''} />
        </p>
      )}
      <p className="verdict__facts soft">
        {firstCause?.node != null && (
          <span>
            on <Value value={{ of: 'node', node: firstCause.node }} />
          </span>
        )}
        {firstCause?.node != null && firstCause.pid !== null && (
          <span>
            in process <Value value={{ of: 'process', node: firstCause.node, pid: firstCause.pid, process: null }} />
          </span>
        )}
        {firstCause?.miniBatchId != null && (
          <span>
            in mini-batch <Value value={{ of: 'miniBatch', miniBatchId: firstCause.miniBatchId }} />
          </span>
        )}
        {said !== null && (
          <span className="ellipsis" title={info.message ?? undefined}>
            {isItsWord && 'The run says: '}
            <SafeText text={said} />
          </span>
        )}
      </p>
      {lines.length > 0 && (
        <div className="verdict__lines">
          <h3 className="soft">Start here</h3>
          <ol>
            {shown.map((ref) => (
              <li key={`${ref.file}:${ref.line}`}>
                <LineLink {...ref} />
              </li>
            ))}
          </ol>
          {lines.length > FEW && (
            <Button tone="quiet" aria-expanded={isAll} onClick={() => setIsAll(!isAll)}>
              {isAll ? 'Fewer' : `${lines.length - FEW} more`}
            </Button>
          )}
        </div>
      )}
      {isPartial && (
        <div className="verdict__partial">
          <span>Not all has been read: what stands here is of what was read so far.</span>
          <ProgressLine progress={progress} onCancel={cancel} onResume={resume} />
        </div>
      )}
    </section>
  );
}

function distinctLines(refs: RunInfo['startHere']): RunInfo['startHere'] {
  const seen = new Set<string>();
  return refs.filter((ref) => {
    const key = `${ref.file}:${ref.line}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
