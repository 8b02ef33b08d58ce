/**
 * The drawing of the progress curve: lines for finished, processed, scheduled and failed, and the
 * total. It draws only what it is given; `progress-points.ts` makes the curves.
 */
import { formatCompact } from '../../base/format.ts';
import type { Pen } from '../../charts/pen.ts';
import type { TimeScale } from '../../charts/time-scale.ts';
import { xOf } from '../../charts/time-scale.ts';
import type { Colour } from '../../charts/use-theme-colours.ts';
import { type CurvePoint, niceMost } from './progress-points.ts';

export interface ProgressDrawing {
  axis: TimeScale;
  finished: readonly CurvePoint[];
  processed: readonly CurvePoint[];
  scheduled: readonly CurvePoint[];
  failed: readonly CurvePoint[];
  total: number | null;
  runEndUs: number | null;
  colour: Colour;
}

const TOP = 10;
const BOTTOM = 8;

export function drawProgress(context: Pen, height: number, drawing: ProgressDrawing): void {
  const { axis, colour, finished, processed, scheduled, failed, total } = drawing;
  const last = (curve: readonly CurvePoint[]) => curve.at(-1)?.value ?? 0;
  const most = niceMost(Math.max(total ?? 0, last(finished), last(processed), last(scheduled), last(failed)));
  const base = height - BOTTOM;
  const yOf = (value: number) => base - (value / most) * (base - TOP);

  context.font = `11px ${colour('font')}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of [0, most / 2, most]) {
    const y = Math.round(yOf(value));
    context.fillStyle = colour('line');
    context.fillRect(axis.left, y, axis.width, 1);
    context.fillStyle = colour('text-faint');
    context.fillText(formatCompact(value), axis.left - 6, y);
  }
  context.textAlign = 'left';

  context.save();
  context.beginPath();
  context.rect(axis.left, 0, axis.width, height);
  context.clip();
  if (total !== null && total !== most) {
    context.fillStyle = colour('text-faint');
    for (let x = axis.left; x < axis.left + axis.width; x += 6) context.fillRect(x, Math.round(yOf(total)), 2, 1);
  }
  const endUs = Math.min(drawing.runEndUs ?? axis.toUs, axis.toUs);
  const trace = (curve: readonly CurvePoint[]) => {
    context.beginPath();
    let y = yOf(0);
    context.moveTo(xOf(axis, curve[0]?.us ?? axis.fromUs), y);
    for (const point of curve) {
      const x = xOf(axis, point.us);
      context.lineTo(x, y);
      y = yOf(point.value);
      context.lineTo(x, y);
    }
    context.lineTo(Math.max(xOf(axis, endUs), xOf(axis, curve.at(-1)?.us ?? axis.fromUs)), y);
  };
  if (scheduled.length > 0) {
    trace(scheduled);
    context.setLineDash([4, 3]);
    context.lineWidth = 1;
    context.strokeStyle = colour('text-faint');
    context.stroke();
    context.setLineDash([]);
  }
  if (processed.length > 0) {
    trace(processed);
    context.lineWidth = 1;
    context.strokeStyle = colour('text-soft');
    context.stroke();
  }
  if (finished.length > 0) {
    trace(finished);
    context.lineWidth = 2;
    context.strokeStyle = colour('series-1');
    context.stroke();
    context.lineTo(Math.max(xOf(axis, endUs), xOf(axis, finished.at(-1)?.us ?? 0)), base);
    context.lineTo(xOf(axis, finished[0]?.us ?? 0), base);
    context.globalAlpha = 0.1;
    context.fillStyle = colour('series-1');
    context.fill();
    context.globalAlpha = 1;
  }
  if (failed.length > 0) {
    trace(failed);
    context.lineWidth = 1.5;
    context.strokeStyle = colour('outcome-failed');
    context.stroke();
    // Crosses mark failures without colour, spaced so that they stay distinct.
    context.fillStyle = colour('outcome-failed');
    let before = Number.NEGATIVE_INFINITY;
    for (const point of failed) {
      const x = Math.round(xOf(axis, point.us));
      if (x - before < 9) continue;
      before = x;
      drawCross(context, x, yOf(point.value));
    }
  }
  context.restore();
}

function drawCross(context: Pen, x: number, y: number) {
  context.beginPath();
  context.moveTo(x - 3, y - 3);
  context.lineTo(x + 3, y + 3);
  context.moveTo(x + 3, y - 3);
  context.lineTo(x - 3, y + 3);
  context.stroke();
}
