/**
 * The view “What happened” shows the evidence about the run, from what is missing to how each
 * number was counted. Each part is a component of its own; this one orders them and leads to each.
 */
import { useRef } from 'react';
import { formatNumber } from '../../base/format.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { AdvicePart } from './AdvicePart.tsx';
import { BudgetPart } from './BudgetPart.tsx';
import { CountedPart } from './CountedPart.tsx';
import { FindingsPart } from './FindingsPart.tsx';
import { withCause } from './findings-model.ts';
import { LedgerPart } from './LedgerPart.tsx';
import { LifeCyclePart } from './LifeCyclePart.tsx';
import { MissingPart } from './MissingPart.tsx';
import { QuartilesPart } from './QuartilesPart.tsx';
import { RerunPart } from './RerunPart.tsx';
import { StartsPart } from './StartsPart.tsx';
import { StragglersPart } from './StragglersPart.tsx';
import { useFindings } from './use-findings.ts';
import { WhatIfPart } from './WhatIfPart.tsx';
import './findings.css';
import './finding-parts.css';

export function Findings() {
  const cause = useCase((state) => state.info?.firstCause ?? null);
  const isPartial = useCase((state) => state.progress !== null && state.progress.phase !== 'complete');
  const all = useFindings();
  const scroller = useRef<HTMLDivElement>(null);
  const { completeness, findings, advice, stragglers, quartiles, inits, budget, ledger, lifeCycle, counted } = all;
  const places: [id: string, title: string, count: number | undefined][] = [
    ['missing', 'Missing', completeness.data?.missing.length],
    ['life-cycle', 'Life-cycle', undefined],
    ['findings', 'Findings', findings.data === undefined ? undefined : withCause(findings.data, cause).length],
    ['advice', 'Recommendations', advice.data?.length],
    ['budget', 'Error budget', undefined],
    ['stragglers', 'Stragglers', stragglers.data?.slowCount],
    ['figures', 'Figures', undefined],
    ['what-if', 'What if', undefined],
    ['starts', 'Initialisation', undefined],
    ['capacity', 'Capacity', undefined],
    ['rerun', 'Run again', undefined],
    ['counted', 'How counted', undefined],
  ];
  const goTo = (id: string) => {
    const part = scroller.current?.querySelector<HTMLElement>(`#findings-${id}`);
    part?.scrollIntoView({ block: 'start' });
    part?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  };
  return (
    <div className="what-happened">
      <nav className="what-happened__places" aria-label="Parts of what happened">
        {places.map(([id, title, count]) => (
          <Button key={id} tone="quiet" onClick={() => goTo(id)}>
            {title}
            {count !== undefined && <span className="faint">{formatNumber(count)}</span>}
          </Button>
        ))}
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls */}
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling region with a name */}
      <div ref={scroller} className="what-happened__body" role="region" tabIndex={0} aria-label="What happened">
        {isPartial && (
          <p className="what-happened__partial">Indexing is not complete: this shows only what has been read so far.</p>
        )}
        <MissingPart data={completeness.data} error={completeness.error} />
        <LifeCyclePart data={lifeCycle.data} error={lifeCycle.error} />
        <FindingsPart data={findings.data} cause={cause} error={findings.error} />
        <AdvicePart data={advice.data} error={advice.error} />
        <BudgetPart data={budget.data} error={budget.error} />
        <StragglersPart data={stragglers.data} error={stragglers.error} />
        <QuartilesPart data={quartiles.data} error={quartiles.error} />
        <WhatIfPart />
        <StartsPart data={inits.data} error={inits.error} />
        <LedgerPart data={ledger.data} error={ledger.error} />
        <RerunPart />
        <CountedPart data={counted.data} error={counted.error} />
      </div>
    </div>
  );
}
