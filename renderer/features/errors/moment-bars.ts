/** Draws moments, the counts of an error group over time, as bars a few pixels wide. */

import type { Moments } from '../../../electron/contract/analysis.ts';
import type { Pen } from '../../charts/pen.ts';
import type { Colour } from '../../charts/use-theme-colours.ts';

export interface MomentBox {
  left: number;
  width: number;
  height: number;
  /** The range that the box shows. The counts may belong to the range before a zoom. */
  fromUs: number;
  toUs: number;
}

/**
 * Draws bars on a ground line and returns the largest count. The height is the square root of the
 * count, so that one among thousands still shows.
 */
export function drawMoments(
  context: Pen,
  box: MomentBox,
  moments: Moments | null,
  look: { colour: Colour; token: string },
): number {
  const counts = moments?.counts[0] ?? [];
  const most = counts.reduce((max, count) => Math.max(max, count), 0);
  const ground = box.height - 1;
  context.fillStyle = look.colour('line');
  context.fillRect(box.left, ground, box.width, 1);
  if (moments === null) return 0;
  context.fillStyle = look.colour(look.token);
  const perUs = box.width / Math.max(1, box.toUs - box.fromUs);
  const barPx = moments.bucketUs * perUs;
  for (const [index, count] of counts.entries()) {
    const x = Math.round(box.left + (moments.fromUs + index * moments.bucketUs - box.fromUs) * perUs);
    if (count === 0 || x < box.left || x > box.left + box.width) continue;
    const tall = Math.max(3, Math.round(Math.sqrt(count / most) * (ground - 1)));
    context.fillRect(x, ground - tall, Math.max(1, Math.round(barPx) - 1), tall);
  }
  return most;
}
