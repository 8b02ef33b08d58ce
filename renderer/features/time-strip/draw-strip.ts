/**
 * The drawing of the time strip: bars of lines by level, hits, failures, the ends of the run and
 * ticks. It draws only what it is given; `use-strip-data.ts` asks for the counts.
 */
import { formatCompact } from '../../base/format.ts';
import { formatDate, timeTicks, type Zone } from '../../base/format-time.ts';
import { patternOf } from '../../charts/hatch.ts';
import type { Pen } from '../../charts/pen.ts';
import { type TimeRange, type TimeScale, xOf } from '../../charts/time-scale.ts';
import type { Colour } from '../../charts/use-theme-colours.ts';
import { bucketWord, peakOf, totalAt, wholeLines } from './strip-counts.ts';
import type { StripData } from './use-strip-data.ts';

/**
 * The layout of the 63 px above the line: track of the whole run, bars, marks of failures, ticks.
 */
const BARS_TOP = 8;
const BARS_BOTTOM = 42;
const MARKS_TOP = 43;
const MARKS_HEIGHT = 5;
const TICKS_TOP = 49;
const LEAST_PX = 2;
const TICK_GAP_PX = 92;

/** From the base up. The worst level stands on the ground, where heights compare best. */
const stack = [
  { level: 5, token: 'level-critical', hatch: 'cross' },
  { level: 4, token: 'level-error', hatch: 'lines' },
  { level: 3, token: 'level-warning', hatch: null },
  { level: 2, token: 'level-info', hatch: null },
  { level: 1, token: 'level-debug', hatch: null },
  { level: 0, token: 'level-none', hatch: null },
] as const;

export interface StripDrawing {
  axis: TimeScale & { filtered: TimeRange | null };
  data: Pick<StripData, 'activity' | 'hits' | 'failures'>;
  zone: Zone;
  runStartUs: number | null;
  runEndUs: number | null;
  colour: Colour;
}

export function drawStrip(context: Pen, drawing: StripDrawing): void {
  const { axis, colour } = drawing;
  context.font = `11px ${colour('font')}`;
  context.textBaseline = 'alphabetic';
  drawOutside(context, drawing);
  context.save();
  context.beginPath();
  context.rect(axis.left, 0, axis.width, TICKS_TOP + 14);
  context.clip();
  drawBars(context, drawing);
  drawHits(context, drawing);
  drawFailures(context, drawing);
  drawFilteredOut(context, drawing);
  context.restore();
  drawRunEnds(context, drawing);
  drawTicks(context, drawing);
  drawGutter(context, drawing);
}

/**
 * Shades the time before the start and after the end of the run, whose lines belong to preparation
 * and clean-up.
 */
function drawOutside(context: Pen, { axis, runStartUs, runEndUs, colour }: StripDrawing) {
  context.fillStyle = colour('surface-sunken');
  const right = axis.left + axis.width;
  const clamp = (us: number) => Math.round(Math.min(Math.max(xOf(axis, us), axis.left), right));
  if (runStartUs !== null) context.fillRect(axis.left, BARS_TOP, clamp(runStartUs) - axis.left, BARS_BOTTOM - BARS_TOP);
  if (runEndUs !== null) context.fillRect(clamp(runEndUs), BARS_TOP, right - clamp(runEndUs), BARS_BOTTOM - BARS_TOP);
}

/** Dims what the filter's range leaves out, but keeps it visible. */
function drawFilteredOut(context: Pen, { axis, colour }: StripDrawing) {
  if (axis.filtered === null) return;
  const right = axis.left + axis.width;
  const from = Math.max(axis.left, Math.round(xOf(axis, axis.filtered.fromUs)));
  const to = Math.min(right, Math.round(xOf(axis, axis.filtered.toUs)));
  const height = MARKS_TOP + MARKS_HEIGHT;
  context.fillStyle = colour('surface');
  context.globalAlpha = 0.75;
  context.fillRect(axis.left, 0, Math.max(0, Math.min(from, right) - axis.left), height);
  context.fillRect(Math.max(to, axis.left), 0, Math.max(0, right - Math.max(to, axis.left)), height);
  context.globalAlpha = 1;
  context.fillStyle = colour('accent');
  if (from > axis.left && from < right) context.fillRect(from, BARS_TOP, 1, height - BARS_TOP);
  if (to < right && to > axis.left) context.fillRect(to, BARS_TOP, 1, height - BARS_TOP);
}

