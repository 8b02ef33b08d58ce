/**
 * The start screen is where a window without a case begins, and where a person opens another
 * source. It shows the progress of opening, what went wrong, and the choice of a root.
 */
import { X } from 'lucide-react';
import { useCase, useNavigation, useStores } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { GoTo } from '../../widgets/GoTo.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { OpenForm } from './OpenForm.tsx';
import { openAdvice } from './open-advice.ts';
import { RecentRuns } from './RecentRuns.tsx';
import { RootChooser } from './RootChooser.tsx';
import './start-screen.css';

export function StartScreen() {
  const { case: caseStore } = useStores();
  const navigation = useNavigation();
  const phase = useCase((state) => state.phase);
  const error = useCase((state) => state.error);
  const inspection = useCase((state) => state.inspection);
  const asked = useCase((state) => state.path);
  const name = useCase((state) => state.info?.name ?? state.path);
  const open = (source: string, root: string | null = null) => {
    // The place does not change here, so a failed open has to be retried explicitly.
    if (source === asked && phase === 'failed')
      caseStore
        .getState()
        .open(source, root)
        .catch(() => {});
    else navigation.navigate({ view: 'overview', source, root });
  };
  const advice = error === null ? null : openAdvice(error);
  return (
    <main className="start">
      <div className="start__column">
        <h1 className="start__title">Postrun</h1>
        <p className="soft">
          Open the logs of an Azure ML ParallelRunStep or parallel job: the downloaded zip, or a folder of it. Nothing
          leaves this machine.
        </p>
        {phase === 'open' && name !== null && (
          <p>
            <GoTo to={{ view: 'overview' }}>
              Back to <SafeText text={name} />
            </GoTo>
          </p>
        )}
        <OpenForm onOpen={open} />
        {phase === 'opening' && (
          <div className="start__opening" role="status">
            <span className="ellipsis">
              Listing the files of <SafeText text={asked ?? ''} /> …
            </span>
            <Button tone="quiet" icon={<X size={14} />} onClick={() => caseStore.getState().close()}>
              Cancel
            </Button>
          </div>
        )}
        {phase === 'failed' && error !== null && (
          <ErrorBox
            error={advice === null ? error : { ...error, message: `${error.message} ${advice}` }}
            actions={asked !== null && <Button onClick={() => open(asked)}>Try again</Button>}
          />
        )}
        {phase === 'choosingRoot' && inspection !== null && (
          <RootChooser inspection={inspection} onChoose={(root) => open(inspection.path, root)} />
        )}
        <RecentRuns onOpen={open} />
        <p className="start__hint faint">
          No run at hand? <code className="mono">postrun sample DIR</code> writes one, and{' '}
          <code className="mono">npm start</code> without a path opens one.
        </p>
      </div>
    </main>
  );
}
