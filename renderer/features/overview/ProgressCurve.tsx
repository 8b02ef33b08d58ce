import { useCallback, useMemo, useRef } from 'react';
import type { MiniBatchRow, ProgressPoint, RunInfo } from '../../../electron/contract/records.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { activeParts } from '../../state/filter.ts';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { backgroundFilter, useFailures } from '../../state/use-failures.ts';
import { drawProgress } from './draw-progress.ts';
import { ProgressLegend } from './ProgressLegend.tsx';
import { curveOf, endCurve } from './progress-points.ts';

const noPoints: readonly ProgressPoint[] = [];
const noRows: readonly MiniBatchRow[] = [];
/** With more, the run's own reports are many, and as good. */
const MOST_COUNTED = 10_000;

/** The life of the run under the time strip: mini-batches finished and, as its own logs count them, scheduled and processed; failures over it. */
export function ProgressCurve({ info, isPartial }: { info: RunInfo; isPartial: boolean }) {
  const axis = useTimeAxis();
  const colour = useThemeColours();
  const caseId = useCase((state) => state.caseId);
  const { data: points = noPoints } = useCommand('run.progress', caseId === null ? null : { caseId });
  const filter = useFilter((state) => state.filter);
  const failures = useFailures();
  const { total } = info.miniBatches;
  const isCounted = caseId !== null && total !== null && total <= MOST_COUNTED;
  const ended = useCommand(
    'batches.page',
    isCounted ? { caseId, filter: backgroundFilter(filter), sort: 'endUs', start: 0, count: MOST_COUNTED } : null,
  );
  const isNarrowed = activeParts(backgroundFilter(filter)).length > 0;
  const rows = isCounted ? (ended.data?.rows ?? noRows) : noRows;
  const finished = useMemo(() => endCurve(rows), [rows]);
  const processed = useMemo(() => curveOf(points, 'processed'), [points]);
  const scheduled = useMemo(() => curveOf(points, 'scheduled'), [points]);
  const failed = useMemo(() => endCurve(failures.rows), [failures.rows]);
  const { endUs } = info;
  const draw = useCallback(
    (context: CanvasRenderingContext2D, _width: number, height: number) =>
      drawProgress(context, height, { axis, finished, processed, scheduled, failed, total, runEndUs: endUs, colour }),
    [axis, finished, processed, scheduled, failed, total, endUs, colour],
  );
  const canvas = useCanvas(draw);
  const plot = useRef<HTMLDivElement>(null);
  const { brush, handlers } = useTimePointer(plot, { wheel: 'scroll' });
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
        failures={failures}
      />
      {isEmpty ? (
        <p className="progress-curve__empty faint">
          {isPartial
            ? 'Nothing of the progress has been read so far.'
            : 'The logs of this run do not tell its progress.'}
        </p>
      ) : (
        <div ref={plot} className="progress-curve__plot" {...handlers}>
          <canvas ref={canvas} className="progress-curve__canvas" />
          <TimeBrush range={brush} />
          <TimeCursor />
        </div>
      )}
    </section>
  );
}
