/**
 * The result of a comparison: how each run ended, charts of both, and tables of errors, figures,
 * settings and nodes. The run before is on the left, the run after on the right.
 */
import type { Comparison } from '../../../electron/contract/analysis.ts';
import { CompareCharts } from './CompareCharts.tsx';
import { FiguresTable } from './FiguresTable.tsx';
import { NodesTable } from './NodesTable.tsx';
import { RunSide } from './RunSide.tsx';
import { SettingsTable } from './SettingsTable.tsx';
import { SignatureChanges } from './SignatureChanges.tsx';

export interface ComparisonViewProps {
  data: Comparison;
  a: string;
  b: string;
  isThisAfter: boolean;
}

export function ComparisonView({ data, a, b, isThisAfter }: ComparisonViewProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls
    // biome-ignore lint/a11y/useSemanticElements: a scrolling region with a name
    <div className="comparison" role="region" tabIndex={0} aria-label="Comparison">
      <RunSide info={data.a} title="Before" isThis={!isThisAfter} />
      <RunSide info={data.b} title="After" isThis={isThisAfter} />
      <CompareCharts a={{ caseId: a, info: data.a }} b={{ caseId: b, info: data.b }} />
      <SignatureChanges signatures={data.signatures} isThisAfter={isThisAfter} />
      <FiguresTable figures={data.figures} />
      <div className="comparison__column">
        <SettingsTable settings={data.settings} />
        <NodesTable nodes={data.nodes} isThisAfter={isThisAfter} />
      </div>
    </div>
  );
}
