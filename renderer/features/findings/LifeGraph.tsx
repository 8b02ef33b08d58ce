/**
 * The graph of the life-cycle draws phases as bars and notable moments as marks, on the window's
 * time axis. A click on a phase zooms to it.
 */
import { useRef } from 'react';
import type { LifePhase } from '../../../electron/contract/analysis.ts';
import { safeText } from '../../base/safe-text.ts';
import type { Pen } from '../../charts/pen.ts';
import { SaveDrawing } from '../../charts/SaveGraph.tsx';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { drawLife, lifeCsv } from './draw-life.ts';
import { phaseDuration, phaseWords } from './findings-model.ts';
import { type LifeMark, type PlacedMark, placeMarks } from './life-marks.ts';

const LEAST_LABEL_PX = 56;

export interface LifeGraphProps {
  phases: readonly LifePhase[];
  marks: readonly LifeMark[];
}

export function LifeGraph({ phases, marks }: LifeGraphProps) {
  const axis = useTimeAxis();
  const colour = useThemeColours();
  const plot = useRef<HTMLDivElement>(null);
  const { brush, handlers } = useTimePointer(plot, { wheel: 'scroll' });
  const draw = (pen: Pen, _width: number, height: number) => drawLife(pen, height, { axis, phases, marks, colour });
  return (
    <>
      <div className="graph-save">
        <SaveDrawing title="Life-cycle" draw={draw} canvas={plot} csv={() => lifeCsv(phases, marks)} />
      </div>
      <div ref={plot} className="life" {...handlers}>
        {phases.map((phase, index) => (
          <PhaseBar key={phase.phase} phase={phase} isEven={index % 2 === 0} />
        ))}
        {placeMarks(marks, axis.xOf, axis.left, axis.left + axis.width).map((mark) => (
          <MarkSign key={`${mark.kind} ${mark.x}`} mark={mark} />
        ))}
        <TimeBrush range={brush} />
        <TimeCursor />
      </div>
    </>
  );
}

function PhaseBar({ phase, isEven }: { phase: LifePhase; isEven: boolean }) {
  const axis = useTimeAxis();
  const right = axis.left + axis.width;
  const from = Math.max(axis.left, axis.xOf(phase.fromUs));
  const to = Math.min(right, axis.xOf(phase.toUs));
  if (to < axis.left || from > right) return null;
  const width = Math.max(2, to - from);
  const words = `${phaseWords[phase.phase]}, ${phaseDuration(phase)}`;
  return (
    <button
      type="button"
      className={`life__phase life__phase--${isEven ? 'even' : 'odd'}`}
      style={{ transform: `translateX(${from}px)`, width }}
      aria-label={`${words}: zoom to it`}
      title={words}
      onClick={() => axis.zoomTo({ fromUs: phase.fromUs, toUs: phase.toUs })}
    >
      {width >= LEAST_LABEL_PX && <span className="ellipsis">{phaseWords[phase.phase]}</span>}
    </button>
  );
}

function MarkSign({ mark }: { mark: PlacedMark }) {
  return (
    <span
      className={`life__mark life__mark--${mark.kind} ${mark.isLeft ? 'life__mark--left' : ''} ${mark.isTick ? 'life__mark--tick' : ''}`}
      style={{ transform: `translateX(${mark.x}px)` }}
      title={safeText(mark.title)}
    >
      {mark.label !== null && <span>{mark.label}</span>}
    </span>
  );
}
