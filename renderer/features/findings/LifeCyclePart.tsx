/**
 * The life-cycle of the run: its phases from the queue to the end, and notable moments, on the
 * window's time axis. A click on a phase zooms to it. Tables list the same with evidence.
 */
import { memo } from 'react';
import type { LifeCycle } from '../../../electron/contract/analysis.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { distinctMarks, phaseDuration, phaseWords } from './findings-model.ts';
import { LifeGraph } from './LifeGraph.tsx';
import { LifeMarks } from './LifeMarks.tsx';
import { PhaseTable } from './PhaseTable.tsx';
import { Section, type SectionProps } from './Section.tsx';

export interface LifeCyclePartProps {
  data: LifeCycle | undefined;
  error: SectionProps['error'];
}

export const LifeCyclePart = memo(function LifeCyclePart({ data, error }: LifeCyclePartProps) {
  const axis = useTimeAxis();
  const marks = distinctMarks(data?.marks ?? []);
  const phases = data?.phases ?? [];
  const before = phases
    .filter((phase) => phase.toUs <= axis.fromUs)
    .map((phase) => `${phaseWords[phase.phase]} ${phaseDuration(phase)}`);
  return (
    <Section
      id="life-cycle"
      title="Life-cycle"
      isWide
      error={error}
      summary={before.length === 0 ? '' : `Before what the axis shows: ${before.join(', ')}.`}
      counted={{
        how: 'Phases from the lines that begin and end them; ramp-up, plateau and tail from how many workers were busy. A phase of which no line tells is left out.',
        cli: 'postrun timeline PATH --json',
      }}
    >
      {data !== undefined && phases.length === 0 && (
        <p className="soft">The logs do not tell the phases of this run.</p>
      )}
      {phases.length > 0 && (
        <>
          <LifeGraph phases={phases} marks={marks} />
          <div className="life-tables">
            <PhaseTable phases={phases} />
            <LifeMarks marks={marks} more={data?.moreMarks ?? 0} />
          </div>
        </>
      )}
    </Section>
  );
});
