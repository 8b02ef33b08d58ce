/**
 * A sparkline shows when the errors of a group happened, over the range that the time strip shows.
 * `use-moments.ts` counts them, `moment-bars.ts` draws them.
 */
import { useCallback } from 'react';
import type { Signature } from '../../../electron/contract/analysis.ts';
import type { Pen } from '../../charts/pen.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { drawMoments } from './moment-bars.ts';
import { type MomentsRow, useRowMoments } from './use-moments.ts';

export function Sparkline({ signature, row }: { signature: Signature; row: MomentsRow }) {
  const { fromUs, toUs } = useTimeAxis();
  const colour = useThemeColours();
  const moments = useRowMoments(row);
  const { role } = signature;
  const token = role === 'noise' || role === 'follow_on' ? 'level-none' : 'level-error';
  const draw = useCallback(
    (context: Pen, width: number, height: number) => {
      drawMoments(context, { left: 0, width, height, fromUs, toUs }, moments, { colour, token });
    },
    [fromUs, toUs, colour, moments, token],
  );
  const canvas = useCanvas(draw);
  return (
    <div className="sparkline">
      <canvas ref={canvas} className="sparkline__canvas" />
    </div>
  );
}
