/** Moments as bars of a few pixels. Pure but for the canvas that is drawn on. */
import type { Colour } from '../../charts/use-theme-colours.ts';

export interface MomentRange {
  fromUs: number;
  toUs: number;
  width: number;
  barPx: number;
}

/** How many moments fall on each bar; those outside of the range on none. */
export function momentBars(timesUs: readonly number[], range: MomentRange): Uint32Array {
  const bars = new Uint32Array(Math.max(1, Math.ceil(range.width / range.barPx)));
  const span = Math.max(1, range.toUs - range.fromUs);
  for (const us of timesUs) {
    if (us < range.fromUs || us > range.toUs) continue;
    const at = Math.min(bars.length - 1, Math.floor(((us - range.fromUs) / span) * (range.width / range.barPx)));
    bars[at] = (bars[at] ?? 0) + 1;
  }
  return bars;
}

/** Bars on a ground line. Their height is the root of the count, so that one among thousands still shows. */
export function drawMoments(
  context: CanvasRenderingContext2D,
  box: { left: number; width: number; height: number },
  bars: Uint32Array,
  barPx: number,
  look: { colour: Colour; token: string },
): number {
  const most = bars.reduce((max, count) => Math.max(max, count), 0);
  const ground = box.height - 1;
  context.fillStyle = look.colour('line');
  context.fillRect(box.left, ground, box.width, 1);
  context.fillStyle = look.colour(look.token);
  for (const [index, count] of bars.entries()) {
    if (count === 0) continue;
    const tall = Math.max(3, Math.round(Math.sqrt(count / Math.max(1, most)) * (ground - 1)));
    context.fillRect(Math.round(box.left + index * barPx), ground - tall, Math.max(1, barPx - 1), tall);
  }
  return most;
}
