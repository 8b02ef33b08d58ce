/**
 * The drawing of stacked bars: the bars, their scale, the labels below, the lines through them and
 * the cursor.
 */
import { formatCompact } from '../base/format.ts';
import { type OutcomeFills, outcomeFills } from './hatch.ts';
import type { Pen } from './pen.ts';
import { type Bar, GUTTER_PX, type ShareLabel, segmentsOf, totalOf } from './stacked-bars-layout.ts';
import type { Colour } from './use-theme-colours.ts';

export interface BarsDrawing {
  bars: readonly Bar[];
  ticks: readonly ShareLabel[];
  marks: readonly ShareLabel[];
  /** The index of the outlined bar. */
  active: number | null;
  /** The share of the width of a bar highlighted from elsewhere. */
  cursor: number | null;
  colour: Colour;
}

/** What a stroke needs to know of the picture. */
interface Frame {
  width: number;
  height: number;
  /** The width of all bars. */
  room: number;
  /** Where the bars stand. */
  ground: number;
}

const FOOT_PX = 16;
/** The room above the bars for the labels of the marks. */
const MARK_WORDS_PX = 13;
const TOP_PX = 4;
const FONT = '11px system-ui, sans-serif';
const TICK_GAP_PX = 8;
/** A label of a mark needs this room on its right. */
const MARK_LABEL_PX = 30;
const MARK_PAIR_PX = 34;

export function drawStackedBars(pen: Pen, drawing: BarsDrawing, width: number, height: number): void {
  const { bars, ticks, marks, active, cursor, colour } = drawing;
  const frame = { width, height, room: width - GUTTER_PX, ground: height - FOOT_PX };
  const peak = bars.reduce((most, bar) => Math.max(most, totalOf(bar)), 0);
  const highest = frame.ground - (marks.length > 0 ? MARK_WORDS_PX : TOP_PX);
  const fills = outcomeFills(pen, colour);
  const pitch = frame.room / Math.max(1, bars.length);
  for (const [index, bar] of bars.entries()) {
    const x = Math.round(GUTTER_PX + index * pitch);
    const next = Math.round(GUTTER_PX + (index + 1) * pitch);
    const wide = Math.max(1, next - x - (next - x > 3 ? 1 : 0));
    const top = drawBar(fills, bar, x, wide, frame.ground, highest / Math.max(1, peak));
    if (index === active) outline(pen, colour, x, wide, Math.min(top, frame.ground - TOP_PX), frame.ground);
  }
  drawScale(pen, colour, frame, peak);
  drawTicks(pen, colour, frame, ticks);
  drawBarMarks(pen, colour, frame, marks);
  if (cursor !== null && cursor >= 0 && cursor <= 1) {
    pen.fillStyle = colour('time-cursor');
    pen.fillRect(lineAt(frame, cursor), 0, 1, frame.ground);
  }
}

/** Returns the column of pixels of a line at a share of the width; at 1, the last column. */
function lineAt({ width, room }: Frame, share: number): number {
  return Math.min(width - 1, Math.round(GUTTER_PX + share * room));
}

/** Returns the top of the bar. */
function drawBar(fills: OutcomeFills, bar: Bar, x: number, wide: number, ground: number, scale: number): number {
  const segments = segmentsOf(bar, ground, scale);
  for (const { outcome, top, height } of segments) fills.rect(outcome, x, top, wide, height);
  return segments.at(-1)?.top ?? ground;
}

function outline(pen: Pen, colour: Colour, x: number, wide: number, top: number, ground: number): void {
  pen.strokeStyle = colour('text');
  pen.lineWidth = 1;
  pen.strokeRect(x - 0.5, top - 0.5, wide + 1, ground - top + 1);
}

function drawScale(pen: Pen, colour: Colour, { room, ground }: Frame, peak: number): void {
  pen.fillStyle = colour('line-strong');
  pen.fillRect(GUTTER_PX, ground, room, 1);
  pen.font = FONT;
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = colour('text-faint');
  pen.textAlign = 'right';
  if (peak > 0) pen.fillText(formatCompact(peak), GUTTER_PX - 5, 11);
  pen.fillText('0', GUTTER_PX - 5, ground + 1);
}

/** Draws the labels below the bars, but none that would touch the one before it. */
function drawTicks(pen: Pen, colour: Colour, { width, height, room }: Frame, ticks: readonly ShareLabel[]): void {
  let taken = Number.NEGATIVE_INFINITY;
  pen.fillStyle = colour('text-faint');
  pen.textAlign = 'left';
  for (const tick of ticks) {
    const wide = pen.measureText(tick.label).width;
    const x = Math.min(Math.max(GUTTER_PX + tick.share * room - wide / 2, GUTTER_PX), width - wide);
    if (x < taken + TICK_GAP_PX) continue;
    taken = x + wide;
    pen.fillText(tick.label, Math.round(x), height - 3);
  }
}

function drawBarMarks(pen: Pen, colour: Colour, frame: Frame, marks: readonly ShareLabel[]): void {
  const { width, room, ground } = frame;
  for (const [index, mark] of marks.entries()) {
    const x = lineAt(frame, mark.share);
    const next = marks[index + 1];
    pen.fillStyle = colour('text-soft');
    pen.fillRect(x, 0, 1, ground);
    // If the next mark is near, the label goes to the other side.
    const isNear = next !== undefined && (next.share - mark.share) * room < MARK_PAIR_PX;
    const isLeft = isNear || x > width - MARK_LABEL_PX;
    pen.textAlign = isLeft ? 'right' : 'left';
    pen.fillText(mark.label, x + (isLeft ? -3 : 4), 9);
  }
}