function drawBars(context: Pen, { axis, data, colour }: StripDrawing) {
  const { activity } = data;
  context.fillStyle = colour('line');
  context.fillRect(axis.left, BARS_BOTTOM, axis.width, 1);
  if (activity === undefined) return;
  const peak = peakOf(activity, axis.fromUs, axis.toUs);
  if (peak === 0) return;
  const scale = (BARS_BOTTOM - BARS_TOP) / peak;
  const hatches = {
    lines: hatchOf(context, colour('surface'), 'lines'),
    cross: hatchOf(context, colour('surface'), 'cross'),
  };
  const buckets = activity.counts[0]?.length ?? 0;
  const told = activity.counts.map((series) => wholeLines(series));
  for (let i = 0; i < buckets; i++) {
    const x = Math.round(xOf(axis, activity.fromUs + i * activity.bucketUs));
    const next = Math.round(xOf(axis, activity.fromUs + (i + 1) * activity.bucketUs));
    if (next < axis.left || x > axis.left + axis.width) continue;
    const width = Math.max(1, next - x - (next - x > 2 ? 1 : 0));
    let exact = 0;
    let y = BARS_BOTTOM;
    let worst: string | null = null;
    for (const { level, token, hatch: pattern } of stack) {
      const count = activity.counts[level]?.[i] ?? 0;
      if (count === 0) continue;
      const isTold = told[level]?.[i] === true;
      if (isTold) worst ??= token;
      exact += count * scale;
      // A single error among a million lines must show, so the rest of the bar makes room for it.
      const least = level >= 4 && isTold ? y - LEAST_PX : y;
      const top = Math.max(BARS_TOP, Math.min(Math.round(BARS_BOTTOM - exact), least));
      if (top >= y) continue;
      context.fillStyle = colour(token);
      context.fillRect(x, top, width, y - top);
      const fill = pattern === null || y - top <= 3 ? null : hatches[pattern];
      if (fill !== null) {
        context.fillStyle = fill;
        context.fillRect(x, top, width, y - top);
      }
      y = top;
    }
    // A few lines must not look like none.
    if (worst !== null && y === BARS_BOTTOM) {
      context.fillStyle = colour(worst);
      context.fillRect(x, y - 1, width, 1);
    }
  }
}

/**
 * Draws search hits on a scale of their own: an outline over the bars with a light fill that lets
 * them show through.
 */
function drawHits(context: Pen, { axis, data, colour }: StripDrawing) {
  const { hits } = data;
  if (hits === undefined) return;
  const peak = peakOf(hits, axis.fromUs, axis.toUs);
  if (peak === 0) return;
  const room = BARS_BOTTOM - BARS_TOP - 2;
  context.beginPath();
  let before = BARS_BOTTOM;
  context.moveTo(axis.left - 10, BARS_BOTTOM + 0.5);
  const buckets = hits.counts[0]?.length ?? 0;
  for (let i = 0; i < buckets; i++) {
    const count = totalAt(hits, i);
    const x = Math.round(xOf(axis, hits.fromUs + i * hits.bucketUs));
    const next = Math.round(xOf(axis, hits.fromUs + (i + 1) * hits.bucketUs));
    const y = count === 0 ? BARS_BOTTOM : BARS_BOTTOM - Math.max(4, Math.round((count / peak) * room));
    if (y !== before) {
      context.lineTo(x - 0.5, before + 0.5);
      context.lineTo(x - 0.5, y + 0.5);
    }
    context.lineTo(next - 0.5, y + 0.5);
    before = y;
  }
  context.lineTo(axis.left + axis.width + 10, before + 0.5);
  context.strokeStyle = colour('text');
  context.lineWidth = 1;
  context.stroke();
  context.lineTo(axis.left + axis.width + 10, BARS_BOTTOM + 0.5);
  context.closePath();
  context.globalAlpha = 0.32;
  context.fillStyle = colour('match');
  context.fill();
  context.globalAlpha = 1;
}

