import { useRef } from 'react';
import type { LifeCycle } from '../../../electron/contract/analysis.ts';
import { formatDuration } from '../../base/format.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { useNavigation } from '../../state/StoresContext.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Evidence } from './Evidence.tsx';
import { distinctMarks, markWords, phaseWords } from './findings-model.ts';
import { Section, type SectionProps } from './Section.tsx';

const LEAST_LABEL_PX = 56;
const MOST_MARKS = 12;

/** The life of the run on the one axis, from the queue to its end; a phase is a click away from being the range. */
export function LifeCyclePart({ data, error }: { data: LifeCycle | undefined; error: SectionProps['error'] }) {
  const axis = useTimeAxis();
  const navigation = useNavigation();
  const plot = useRef<HTMLDivElement>(null);
  const { brush, handlers } = useTimePointer(plot, { wheel: 'scroll' });
  const marks = distinctMarks(data?.marks ?? []);
  const phases = data?.phases ?? [];
  const right = axis.left + axis.width;
  const range = (fromUs: number, toUs: number) => navigation.navigate({ filter: { fromUs, toUs } });
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
                  aria-label={`${words}: make it the range`}
                  title={words}
                  onClick={() => range(phase.fromUs, phase.toUs)}
                >
                  {width >= LEAST_LABEL_PX && <span className="ellipsis">{phaseWords[phase.phase]}</span>}
                </button>
              );
            })}
            {marks.map((mark) => {
              const x = axis.xOf(mark.timeUs);
              if (x < axis.left || x > right) return null;
              const isRight = x > right - 120;
              return (
                <span
                  key={`${mark.kind} ${mark.timeUs} ${mark.message}`}
                  className={`life__mark life__mark--${mark.kind} ${isRight ? 'life__mark--left' : ''}`}
                  style={{ transform: `translateX(${Math.round(x)}px)` }}
                  title={mark.message}
                >
                  <span>{markWords[mark.kind]}</span>
                </span>
              );
            })}
            <TimeBrush range={brush} />
            <TimeCursor />
          </div>
          <div className="life-tables">
            <table className="figures">
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
                    Says so
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
            </table>
            <ul className="life-marks">
              {marks.slice(0, MOST_MARKS).map((mark) => (
                <li key={`${mark.kind} ${mark.timeUs} ${mark.message}`}>
                  <p>
                    <TimeText us={mark.timeUs} /> <strong>{markWords[mark.kind]}</strong>{' '}
                    <SafeText text={mark.message} />
                  </p>
                  {mark.ref !== null && <Evidence refs={[mark.ref]} />}
                </li>
              ))}
              {marks.length > MOST_MARKS && <li className="faint">{`and ${marks.length - MOST_MARKS} more`}</li>}
            </ul>
          </div>
        </>
      )}
    </Section>
  );
}
