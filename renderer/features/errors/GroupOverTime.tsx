import { useCallback, useRef } from 'react';
import type { Signature } from '../../../electron/contract/analysis.ts';
import { formatCompact, formatCount } from '../../base/format.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { drawMoments, momentBars } from './moment-bars.ts';
import { useMoments } from './use-moments.ts';

const MOST = 2_000;
const BAR_PX = 4;

/** The selected group under the time strip, pixel by pixel on the same scale. */
export function GroupOverTime({ signature }: { signature: Signature }) {
  const axis = useTimeAxis();
  const colour = useThemeColours();
  const { times, isAll } = useMoments(signature, MOST);
  const token = signature.role === 'noise' || signature.role === 'follow_on' ? 'level-none' : 'level-error';
  const draw = useCallback(
    (context: CanvasRenderingContext2D, _width: number, height: number) => {
      const { left, width, fromUs, toUs } = axis;
      const bars = momentBars(times, { fromUs, toUs, width, barPx: BAR_PX });
      const most = drawMoments(context, { left, width, height: height - 2 }, bars, BAR_PX, { colour, token });
      const restUs = isAll ? null : (times.at(-1) ?? null);
      if (restUs !== null && signature.lastUs !== null) {
        // What was not counted is there all the same: as low as it can be seen, from the last that was counted to the end.
        const xOf = (us: number) => left + Math.min(1, Math.max(0, (us - fromUs) / (toUs - fromUs))) * width;
        context.fillStyle = colour(token);
        context.globalAlpha = 0.5;
        context.fillRect(xOf(restUs), height - 7, Math.max(2, xOf(signature.lastUs) - xOf(restUs)), 4);
        context.globalAlpha = 1;
      }
      context.font = `11px ${colour('font')}`;
      context.textAlign = 'right';
      context.fillStyle = colour('text-faint');
      if (most > 0) context.fillText(formatCompact(most), left - 6, 12);
    },
    [axis, times, isAll, signature.lastUs, colour, token],
  );
  const canvas = useCanvas(draw);
  const plot = useRef<HTMLDivElement>(null);
  const { brush, handlers } = useTimePointer(plot, { wheel: 'zoom' });
  return (
    <div
      ref={plot}
      className="group-over-time"
      role="img"
      aria-label={`When it happened: ${formatCount(times.length, 'line')} over the range of the time strip`}
      {...handlers}
    >
      <canvas ref={canvas} className="group-over-time__canvas" />
      {!isAll && (
        <span className="group-over-time__note faint">{`counted: the first ${formatCount(MOST, 'line')}`}</span>
      )}
      <TimeBrush range={brush} />
      <TimeCursor />
    </div>
  );
}