/**
 * Draws a solid mark for failed and two dots for timed out, so that the shape tells them apart too.
 */
function drawFailures(context: Pen, { axis, data, colour }: StripDrawing) {
  const columns = new Map<number, boolean>();
  const { failures } = data;
  for (const [index, [, , failed, timedOut]] of (failures?.counts ?? []).entries()) {
    const us = (failures?.fromUs ?? 0) + (index + 0.5) * (failures?.bucketUs ?? 0);
    if (failed + timedOut === 0 || us < axis.fromUs || us > axis.toUs) continue;
    const x = Math.round(xOf(axis, us));
    // If both fall on one pixel, failed wins.
    columns.set(x, (columns.get(x) ?? true) && failed === 0);
  }
  for (const [x, isTimeout] of columns) {
    context.fillStyle = colour(isTimeout ? 'outcome-timed-out' : 'outcome-failed');
    if (isTimeout) {
      context.fillRect(x, MARKS_TOP, 2, 2);
      context.fillRect(x, MARKS_TOP + 3, 2, 2);
    } else context.fillRect(x, MARKS_TOP, 2, MARKS_HEIGHT);
  }
}

function drawRunEnds(context: Pen, { axis, runStartUs, runEndUs, colour }: StripDrawing) {
  context.fillStyle = colour('text-soft');
  for (const [us, side] of [
    [runStartUs, 1],
    [runEndUs, -1],
  ] as const) {
    if (us === null || us < axis.fromUs || us > axis.toUs) continue;
    const x = Math.round(xOf(axis, us));
    context.fillRect(x, BARS_TOP - 1, 1, MARKS_TOP + MARKS_HEIGHT - BARS_TOP + 1);
    context.beginPath();
    context.moveTo(x + (side > 0 ? 1 : 0), BARS_TOP - 1);
    context.lineTo(x + side * 6 + (side > 0 ? 1 : 0), BARS_TOP + 2);
    context.lineTo(x + (side > 0 ? 1 : 0), BARS_TOP + 5);
    context.fill();
  }
}

function drawTicks(context: Pen, { axis, zone, colour }: StripDrawing) {
  const right = axis.left + axis.width;
  for (const tick of timeTicks(axis.fromUs, axis.toUs, Math.floor(axis.width / TICK_GAP_PX), zone)) {
    const x = Math.round(xOf(axis, tick.us));
    context.fillStyle = colour('line-strong');
    context.fillRect(x, TICKS_TOP, 1, 3);
    const { width } = context.measureText(tick.label);
    const left = Math.min(Math.max(x - width / 2, axis.left), right - width);
    context.fillStyle = colour('text-faint');
    context.fillText(tick.label, Math.round(left), TICKS_TOP + 12);
  }
}

/** Labels the scale of a full bar, and the date, since the ticks show only the time of day. */
function drawGutter(context: Pen, { axis, data, zone, colour }: StripDrawing) {
  context.textAlign = 'right';
  context.fillStyle = colour('text-faint');
  const right = axis.left - 6;
  const { activity } = data;
  const peak = activity === undefined ? 0 : peakOf(activity, axis.fromUs, axis.toUs);
  if (activity !== undefined && peak > 0) {
    context.fillText(formatCompact(Math.ceil(peak)), right, BARS_TOP + 9);
    context.fillText(`in ${bucketWord(activity.bucketUs)}`, right, BARS_TOP + 22);
  }
  const date = formatDate(axis.fromUs, zone);
  // Drops the year if the system's font is wide.
  const isWide = context.measureText(date).width > right - 2;
  context.fillText(isWide ? date.slice(5) : date, right, TICKS_TOP + 12);
  context.textAlign = 'left';
}

function hatchOf(context: Pen, surface: string, kind: 'lines' | 'cross'): ReturnType<Pen['createPattern']> {
  return patternOf(context, `strip ${kind} ${surface}`, (tile) => {
    tile.fillStyle = surface;
    tile.globalAlpha = 0.55;
    for (let i = 0; i < 4; i++) {
      tile.fillRect(i, 3 - i, 1, 1);
      if (kind === 'cross') tile.fillRect(i, i, 1, 1);
    }
  });
}
