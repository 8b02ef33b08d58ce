/**
 * Events behind and below curves: attempts as spans, failures as marks. All in pixels of the
 * canvas.
 */

import type { Outcome } from '../../electron/contract/batch-records.ts';
import { outcomeLooks } from '../base/looks.ts';
import type { Pen } from './pen.ts';
import type { Colour } from './use-theme-colours.ts';

export interface TimeSpan {
  fromUs: number;
  toUs: number;
  outcome: Outcome;
  isActive?: boolean;
}

export interface TimeMark {
  us: number;
  outcome: Outcome;
  /** The number of events it stands for. */
  count: number;
}

export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Pixels of the canvas per CSS pixel. */
  ratio: number;
  xOf: (us: number) => number;
}

/** Draws attempts as tinted stretches with an edge at their start. */
export function drawSpans(context: Pen, frame: Frame, spans: readonly TimeSpan[], colour: Colour): void {
  if (spans.length === 0) return;
  context.save();
  context.beginPath();
  context.rect(frame.left, frame.top, frame.width, frame.height);
  context.clip();
  const right = frame.left + frame.width;
  for (const span of spans) {
    const x = Math.max(frame.left, frame.xOf(span.fromUs));
    const end = Math.min(right, Math.max(x + frame.ratio, frame.xOf(span.toUs)));
    if (end < frame.left || x > right) continue;
    const { token } = outcomeLooks[span.outcome];
    context.fillStyle = colour(`${token}-tint`);
    context.globalAlpha = span.isActive === true ? 1 : 0.7;
    context.fillRect(x, frame.top, end - x, frame.height);
    context.fillStyle = colour(token);
    context.globalAlpha = span.isActive === true ? 1 : 0.45;
    context.fillRect(x, frame.top, frame.ratio, frame.height);
    if (span.outcome !== 'succeeded') context.fillRect(x, frame.top, Math.max(frame.ratio, end - x), 2 * frame.ratio);
  }
  context.restore();
}

/**
 * Draws one shape per failure at the foot of the plot: a cross for failed, a ring for timed out,
 * half a ring for partly failed, a square for unfinished.
 */
export function drawMarks(context: Pen, frame: Frame, marks: readonly TimeMark[], colour: Colour): void {
  if (marks.length === 0) return;
  context.save();
  const { ratio } = frame;
  const y = frame.top + frame.height - 1 * ratio;
  const size = 3 * ratio;
  const taken = new Set<string>();
  context.lineWidth = 1.5 * ratio;
  for (const mark of marks) {
    const x = Math.round(frame.xOf(mark.us));
    if (x < frame.left || x > frame.left + frame.width) continue;
    // Draws thousands on one pixel as one mark.
    const place = `${mark.outcome}${Math.round(x / (2 * ratio))}`;
    if (taken.has(place)) continue;
    taken.add(place);
    context.strokeStyle = colour(outcomeLooks[mark.outcome].token);
    context.beginPath();
    if (mark.outcome === 'failed') {
      context.moveTo(x - size, y - size);
      context.lineTo(x + size, y + size);
      context.moveTo(x + size, y - size);
      context.lineTo(x - size, y + size);
    } else if (mark.outcome === 'partial') context.arc(x, y, size, 0, Math.PI);
    else if (mark.outcome === 'unfinished') context.rect(x - size, y - size, 2 * size, 2 * size);
    else context.arc(x, y, size, 0, 2 * Math.PI);
    context.stroke();
  }
  context.restore();
}
