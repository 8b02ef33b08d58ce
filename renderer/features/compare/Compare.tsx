/**
 * The comparison view compares the open run with another one. It opens the other run, shows its
 * progress until the engine can compare, and decides which run is before and which is after;
 * `ComparisonView` shows the result.
 */
import { ArrowLeftRight } from 'lucide-react';
import { lastPart } from '../../base/path-name.ts';
import { useCase, useClient } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { quote } from '../../widgets/cli-line.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { HowCounted } from '../../widgets/HowCounted.tsx';
import { ProgressLine } from '../../widgets/ProgressLine.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { ChooseOther } from './ChooseOther.tsx';
import { ComparisonView } from './ComparisonView.tsx';
import { isLater } from './compare-model.ts';
import { useCompareState } from './compare-state.ts';
import { useOtherCase } from './use-other-case.ts';
import './compare.css';

export function Compare() {
  const client = useClient();
  const caseId = useCase((state) => state.caseId);
  const isRead = useCase((state) => state.progress === null || state.progress.phase === 'complete');
  const { other, isSwapped, set } = useCompareState();
  const { caseId: otherId, progress, roots, error } = useOtherCase(other);
  const isReady = progress?.phase === 'complete' && otherId !== null && caseId !== null;
  const startUs = useCase((state) => state.info?.startUs ?? null);
  const { data: otherInfo } = useCommand('run.info', isReady ? { caseId: otherId } : null);
  // The run that began first counts as before, whichever of the two the window has open.
  const isThisAfter = isLater(startUs, otherInfo?.startUs ?? null) !== isSwapped;
  const [a, b] = isThisAfter ? [otherId, caseId] : [caseId, otherId];
  const answer = useCommand(
    'analysis.compare',
    isReady && otherInfo !== undefined && a !== null && b !== null ? { a, b } : null,
  );
  if (other === null || roots !== null) {
    return <ChooseOther roots={roots} of={other} onChoose={(chosen) => set({ other: chosen })} />;
  }
  const failed = error ?? answer.error;
  return (
    <div className="compare">
      <div className="compare__bar">
        <h2 className="ellipsis">
          {'Compared with '}
          <SafeText text={lastPart(other.root === null || other.root === '' ? other.path : other.root)} />
        </h2>
        {otherId !== null && otherId === caseId && <span className="soft">This is the same run.</span>}
        {!isRead && <span className="soft">This run has not been read to its end.</span>}
        <span className="compare__tools">
          <Button
            tone="quiet"
            icon={<ArrowLeftRight size={14} />}
            isPressed={isSwapped}
            title="By default the run that began first is the one before"
            onClick={() => set({ isSwapped: !isSwapped })}
          >
            Swap
          </Button>
          <Button tone="quiet" onClick={() => set({ other: null })}>
            Another run …
          </Button>
          <HowCounted
            of="the comparison"
            how="Both runs by the same rules. Errors are matched by their ids, which are the same in every run, or by messages that are alike but for their variable parts; nodes by name. A count within 10 % is the same."
            cli={
              !isThisAfter
                ? `postrun compare PATH ${quote(other.path)} --json`
                : `postrun compare ${quote(other.path)} PATH --json`
            }
          />
        </span>
      </div>
      {failed !== null && <ErrorBox error={failed} />}
      {failed === null && progress === null && <EmptyState title="Opening the other run …" />}
      {failed === null && progress !== null && progress.phase !== 'complete' && (
        <div className="compare__progress">
          <ProgressLine
            progress={progress}
            onCancel={() => set({ other: null })}
            onResume={() => {
              client.call('case.resume', { caseId: progress.caseId }).catch(() => {});
            }}
          />
        </div>
      )}
      {failed === null && answer.data !== undefined && !answer.isLoading && (
        <ComparisonView data={answer.data} a={a ?? ''} b={b ?? ''} isThisAfter={isThisAfter} />
      )}
    </div>
  );
}
