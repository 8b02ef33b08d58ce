import { useCallback } from 'react';
import type { Signature } from '../../../electron/contract/analysis.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { drawMoments, momentBars } from './moment-bars.ts';
import { useMoments } from './use-moments.ts';

/** With more, only from the first to the last is drawn: a sample would not be the truth. */
const MOST = 400;
const BAR_PX = 2;

/** When it happened, over the range that the time strip shows. */
export function Sparkline({ signature }: { signature: Signature }) {
  const { fromUs, toUs } = useTimeAxis();
  const colour = useThemeColours();
  const isFew = signature.count <= MOST;
  const { times } = useMoments(isFew ? signature : null, MOST);
  const { firstUs, lastUs, role } = signature;
  const token = role === 'noise' || role === 'follow_on' ? 'level-none' : 'level-error';
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const box = { left: 0, width, height };
      const shown = isFew ? times : [];
      drawMoments(context, box, momentBars(shown, { fromUs, toUs, width, barPx: BAR_PX }), BAR_PX, { colour, token });
      if (isFew || firstUs === null || lastUs === null) return;
      const xOf = (us: number) => Math.min(width, Math.max(0, ((us - fromUs) / (toUs - fromUs)) * width));
      context.fillStyle = colour(token);
      context.fillRect(xOf(firstUs), height / 2 - 2, Math.max(2, xOf(lastUs) - xOf(firstUs)), 4);
    },
    [fromUs, toUs, colour, times, isFew, firstUs, lastUs, token],
  );
  const canvas = useCanvas(draw);
  return <canvas ref={canvas} className="sparkline" />;
}
