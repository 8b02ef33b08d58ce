import { expect, it } from 'vitest';
import { type BarsDrawing, drawStackedBars } from './draw-stacked-bars.ts';
import { SvgPen } from './pen.ts';

const WIDTH = 234;

/** Draws bars and returns the left edges of the lines of a colour. */
function linesOf(token: string, drawing: Partial<BarsDrawing>): number[] {
  const pen = new SvgPen(WIDTH, 100, 'white', (text) => text.length * 6);
  const bars = [{ key: 'a', counts: [3, 0, 0, 0, 0], label: 'a' }];
  const none: BarsDrawing = { bars, ticks: [], marks: [], active: null, cursor: null, colour: (name) => name };
  drawStackedBars(pen, { ...none, ...drawing }, WIDTH, 100);
  const rects = pen.document('x').matchAll(/<rect x="(\d+)" y="0" width="1" height="84" fill="([\w-]+)"/g);
  return [...rects].flatMap(([, x, fill]) => (fill === token ? [Number(x)] : []));
}

it('draws marks within the picture, also at its right edge', () => {
  const marks = [0, 0.5, 1].map((share) => ({ share, label: 'p95' }));
  expect(linesOf('text-soft', { marks })).toEqual([34, 134, WIDTH - 1]);
});

it('draws the cursor within the picture, also at its right edge', () => {
  expect(linesOf('time-cursor', { cursor: 0.5 })).toEqual([134]);
  expect(linesOf('time-cursor', { cursor: 1 })).toEqual([WIDTH - 1]);
});
