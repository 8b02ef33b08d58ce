/**
 * The progress curve shows the life of the run under the time strip: mini-batches finished and, as
 * the run's own logs count them, scheduled and processed, with failures over them.
 */
import { useCallback, useMemo, useRef } from 'react';
import type { ProgressPoint, RunInfo } from '../../../electron/contract/run-info.ts';
import { formatNumber } from '../../base/format.ts';
import { formatClock } from '../../base/format-time.ts';
import type { Pen } from '../../charts/pen.ts';
import { SaveDrawing } from '../../charts/SaveGraph.tsx';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { useTimeSteps } from '../../charts/use-time-steps.ts';
import { activeParts } from '../../state/filter.ts';
import { useCase, useFilter, useView } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { backgroundFilter } from '../../state/use-failures.ts';
import { drawProgress } from './draw-progress.ts';
import { ProgressLegend } from './ProgressLegend.tsx';
import { type CurvePoint, curveOf, progressCsv, stepTimes, valueAt } from './progress-points.ts';
import { useEnded } from './use-ended.ts';

const noPoints: readonly ProgressPoint[] = [];

export function ProgressCurve({ info, isPartial }: { info: RunInfo; isPartial: boolean }) {
  const axis = useTimeAxis();
  const zone = useView((state) => state.zone);
  const colour = useThemeColours();
  const caseId = useCase((state) => state.caseId);
  const { data: points = noPoints } = useCommand('run.progress', caseId === null ? null : { caseId });
  const filter = useFilter((state) => state.filter);
  const ended = useEnded();
  const { total } = info.miniBatches;
  const isNarrowed = activeParts(backgroundFilter(filter)).length > 0;
  const finished = ended.finished.curve;
  const failed = ended.failed.curve;
  const processed = useMemo(() => curveOf(points, 'processed'), [points]);
  const scheduled = useMemo(() => curveOf(points, 'scheduled'), [points]);
  const { endUs } = info;
  const draw = useCallback(
    (context: Pen, _width: number, height: number) =>
      drawProgress(context, height, { axis, finished, processed, scheduled, failed, total, runEndUs: endUs, colour }),
    [axis, finished, processed, scheduled, failed, total, endUs, colour],
  );
  const canvas = useCanvas(draw);
  const plot = useRef<HTMLDivElement>(null);
  const { brush, handlers } = useTimePointer(plot, { wheel: 'scroll' });
  const moments = useMemo(
    () => stepTimes([finished, processed, scheduled, failed]),
    [finished, processed, scheduled, failed],
  );
  const steps = useTimeSteps('Progress over time', moments, (us) => {
    const at = (curve: readonly CurvePoint[]) => formatNumber(valueAt(curve, us) ?? 0);
    return `${formatClock(us, zone)}: ${at(finished)} finished, ${at(processed)} reported as processed, ${at(failed)} failed`;
  });
  const isEmpty = finished.length === 0 && processed.length === 0 && scheduled.length === 0 && failed.length === 0;
  return (
    <section className="progress-curve" aria-label="Progress over time">
      <ProgressLegend
        isNarrowed={isNarrowed}
        finished={finished}
        processed={processed}
        scheduled={scheduled}
        failed={failed}
        total={total}
        finishedInAll={ended.finished.total}
        failedInAll={ended.failed.total}
      />
      {!isEmpty && (
        <div className="progress-curve__save">
          <SaveDrawing
            title="Progress"
            draw={draw}
            canvas={canvas}
            csv={() => progressCsv({ finished, processed, scheduled, failed })}
          />
        </div>
      )}
      {isEmpty ? (
        <p className="progress-curve__empty faint">
          {isPartial
            ? 'Nothing of the progress has been read so far.'
            : 'The logs of this run do not tell its progress.'}
        </p>
      ) : (
        <div ref={plot} className="progress-curve__plot" {...handlers} {...steps}>
          <canvas ref={canvas} className="progress-curve__canvas" />
          <TimeBrush range={brush} />
          <TimeCursor />
        </div>
      )}
    </section>
  );
}
