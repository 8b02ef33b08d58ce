/**
 * The drawing of the error budget: failed items as steps over time, the threshold, and the zone
 * beyond it. It draws with a pen, so that the screen and a saved picture show the same.
 */
import { formatCompact } from '../../base/format.ts';
import type { Pen } from '../../charts/pen.ts';
import { type TimeScale, xOf } from '../../charts/time-scale.ts';
import type { Colour } from '../../charts/use-theme-colours.ts';

export interface BudgetDrawing {
  axis: TimeScale;
  points: readonly { timeUs: number; failed: number }[];
  threshold: number | null;
  runEndUs: number | null;
  colour: Colour;
}

const TOP = 12;

export function drawBudget(context: Pen, height: number, drawing: BudgetDrawing): void {
  const { axis, points, threshold, colour, runEndUs } = drawing;
  const limit = threshold !== null && threshold >= 0 ? threshold : null;
  const top = points.at(-1)?.failed ?? 0;
  const most = Math.max(1, limit ?? 0, top) * 1.1;
  const ground = height - 6;
  const yOf = (value: number) => ground - (value / most) * (ground - TOP);
  context.font = `11px ${colour('font')}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.fillStyle = colour('line');
  context.fillRect(axis.left, ground, axis.width, 1);
  context.fillStyle = colour('text-faint');
  context.fillText('0', axis.left - 6, ground);

  context.save();
  context.beginPath();
  context.rect(axis.left, 0, axis.width, height);
  context.clip();
  if (limit !== null) {
    const y = Math.round(yOf(limit));
    context.fillStyle = colour('level-error-tint');
    context.fillRect(axis.left, 0, axis.width, y);
    context.fillStyle = colour('level-error');
    context.fillRect(axis.left, y, axis.width, 1);
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    context.fillStyle = colour('level-error-text');
    context.fillText('threshold', axis.left + 6, y - 3 > 10 ? y - 3 : y + 11);
  }
  const endX = xOf(axis, Math.min(axis.toUs, runEndUs ?? axis.toUs));
  context.lineWidth = 2;
  context.strokeStyle = colour('outcome-failed');
  if (points.length > 0) {
    context.beginPath();
    let y = yOf(0);
    context.moveTo(axis.left, y);
    for (const point of points) {
      const x = xOf(axis, point.timeUs);
      context.lineTo(x, y);
      y = yOf(point.failed);
      context.lineTo(x, y);
    }
    context.lineTo(Math.max(endX, xOf(axis, points.at(-1)?.timeUs ?? 0)), y);
    context.stroke();
  }
  context.restore();

  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillStyle = colour('text-faint');
  if (limit !== null) context.fillText(formatCompact(limit), axis.left - 6, yOf(limit));
  if (top > 0 && (limit === null || Math.abs(yOf(top) - yOf(limit)) > 12))
    context.fillText(formatCompact(top), axis.left - 6, yOf(top));
}
