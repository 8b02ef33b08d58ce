/**
 * The one scale of time. Its functions are pure, so that every view puts the same moment on the
 * same pixel.
 */

export interface TimeRange {
  fromUs: number;
  toUs: number;
}

export interface TimeScale {
  /** The visible range. */
  fromUs: number;
  toUs: number;
  /** The whole run. */
  fullFromUs: number;
  fullToUs: number;
  /** The plot area within the main column, in CSS pixels. */
  left: number;
  width: number;
}

/**
 * The room for the labels of a y axis, and for a scroll bar. It is the same in every view with time
 * on the x axis.
 */
export const AXIS_LEFT_PX = 64;
export const AXIS_RIGHT_PX = 16;
/** The logs have no finer resolution than a millisecond. */
export const LEAST_SPAN_US = 1_000;

export function xOf(scale: TimeScale, us: number): number {
  return scale.left + ((us - scale.fromUs) / (scale.toUs - scale.fromUs)) * scale.width;
}

export function usAt(scale: TimeScale, x: number): number {
  return Math.round(scale.fromUs + ((x - scale.left) / Math.max(1, scale.width)) * (scale.toUs - scale.fromUs));
}

/** Returns the time at a place, within the visible range. */
export function visibleUsAt(scale: TimeScale, x: number): number {
  return Math.min(Math.max(usAt(scale, x), scale.fromUs), scale.toUs);
}

/**
 * Returns the range after a zoom around a moment, which keeps its pixel. The range stays within the
 * run; null is the whole run.
 */
export function zoomed(scale: TimeScale, aboutUs: number, factor: number): TimeRange | null {
  const span = Math.max(LEAST_SPAN_US, (scale.toUs - scale.fromUs) * factor);
  const share = (aboutUs - scale.fromUs) / (scale.toUs - scale.fromUs);
  return within(scale, aboutUs - share * span, span);
}

/** Moves the range by a share of its width. Positive is later. */
export function panned(scale: TimeScale, share: number): TimeRange | null {
  const span = scale.toUs - scale.fromUs;
  return within(scale, scale.fromUs + share * span, span);
}

function within(scale: TimeScale, fromUs: number, span: number): TimeRange | null {
  const full = scale.fullToUs - scale.fullFromUs;
  if (span >= full) return null;
  const from = Math.round(Math.min(Math.max(fromUs, scale.fullFromUs), scale.fullToUs - span));
  return { fromUs: from, toUs: Math.round(from + span) };
}

/**
 * The option that stands for the whole run. Other zooms are written as `from-to` in microseconds.
 */
const WHOLE_RUN = 'all';

export function zoomOption(range: TimeRange | null): string {
  return range === null
    ? WHOLE_RUN
    : `${Math.round(range.fromUs)}-${Math.max(Math.round(range.toUs), Math.round(range.fromUs) + 1)}`;
}

/**
 * Parses a zoom option. Returns null for the whole run, and undefined if the option is missing or
 * invalid, which lets the axis show what the filter leaves.
 */
export function zoomOf(option: string | undefined): TimeRange | null | undefined {
  if (option === WHOLE_RUN) return null;
  const [, from, to] = /^(\d{1,17})-(\d{1,17})$/.exec(option ?? '') ?? [];
  const [fromUs, toUs] = [Number(from), Number(to)];
  return fromUs < toUs ? { fromUs, toUs } : undefined;
}

const LEAST_MARGIN_US = 2_000_000;

/**
 * Returns the whole run on the axis: from its first line to its last, but at most a tenth of the
 * run beyond its start and end. A clock that was years off, or a date that a script printed, must
 * not squeeze the run into a pixel.
 */
export function wholeRange(lines: TimeRange, run: { startUs: number | null; endUs: number | null }): TimeRange {
  const { startUs, endUs } = run;
  if (startUs === null || endUs === null || endUs < startUs) return lines;
  const margin = Math.max(LEAST_MARGIN_US, (endUs - startUs) / 10);
  const fromUs = Math.min(startUs, Math.max(lines.fromUs, startUs - margin));
  const toUs = Math.max(endUs, Math.min(lines.toUs, endUs + margin));
  return { fromUs: Math.round(fromUs), toUs: Math.round(toUs) };
}
