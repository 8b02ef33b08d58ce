/**
 * A hatch is a pattern of lines over a colour, so that outcomes differ without colour. This module
 * makes the fills of outcomes on a canvas.
 */
import type { Outcome } from '../../electron/contract/batch-records.ts';
import { outcomeLooks } from '../base/looks.ts';
import type { Pen } from './pen.ts';
import type { Colour } from './use-theme-colours.ts';

/** Lines for the outcomes that went wrong. */
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
  /** Fills a rectangle in the style of an outcome. */
  rect: (outcome: Outcome, x: number, y: number, width: number, height: number) => void;
}

/**
 * Returns the fills of outcomes on a canvas in CSS pixels: colour and pattern, or an outline for
 * unfinished.
 */
export function outcomeFills(context: Pen, colour: Colour): OutcomeFills {
  const surface = colour('surface');
  const hatchOf = (outcome: Outcome) => {
    const lines = strokes[outcome];
    if (lines === undefined) return null;
    return patternOf(context, `${outcome} ${surface}`, (tile) => {
      tile.strokeStyle = surface;
      tile.lineWidth = 1;
      for (const [x0, y0, x1, y1] of lines) {
        tile.beginPath();
        tile.moveTo(x0, y0);
        tile.lineTo(x1, y1);
        tile.stroke();
      }
    });
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
      const pattern = width < 3 || height < 4 ? null : hatchOf(outcome);
      if (pattern === null) return;
      context.globalAlpha = 0.55;
      context.fillStyle = pattern;
      context.fillRect(x, y, width, height);
      context.globalAlpha = 1;
    },
  };
}

const tiles = new Map<string, HTMLCanvasElement>();
const patterns = new WeakMap<Pen, Map<string, ReturnType<Pen['createPattern']>>>();

/**
 * Returns the pattern of a 4 × 4 tile that `paint` draws, in the pen's own form. `name` identifies
 * the tile. Each pen makes it once, because a moving graph is drawn again at each step.
 */
export function patternOf(
  context: Pen,
  name: string,
  paint: (tile: CanvasRenderingContext2D) => void,
): ReturnType<Pen['createPattern']> {
  const own = patterns.get(context) ?? new Map<string, ReturnType<Pen['createPattern']>>();
  patterns.set(context, own);
  const known = own.get(name);
  if (known !== undefined) return known;
  const tile = tiles.get(name) ?? makeTile(paint);
  tiles.set(name, tile);
  const made = context.createPattern(tile, 'repeat');
  own.set(name, made);
  return made;
}

function makeTile(paint: (tile: CanvasRenderingContext2D) => void): HTMLCanvasElement {
  const tile = document.createElement('canvas');
  tile.width = 4;
  tile.height = 4;
  const pen = tile.getContext('2d');
  if (pen !== null) paint(pen);
  return tile;
}
