/**
 * A hatch is a pattern of lines over a colour, so that outcomes are told apart without colours. The
 * fills of outcomes on a canvas are made here.
 */
import type { Outcome } from '../../electron/contract/records.ts';
import { outcomeLooks } from '../base/looks.ts';
import type { Pen } from './pen.ts';
import type { Colour } from './use-theme-colours.ts';

/** Lines over a colour, so that what went wrong is told apart without colours. */
const strokes: Partial<Record<Outcome, readonly (readonly [number, number, number, number])[]>> = {
  failed: [
    [-1, 5, 5, -1],
    [-1, 1, 1, -1],
    [3, 5, 5, 3],
  ],
  timed_out: [
    [0, 2, 4, 2],
    [2, 0, 2, 4],
  ],
  partial: [[0, 2, 4, 2]],
};

export interface OutcomeFills {
  /** Fill a rectangle in the manner of an outcome. */
  rect: (outcome: Outcome, x: number, y: number, width: number, height: number) => void;
}

/**
 * Fills of outcomes on a canvas in CSS pixels: colour and pattern; unfinished ones are an outline.
 */
export function outcomeFills(context: Pen, colour: Colour): OutcomeFills {
  const patterns = new Map<Outcome, ReturnType<Pen['createPattern']>>();
  const patternOf = (outcome: Outcome) => {
    const known = patterns.get(outcome);
    if (known !== undefined) return known;
    const lines = strokes[outcome];
    const made = lines === undefined ? null : hatch(context, colour('surface'), lines);
    patterns.set(outcome, made);
    return made;
  };
  return {
    rect(outcome, x, y, width, height) {
      const { token } = outcomeLooks[outcome];
      if (outcome === 'unfinished' && width >= 3 && height >= 3) {
        context.fillStyle = colour(`${token}-tint`);
        context.fillRect(x, y, width, height);
        context.strokeStyle = colour(token);
        context.lineWidth = 1;
        context.setLineDash([3, 2]);
        context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
        context.setLineDash([]);
        return;
      }
      context.fillStyle = colour(token);
      context.fillRect(x, y, width, height);
      const pattern = width < 3 || height < 4 ? null : patternOf(outcome);
      if (pattern === null) return;
      context.globalAlpha = 0.55;
      context.fillStyle = pattern;
      context.fillRect(x, y, width, height);
      context.globalAlpha = 1;
    },
  };
}

function hatch(
  context: Pen,
  colour: string,
  lines: readonly (readonly [number, number, number, number])[],
): ReturnType<Pen['createPattern']> {
  const tile = document.createElement('canvas');
  tile.width = 4;
  tile.height = 4;
  const pen = tile.getContext('2d');
  if (pen === null) return null;
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  for (const [x0, y0, x1, y1] of lines) {
    pen.beginPath();
    pen.moveTo(x0, y0);
    pen.lineTo(x1, y1);
    pen.stroke();
  }
  return context.createPattern(tile, 'repeat');
}
