import type { RunInfo } from '../../../electron/contract/records.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { Counts } from './Counts.tsx';
import { ErrorFiles } from './ErrorFiles.tsx';
import { Findings } from './Findings.tsx';
import { NodeTiles } from './NodeTiles.tsx';
import { ProgressCurve } from './ProgressCurve.tsx';
import { Settings } from './Settings.tsx';
import { Verdict } from './Verdict.tsx';
import './overview.css';

/** How the run ended and why, its life, and where to look next. */
export function Overview() {
  const info = useCase((state) => state.info);
  const error = useCase((state) => state.error);
  const isPartial = useCase((state) => state.progress !== null && state.progress.phase !== 'complete');
  if (info === null) {
    return error === null ? <EmptyState title="Reading the first files …" /> : <ErrorBox error={error} />;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
    <section className="overview" tabIndex={0} aria-label="Overview of the run">
      <Verdict info={info} />
      {info.lines === 0 && isPartial ? null : <Rest info={info} isPartial={isPartial} />}
    </section>
  );
}

function Rest({ info, isPartial }: { info: RunInfo; isPartial: boolean }) {
  return (
    <>
      <Counts info={info} />
      <ProgressCurve info={info} isPartial={isPartial} />
      <div className="overview__columns">
        <NodeTiles nodes={info.nodes} isPartial={isPartial} />
        <Findings info={info} isPartial={isPartial} />
        <ErrorFiles isPartial={isPartial} />
        <Settings settings={info.settings} />
      </div>
    </>
  );
}
