/**
 * The overview gives the answer first: how the run ended and why. Below it are the run in numbers,
 * its progress, other errors, findings, nodes and settings.
 */
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { Counts } from './Counts.tsx';
import { ErrorGroups } from './ErrorGroups.tsx';
import { Findings } from './Findings.tsx';
import { ForeignOverview } from './ForeignOverview.tsx';
import { NodeTiles } from './NodeTiles.tsx';
import { ProgressCurve } from './ProgressCurve.tsx';
import { RootCause } from './RootCause.tsx';
import { primaryGroup } from './root-cause.ts';
import { Settings } from './Settings.tsx';
import { useErrorGroups } from './use-root-cause.ts';
import { Verdict } from './Verdict.tsx';
import { isForeign } from './verdict.ts';
import './overview.css';

export function Overview() {
  const info = useCase((state) => state.info);
  const error = useCase((state) => state.error);
  const isPartial = useCase((state) => state.progress !== null && state.progress.phase !== 'complete');
  if (info === null) {
    return error === null ? <EmptyState title="Reading the first files …" /> : <ErrorBox error={error} />;
  }
  const isEmpty = info.lines === 0 && isPartial;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls
    <section className="overview" tabIndex={0} aria-label="Overview of the run">
      {isForeign(info) && !isPartial ? (
        <ForeignOverview info={info} />
      ) : (
        <>
          <Verdict info={info} />
          {!isEmpty && <OfRun info={info} isPartial={isPartial} />}
        </>
      )}
    </section>
  );
}

function OfRun({ info, isPartial }: { info: RunInfo; isPartial: boolean }) {
  const groups = useErrorGroups();
  const shownAbove = info.firstCause === null ? null : (primaryGroup(groups)?.id ?? null);
  return (
    <>
      <RootCause info={info} />
      <Counts info={info} />
      <ProgressCurve info={info} isPartial={isPartial} />
      <div className="overview__columns">
        <ErrorGroups groups={groups} shownAbove={shownAbove} isPartial={isPartial} />
        <Findings info={info} isPartial={isPartial} />
        <NodeTiles nodes={info.nodes} isPartial={isPartial} />
        <Settings settings={info.settings} />
      </div>
    </>
  );
}
