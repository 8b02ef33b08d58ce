/**
 * The curve of the what-if part: how many attempts took longer than each timeout. Lines mark the
 * configured timeout and the chosen one.
 */
import { useCallback } from 'react';
import type { WhatIf } from '../../../electron/contract/analysis.ts';
import { csvTable } from '../../../electron/contract/csv.ts';
import { formatCompact, formatDuration } from '../../base/format.ts';
import type { Pen } from '../../charts/pen.ts';
import { SaveDrawing } from '../../charts/SaveGraph.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import type { sliderScale } from './findings-model.ts';

const LEFT = 34;
const FOOT = 16;

export function WhatIfCurve(props: { data: WhatIf; timeoutSeconds: number; scale: ReturnType<typeof sliderScale> }) {
  const { data, timeoutSeconds, scale } = props;
  const colour = useThemeColours();
  const { curve, configuredTimeoutSeconds } = data;
  const draw = useCallback(
    (context: Pen, width: number, height: number) => {
      const room = width - LEFT;
      const ground = height - FOOT;
      const most = Math.max(1, curve[0]?.cut ?? 1);
      const xOf = (seconds: number) => LEFT + (scale.stepOf(seconds) / scale.steps) * room;
      const yOf = (cut: number) => ground - (cut / most) * (ground - 8);
      context.beginPath();
      context.moveTo(LEFT, yOf(most));
      let y = yOf(most);
      for (const point of curve) {
        const x = xOf(point.seconds);
        context.lineTo(x, y);
        y = yOf(point.cut);
        context.lineTo(x, y);
      }
      context.lineTo(xOf(curve.at(-1)?.seconds ?? 0), ground);
      context.lineTo(width, ground);
      context.lineWidth = 1.5;
      context.strokeStyle = colour('series-1');
      context.stroke();
      context.lineTo(LEFT, ground);
      context.globalAlpha = 0.12;
      context.fillStyle = colour('series-1');
      context.fill();
      context.globalAlpha = 1;
      context.fillStyle = colour('line-strong');
      context.fillRect(LEFT, ground, room, 1);
      context.font = `11px ${colour('font')}`;
      context.fillStyle = colour('text-faint');
      context.textAlign = 'right';
      context.fillText(formatCompact(most), LEFT - 5, 12);
      context.fillText('0', LEFT - 5, ground + 1);
      context.textAlign = 'left';
      context.fillText(formatDuration(scale.secondsAt(0)), LEFT, height - 3);
      context.textAlign = 'right';
      context.fillText(formatDuration(scale.secondsAt(scale.steps)), width, height - 3);
      if (configuredTimeoutSeconds !== null) {
        const x = Math.round(xOf(configuredTimeoutSeconds));
        context.fillStyle = colour('text-faint');
        for (let dash = 0; dash < ground; dash += 5) context.fillRect(x, dash, 1, 3);
        context.textAlign = x > width - 90 ? 'right' : 'left';
        context.fillText('configured', x + (x > width - 90 ? -4 : 4), 10);
      }
      context.fillStyle = colour('time-cursor');
      context.fillRect(Math.round(xOf(timeoutSeconds)), 0, 1, ground);
    },
    [curve, configuredTimeoutSeconds, timeoutSeconds, scale, colour],
  );
  const canvas = useCanvas(draw);
  return (
    <figure className="what-if-curve">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Attempts by how long they were: ${data.cutAttempts} were longer than ${formatDuration(timeoutSeconds)}`}
      />
      <figcaption className="faint">
        attempts longer than T, by T
        <SaveDrawing
          title="Attempts longer than a timeout"
          draw={draw}
          canvas={canvas}
          csv={() =>
            csvTable(
              ['seconds', 'attempts longer'],
              curve.map((point) => [point.seconds, point.cut]),
            )
          }
        />
      </figcaption>
    </figure>
  );
}
