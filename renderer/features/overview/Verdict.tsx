/**
 * The verdict says how the run ended, in a sentence and in the run's own words. Without a cause, it
 * lists the lines to start from. While files are read, it shows the progress.
 */
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { isIndexing } from '../../state/follow-case.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { ProgressLine } from '../../widgets/ProgressLine.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { headline } from './verdict.ts';

const FEW = 3;

export function Verdict({ info }: { info: RunInfo }) {
  const progress = useCase((state) => state.progress);
  const cancel = useCase((state) => state.cancelIndexing);
  const resume = useCase((state) => state.resumeIndexing);
  const isPartial = progress !== null && progress.phase !== 'complete';
  const said = info.message?.split('\n').find((line) => line.trim() !== '') ?? null;
  // If the logs show no end, the message is not the run's own.
  const isItsWord = info.status !== 'running' && info.status !== 'unknown';
  const start = info.firstCause === null && info.status !== 'succeeded' ? info.startHere.slice(0, FEW) : [];
  return (
    <section className="verdict" aria-label="How the run ended">
      <h2 className="verdict__headline">
        <Mark of={{ status: info.status }} />
        {headline(info, isIndexing(progress))}
      </h2>
      {said !== null && (
        <p className="verdict__said soft ellipsis" title={info.message ?? undefined}>
          {isItsWord && 'The run’s own message: '}
          <SafeText text={said} />
        </p>
      )}
      {start.length > 0 && (
        <div className="verdict__lines">
          <h3 className="soft">Start here</h3>
          <ol>
            {start.map((ref) => (
              <li key={`${ref.file}:${ref.line}`}>
                <LineLink {...ref} />
              </li>
            ))}
          </ol>
        </div>
      )}
      {isPartial && (
        <div className="verdict__partial">
          <span>Indexing is not complete: this shows only what has been read so far.</span>
          <ProgressLine progress={progress} onCancel={cancel} onResume={resume} />
        </div>
      )}
    </section>
  );
}
