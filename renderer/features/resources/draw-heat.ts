/**
 * The drawing of the heat map: a shade for each cell, the names of rows, and the marks of failures.
 * `heat-cells.ts` computes the value of a cell.
 */
import { SHADES, shadeAt, shadesOf } from '../../charts/colour-scale.ts';
import type { Pen } from '../../charts/pen.ts';
import type { Curve } from '../../charts/series-data.ts';
import { drawMarks, type TimeMark } from '../../charts/time-marks.ts';
import { type TimeScale, usAt, xOf } from '../../charts/time-scale.ts';
import type { Colour } from '../../charts/use-theme-colours.ts';
import { CELL_PX, cellValue, LABEL_ROW_PX } from './heat-cells.ts';
import type { SeriesGroup } from './series-groups.ts';

export interface HeatDrawing {
  axis: TimeScale;
  rows: readonly { group: SeriesGroup; curve: Curve; marks: readonly TimeMark[] }[];
  height: number;
  /** The top of the first row. */
  top: number;
  row: number;
  max: number;
  /** The index of the active row, negative for none. */
  active: number;
  stops: readonly string[];
  colour: Colour;
}

/**
 * Returns colours from the lowest value to the highest, in steps of lightness that show without
 * colour too.
 */
export function heatStops(colour: Colour): string[] {
  const isDark = Number.parseInt(colour('surface').slice(1, 3), 16) < 128;
  return isDark
    ? [colour('surface-raised'), colour('level-info'), colour('series-6'), colour('text')]
    : [colour('surface-hover'), colour('series-6'), colour('series-1'), colour('accent-hover')];
}

export function drawHeat(context: Pen, drawing: HeatDrawing): void {
  const { axis, rows, top, row, stops, colour } = drawing;
  const shades = shadesOf(stops);
  const gap = row >= 8 ? 1 : 0;
  const right = axis.left + axis.width;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.font = '11px system-ui, sans-serif';
  for (const [index, each] of rows.entries()) {
    const y = top + index * row;
    drawRow(context, drawing, each.curve, y, row - gap, shades);
    if (each.marks.length > 0 && row >= 6) {
      const frame = {
        left: axis.left,
        top: y,
        width: axis.width,
        height: row / 2 + 1,
        ratio: 1,
        xOf: (us: number) => xOf(axis, us),
      };
      drawMarks(context, frame, each.marks, colour);
    }
    if (index === drawing.active) {
      context.strokeStyle = colour('focus');
      context.lineWidth = 2;
      context.strokeRect(axis.left - 1, y - 1, axis.width + 2, row - gap + 2);
    }
    if (row < LABEL_ROW_PX && each.group.process !== null) drawNodeName(context, drawing, index);
    if (row >= LABEL_ROW_PX || (each.group.process === null && index % Math.ceil(LABEL_ROW_PX / row) === 0)) {
      context.fillStyle = index === drawing.active ? colour('text') : colour('text-soft');
      context.fillText(labelOf(context, each.group, axis.left - 10), axis.left - 6, y + row / 2);
    }
    if (row >= LABEL_ROW_PX) drawWholeName(context, drawing, each.group, y + row / 2);
  }
  context.clearRect(right + 1, 0, 40, drawing.height);
}

function drawRow(
  context: Pen,
  { axis, max, colour }: HeatDrawing,
  curve: Curve,
  y: number,
  height: number,
  shades: readonly string[],
): void {
  const right = axis.left + axis.width;
  context.fillStyle = colour('surface');
  context.fillRect(axis.left, y, axis.width, height);
  // Draws a thin line where samples are missing.
  context.fillStyle = colour('line');
  context.fillRect(axis.left, Math.round(y + height / 2), axis.width, 1);
  let from = axis.left;
  let shade = -1;
  const flush = (to: number) => {
    if (shade >= 0) {
      context.fillStyle = shades[Math.min(SHADES - 1, shade)] ?? '';
      context.fillRect(from, y, to - from, height);
    }
    from = to;
  };
  for (let x = axis.left; x < right; x += CELL_PX) {
    const value = cellValue(curve, usAt(axis, x), usAt(axis, Math.min(right, x + CELL_PX)));
    const next = value === null ? -1 : shadeAt(value / max);
    if (next === shade) continue;
    flush(x);
    shade = next;
  }
  flush(right);
}

/** Draws the name of a node beside its first row when rows are too low for their own names. */
function drawNodeName(context: Pen, { axis, rows, top, row, colour }: HeatDrawing, index: number) {
  const node = rows[index]?.group.node;
  if (node === undefined || rows[index - 1]?.group.node === node) return;
  let last = index;
  while (rows[last + 1]?.group.node === node) last++;
  const y = top + index * row;
  context.fillStyle = colour('line-strong');
  context.fillRect(axis.left - 6, Math.round(y), 6, 1);
  if ((last - index + 1) * row < LABEL_ROW_PX) return;
  context.fillStyle = colour('text-soft');
  context.fillText(fitted(context, node, axis.left - 12), axis.left - 8, Math.max(y, 0) + LABEL_ROW_PX / 2 + 1);
}

/**
 * Draws a name in full within its row, on its own background, if it does not fit beside the row.
 */
function drawWholeName(context: Pen, { axis, colour }: HeatDrawing, group: SeriesGroup, y: number) {
  const name = group.process === null ? group.node : `${group.node} · ${group.process}`;
  const width = context.measureText(name).width;
  if (group.process === null && width <= axis.left - 10) return;
  context.save();
  context.globalAlpha = 0.85;
  context.fillStyle = colour('surface');
  context.fillRect(axis.left + 2, y - 7, width + 8, 14);
  context.globalAlpha = 1;
  context.fillStyle = colour('text');
  context.textAlign = 'left';
  context.fillText(name, axis.left + 6, y);
  context.restore();
}

function labelOf(context: Pen, group: SeriesGroup, room: number): string {
  return fitted(context, group.process ?? group.node, room);
}

function fitted(context: Pen, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  // Names differ at their ends, so keep the end.
  for (let from = 1; from < text.length; from++) {
    const short = `…${text.slice(from).replace(/^[.\-_]+/, '')}`;
    if (context.measureText(short).width <= room) return short;
  }
  return '';
}
