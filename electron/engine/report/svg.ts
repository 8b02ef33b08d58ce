/**
 * The pictures of a report, as SVG with the colours of the page: no script, no font, no external
 * reference.
 */

import { type Outcome, outcomes } from '../../contract/batch-records.ts';
import { formatDuration, formatMeasured, formatNumber } from '../../contract/format.ts';
import type { Report } from '../../contract/report-model.ts';
import { type Html, html, type Part } from './html-template.ts';
import { clock, outcomeWords, titleCase } from './words.ts';

const WIDTH = 1000;
const LEFT = 56;
const RIGHT = 8;

const ms = (iso: string) => Date.parse(iso);
const round = (value: number) => Math.round(value * 10) / 10;

/** Returns ticks at round steps of time. */
function ticks(fromMs: number, toMs: number, most: number): number[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400].map(
    (s) => s * 1_000,
  );
  const step =
    steps.find((one) => (toMs - fromMs) / one <= most) ?? Math.ceil((toMs - fromMs) / most / 86_400_000) * 86_400_000;
  const all: number[] = [];
  for (let at = Math.ceil(fromMs / step) * step; at <= toMs; at += step) all.push(at);
  return all;
}

/** Rounds up to a round number. */
function ceiling(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

interface Frame {
  width: number;
  left: number;
  top: number;
  height: number;
  fromMs: number;
  toMs: number;
}

const xOf = ({ width, left, fromMs, toMs }: Frame, at: number) =>
  left + ((at - fromMs) / Math.max(1, toMs - fromMs)) * (width - left - RIGHT);

function timeAxis(frame: Frame, most: number): Html[] {
  const bottom = frame.top + frame.height;
  return ticks(frame.fromMs, frame.toMs, most).map((at) => {
    const x = round(xOf(frame, at));
    return html`
      <line class="grid" x1="${x}" x2="${x}" y1="${bottom}" y2="${bottom + 4}"/>
      <text x="${x}" y="${bottom + 16}" text-anchor="middle">${clock(new Date(at).toISOString())}</text>`;
  });
}

function valueAxis(frame: Frame, most: number, label: (value: number) => string): Html[] {
  const { left, width } = frame;
  return [0, 0.5, 1].map((share) => {
    const y = round(frame.top + frame.height * (1 - share));
    return html`
      <line class="grid" x1="${left}" x2="${width - RIGHT}" y1="${y}" y2="${y}"/>
      <text x="${left - 6}" y="${y + 4}" text-anchor="end">${label(most * share)}</text>`;
  });
}

const hatched = new Set<Outcome>(['failed', 'timed_out']);

/** Renders the legend of outcomes: colour, pattern and word. */
export function legend(shown: readonly Outcome[], progress: NonNullable<Report['timeline']>['progress']): Html {
  const swatch = (inner: Part, word: string) =>
    html`<li><svg viewBox="0 0 12 12" aria-hidden="true">${inner}</svg>${word}</li>`;
  const items = shown.map((outcome) => {
    const lines = hatched.has(outcome) ? hatch(outcome, 0, 0, 12, 12) : '';
    return swatch(html`<rect class="bar-${outcome}" width="12" height="12"/>${lines}`, outcomeWords[outcome]);
  });
  const has = (name: 'processed' | 'scheduled') =>
    progress.length > 1 && progress.some((point) => point[name] !== null);
  if (has('processed')) items.push(swatch(html`<path class="curve" d="M0 6H12"/>`, 'processed'));
  if (has('scheduled')) items.push(swatch(html`<path class="wanted" d="M0 6H12"/>`, 'scheduled'));
  return html`<ul class="legend">${items}</ul>`;
}

/**
 * Renders lines across a bar, to distinguish it without colour: slanted for failed, upright for
 * timed out.
 */
function hatch(outcome: Outcome, x: number, y: number, width: number, height: number): Part {
  if (height < 3 || width < 3) return '';
  const parts: string[] = [];
  if (outcome === 'timed_out') parts.push(`M${round(x + width / 2)} ${round(y)}V${round(y + height)}`);
  else {
    for (let at = y; at < y + height; at += 6) {
      const rise = Math.min(width, y + height - at);
      parts.push(`M${round(x)} ${round(at + rise)}L${round(x + rise)} ${round(at)}`);
    }
  }
  return parts.length === 0 ? '' : html`<path class="hatch" d="${parts}"/>`;
}

/** Renders the run's own progress, mini-batches that ended, phases, and marks for what happened. */
export function timelineSvg(timeline: NonNullable<Report['timeline']>): Html {
  const points = timeline.progress;
  const fromMs = Math.min(ms(timeline.fromAt), ...points.slice(0, 1).map((point) => ms(point.at)));
  const toMs = Math.max(ms(timeline.toAt), ...points.slice(-1).map((point) => ms(point.at)));
  const base = { width: WIDTH, left: LEFT, fromMs, toMs };
  const parts: Part[] = [];
  let top = 22;
  if (points.length > 1) {
    const frame = { ...base, top, height: 90 };
    parts.push(progressCurves(frame, points));
    top += frame.height + 18;
  }
  const bars = { ...base, top, height: 120 };
  parts.push(outcomeBars(bars, timeline));
  const numbered = timeline.marks.filter((mark) => ms(mark.at) >= fromMs && ms(mark.at) <= toMs);
  let lastX = Number.NEGATIVE_INFINITY;
  for (const mark of numbered) {
    const x = round(xOf(bars, ms(mark.at)));
    const label = timeline.marks.indexOf(mark) + 1;
    parts.push(html`<line class="mark" x1="${x}" x2="${x}" y1="16" y2="${top + bars.height}"/>`);
    if (x - lastX > 14) parts.push(html`<text class="mark-text" x="${x}" y="11" text-anchor="middle">${label}</text>`);
    lastX = x - lastX > 14 ? x : lastX;
  }
  parts.push(timeAxis(bars, 9));
  const height = top + bars.height + 22;
  const failed = timeline.ended.reduce((sum, counts) => sum + (counts[2] ?? 0) + (counts[3] ?? 0), 0);
  const time = `${clock(timeline.fromAt)} to ${clock(timeline.toAt)} UTC`;
  const label = `Mini-batches that ended over time, ${time}; ${formatNumber(failed)} of them failed or timed out.`;
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">${parts}</svg>`;
}

function progressCurves(frame: Frame, points: NonNullable<Report['timeline']>['progress']): Html {
  const most = ceiling(Math.max(...points.map((point) => Math.max(point.processed ?? 0, point.scheduled ?? 0)), 1));
  const y = (value: number) => round(frame.top + frame.height * (1 - value / most));
  const path = (pick: (point: (typeof points)[number]) => number | null) => {
    let d = '';
    for (const point of points) {
      const value = pick(point);
      if (value === null) continue;
      const x = round(xOf(frame, ms(point.at)));
      d += d === '' ? `M${x} ${y(value)}` : `H${x}V${y(value)}`;
    }
    return d;
  };
  return html`
    ${valueAxis(frame, most, (value) => formatNumber(value))}
    <path class="wanted" d="${path((point) => point.scheduled)}"/>
    <path class="curve" d="${path((point) => point.processed)}"/>`;
}

function outcomeBars(frame: Frame, timeline: NonNullable<Report['timeline']>): Part {
  const most = ceiling(Math.max(...timeline.ended.map((counts) => counts.reduce((sum, count) => sum + count, 0)), 1));
  const from = ms(timeline.fromAt);
  const parts: Part[] = [valueAxis(frame, most, (value) => formatNumber(value, most < 4 && value % 1 !== 0 ? 1 : 0))];
  for (const [index, counts] of timeline.ended.entries()) {
    const x = round(xOf(frame, from + index * timeline.bucketSeconds * 1_000));
    const width = Math.max(1, round(xOf(frame, from + (index + 1) * timeline.bucketSeconds * 1_000) - x - 1));
    let bottom = frame.top + frame.height;
    for (const [code, outcome] of outcomes.entries()) {
      const count = counts[code] ?? 0;
      if (count === 0) continue;
      const height = (count / most) * frame.height;
      bottom -= height;
      parts.push(
        html`<rect class="bar-${outcome}" x="${x}" y="${round(bottom)}" width="${width}" height="${round(height)}"/>`,
      );
      if (hatched.has(outcome)) parts.push(hatch(outcome, x, bottom, width, height));
    }
  }
  return parts;
}

/** Lists phases in words, because a strip of a few pixels has no room for names. */
export function phaseWords(timeline: NonNullable<Report['timeline']>): string {
  return timeline.phases
    .map((phase) => `${titleCase(phase.phase)} ${formatDuration((ms(phase.toAt) - ms(phase.fromAt)) / 1_000)}`)
    .join(' · ');
}

type Series = NonNullable<Report['resources']>['series'][number];

/** Renders one curve around the failure. */
export function resourceSvg(resources: NonNullable<Report['resources']>, series: Series): Html {
  const frame: Frame = {
    width: 500,
    left: 64,
    top: 16,
    height: 84,
    fromMs: ms(resources.fromAt),
    toMs: ms(resources.toAt),
  };
  const most = series.unit === '%' && series.max <= 100 ? 100 : ceiling(series.max);
  const y = (value: number) => round(frame.top + frame.height * (1 - Math.min(1, Math.max(0, value / most))));
  let line = '';
  let area = '';
  let first: number | null = null;
  let last = 0;
  const close = () => {
    if (first !== null) area += `V${frame.top + frame.height}H${first}Z`;
    first = null;
  };
  for (const [at, value] of series.points) {
    if (value === null) {
      close();
      continue;
    }
    last = round(xOf(frame, ms(at)));
    line += `${first === null ? 'M' : 'L'}${last} ${y(value)}`;
    area += first === null ? `M${last} ${frame.top + frame.height}V${y(value)}` : `L${last} ${y(value)}`;
    first ??= last;
  }
  close();
  const { width, height, top } = frame;
  const time = `${clock(resources.fromAt)} to ${clock(resources.toAt)} UTC`;
  const label = `${series.title}, at most ${formatMeasured(series.max, series.unit)}, ${time}`;
  return html`
    <svg viewBox="0 0 ${width} ${top + height + 22}" role="img" aria-label="${label}">
      ${valueAxis(frame, most, (value) => formatMeasured(value, series.unit))}
      <path class="area" d="${area}"/>
      <path class="curve" d="${line}"/>
      ${resources.at === null ? '' : momentMark(frame, ms(resources.at), resources.around)}
      ${timeAxis(frame, 4)}
    </svg>`;
}

/** Marks the moment that a curve is about, with its name above. */
function momentMark(frame: Frame, atMs: number, name: string): Html {
  const x = round(xOf(frame, atMs));
  const room = 4 * name.length;
  const anchor = x > frame.width - room ? 'end' : x < room ? 'start' : 'middle';
  return html`
    <line class="mark" x1="${x}" x2="${x}" y1="12" y2="${frame.top + frame.height}"/>
    <text class="mark-text" x="${x}" y="9" text-anchor="${anchor}">${name}</text>`;
}
