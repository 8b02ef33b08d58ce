/**
 * A bar chart of when the errors of the selected group happened. It lies under the time strip on
 * the same scale and can be saved as a picture or as CSV.
 */
import { useCallback, useMemo, useRef } from 'react';
import type { Moments, Signature } from '../../../electron/contract/analysis.ts';
import { csvTable } from '../../../electron/contract/csv.ts';
import { isoTime } from '../../../electron/contract/json-rows.ts';
import { formatCompact, formatCount } from '../../base/format.ts';
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
import { useView } from '../../state/StoresContext.tsx';
import { drawMoments } from './moment-bars.ts';
import { useMoments } from './use-moments.ts';

const BAR_PX = 4;

export function GroupOverTime({ signature }: { signature: Signature }) {
  const axis = useTimeAxis();
  const zone = useView((state) => state.zone);
  const colour = useThemeColours();
  const moments = useMoments(signature, axis.width, BAR_PX);
  const token = signature.role === 'noise' || signature.role === 'follow_on' ? 'level-none' : 'level-error';
  const draw = useCallback(
    (context: Pen, _width: number, height: number) => {
      const most = drawMoments(context, { ...axis, height: height - 2 }, moments, { colour, token });
      context.font = `11px ${colour('font')}`;
      context.textAlign = 'right';
      context.fillStyle = colour('text-faint');
      if (most > 0) context.fillText(formatCompact(most), axis.left - 6, 12);
    },
    [axis, moments, colour, token],
  );
  const times = useMemo(() => momentTimes(moments), [moments]);
  const steps = useTimeSteps(`When it happened: ${formatCount(signature.count, 'line')}`, times, (us) => {
    const index = Math.floor((us - (moments?.fromUs ?? 0)) / (moments?.bucketUs ?? 1));
    return `${formatClock(us, zone)}: ${formatCount(moments?.counts[0]?.[index] ?? 0, 'line')}`;
  });
  const canvas = useCanvas(draw);
  const plot = useRef<HTMLDivElement>(null);
  const { brush, handlers } = useTimePointer(plot, { wheel: 'zoom' });
  return (
    <div className="group-over-time-frame">
      <div ref={plot} className="group-over-time" {...steps} {...handlers}>
        <canvas ref={canvas} className="group-over-time__canvas" />
        <TimeBrush range={brush} />
        <TimeCursor />
      </div>
      <div className="group-over-time-frame__save">
        <SaveDrawing
          title="Errors of the group over time"
          draw={draw}
          canvas={canvas}
          csv={() => momentsCsv(moments)}
        />
      </div>
    </div>
  );
}

/** Returns the middles of the buckets that have lines. */
function momentTimes(moments: Moments | null): number[] {
  return (moments?.counts[0] ?? []).flatMap((count, index) =>
    count === 0 ? [] : [(moments?.fromUs ?? 0) + (index + 0.5) * (moments?.bucketUs ?? 0)],
  );
}

function momentsCsv(moments: Moments | null): string {
  const rows = (moments?.counts[0] ?? []).map((count, index) => [
    isoTime(Math.round((moments?.fromUs ?? 0) + index * (moments?.bucketUs ?? 0))),
    count,
  ]);
  return csvTable(['from', 'lines'], rows);
}
