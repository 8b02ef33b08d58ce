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
  if (info === null) {
    return error === null ? <EmptyState title="Reading the first files …" /> : <ErrorBox error={error} />;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
    <section className="overview" tabIndex={0} aria-label="Overview of the run">
      <Verdict info={info} />
      <Counts info={info} />
      <ProgressCurve info={info} />
      <div className="overview__columns">
        <NodeTiles nodes={info.nodes} />
        <Findings info={info} />
        <ErrorFiles />
        <Settings settings={info.settings} />
      </div>
    </section>
  );
}
