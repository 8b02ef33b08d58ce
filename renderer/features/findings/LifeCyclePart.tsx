/**
 * The life-cycle of the run: its phases from the queue to the end, and notable moments, on the
 * window's time axis. A click on a phase zooms to it. Tables list the same with evidence.
 */
import { memo, useRef } from 'react';
import type { LifeCycle } from '../../../electron/contract/analysis.ts';
import { formatDuration } from '../../base/format.ts';
import { safeText } from '../../base/safe-text.ts';
import type { Pen } from '../../charts/pen.ts';
import { SaveDrawing } from '../../charts/SaveGraph.tsx';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { drawLife, lifeCsv } from './draw-life.ts';
import { Evidence } from './Evidence.tsx';
import { distinctMarks, phaseWords } from './findings-model.ts';
import { LifeMarks } from './LifeMarks.tsx';
import { placeMarks } from './life-marks.ts';
import { Section, type SectionProps } from './Section.tsx';

const LEAST_LABEL_PX = 56;

export const LifeCyclePart = memo(function LifeCyclePart({
  data,
  error,
}: {
  data: LifeCycle | undefined;
  error: SectionProps['error'];
}) {
  const axis = useTimeAxis();
  const colour = useThemeColours();
  const plot = useRef<HTMLDivElement>(null);
  const { brush, handlers } = useTimePointer(plot, { wheel: 'scroll' });
  const marks = distinctMarks(data?.marks ?? []);
  const phases = data?.phases ?? [];
  const right = axis.left + axis.width;
  const range = (fromUs: number, toUs: number) => axis.zoomTo({ fromUs, toUs });
  const draw = (pen: Pen, _width: number, height: number) => drawLife(pen, height, { axis, phases, marks, colour });
  const before = phases.filter((phase) => phase.toUs <= axis.fromUs);
  return (
    <Section
      id="life-cycle"
      title="Life-cycle"
      isWide
      error={error}
      summary={
        before.length === 0
          ? ''
          : `Before what the axis shows: ${before.map((phase) => `${phaseWords[phase.phase]} ${formatDuration((phase.toUs - phase.fromUs) / 1e6)}`).join(', ')}.`
      }
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
          <div className="graph-save">
            <SaveDrawing title="Life-cycle" draw={draw} canvas={plot} csv={() => lifeCsv(phases, marks)} />
          </div>
          <div ref={plot} className="life" {...handlers}>
            {phases.map((phase, index) => {
              const from = Math.max(axis.left, axis.xOf(phase.fromUs));
              const to = Math.min(right, axis.xOf(phase.toUs));
              if (to < axis.left || from > right) return null;
              const width = Math.max(2, to - from);
              const words = `${phaseWords[phase.phase]}, ${formatDuration((phase.toUs - phase.fromUs) / 1e6)}`;
              return (
                <button
                  key={phase.phase}
                  type="button"
                  className={`life__phase life__phase--${index % 2 === 0 ? 'even' : 'odd'}`}
                  style={{ transform: `translateX(${from}px)`, width }}
                  aria-label={`${words}: zoom to it`}
                  title={words}
                  onClick={() => range(phase.fromUs, phase.toUs)}
                >
                  {width >= LEAST_LABEL_PX && <span className="ellipsis">{phaseWords[phase.phase]}</span>}
                </button>
              );
            })}
            {placeMarks(marks, axis.xOf, axis.left, right).map((mark) => (
              <span
                key={`${mark.kind} ${mark.x}`}
                className={`life__mark life__mark--${mark.kind} ${mark.isLeft ? 'life__mark--left' : ''} ${mark.isTick ? 'life__mark--tick' : ''}`}
                style={{ transform: `translateX(${mark.x}px)` }}
                title={safeText(mark.title)}
              >
                {mark.label !== null && <span>{mark.label}</span>}
              </span>
            ))}
            <TimeBrush range={brush} />
            <TimeCursor />
          </div>
          <div className="life-tables">
            <PlainTable noun="phase" nouns="phases" fileName="phases" className="figures">
              <caption className="hidden-label">Phases</caption>
              <thead>
                <tr>
                  <th scope="col">Phase</th>
                  <th scope="col" className="number">
                    From
                  </th>
                  <th scope="col" className="number">
                    Took
                  </th>
                  <th scope="col" className="figures__rest">
                    Evidence
                  </th>
                </tr>
              </thead>
              <tbody>
                {phases.map((phase) => (
                  <tr key={phase.phase}>
                    <th scope="row">{phaseWords[phase.phase]}</th>
                    <td className="number">
                      <TimeText us={phase.fromUs} />
                    </td>
                    <td className="number">{formatDuration((phase.toUs - phase.fromUs) / 1e6)}</td>
                    <td className="figures__rest figures__link">
                      <Evidence refs={phase.evidence.slice(0, 1)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </PlainTable>
            <LifeMarks marks={marks} more={data?.moreMarks ?? 0} />
          </div>
        </>
      )}
    </Section>
  );
});
