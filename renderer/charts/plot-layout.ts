/**
 * A plot shows lines, dots, steps or bars over an x axis of its own. `layoutPlot` turns its data
 * into paths in pixels, which the window draws and `plotSvg` writes as a picture. `TimePlot` serves
 * graphs on the window's one time axis.
 */

import { csvTable } from '../../electron/contract/csv.ts';
import type { Colour } from './use-theme-colours.ts';

interface PlotAxis {
  title: string;
  from: number;
  to: number;
  format: (value: number) => string;
  /** The positions of labels; by default round numbers. */
  ticks?: readonly number[];
}

export interface PlotLine {
  key: string;
  title: string;
  /** The CSS variable without the dashes. */
  token: string;
  xs: readonly number[];
  /** As many as `xs`; null is a gap. */
  ys: readonly (number | null)[];
  shape?: 'line' | 'steps' | 'dots' | 'bars';
  /**
   * As in SVG's stroke-dasharray. Tells lines of the same colour apart, and the lines of two runs
   * for people who see no colour.
   */
  dash?: string;
  width?: number;
  isFilled?: boolean;
}

/** A named moment or value on the x axis. */
export interface PlotMark {
  x: number;
  label: string;
  token: string;
}

export interface PlotSpec {
  title: string;
  x: PlotAxis;
  y: PlotAxis;
  lines: readonly PlotLine[];
  marks?: readonly PlotMark[];
}

interface Tick {
  at: number;
  label: string;
}

interface PlotPath {
  line: PlotLine;
  d: string;
  /** The area below the line, if it is filled. */
  area: string | null;
}

export interface PlotLayout {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  xTicks: Tick[];
  yTicks: Tick[];
  paths: PlotPath[];
  marks: { at: number; label: string; token: string; isLeft: boolean }[];
  xOf: (x: number) => number;
  yOf: (y: number) => number;
}

const LEFT_PX = 58;
const RIGHT_PX = 14;
const TOP_PX = 16;
const BOTTOM_PX = 20;
const X_LABEL_PX = 90;
const Y_LABEL_PX = 28;
const DOT_PX = 2;
/** The label of a mark closer to the right edge than this stands at its left. */
const MARK_LABEL_PX = 120;

export function layoutPlot(spec: PlotSpec, width: number, height: number): PlotLayout {
  const left = LEFT_PX;
  const right = Math.max(left + 1, width - RIGHT_PX);
  const top = TOP_PX;
  const bottom = Math.max(top + 1, height - BOTTOM_PX);
  const spanX = spec.x.to - spec.x.from || 1;
  const spanY = spec.y.to - spec.y.from || 1;
  const xOf = (x: number) => left + ((x - spec.x.from) / spanX) * (right - left);
  const yOf = (y: number) => bottom - ((y - spec.y.from) / spanY) * (bottom - top);
  const ticksOf = (axis: PlotAxis, most: number) =>
    axis.ticks?.filter((value) => value >= axis.from && value <= axis.to) ?? roundTicks(axis.from, axis.to, most);
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    xOf,
    yOf,
    xTicks: ticksOf(spec.x, Math.floor((right - left) / X_LABEL_PX)).map((value) => ({
      at: xOf(value),
      label: spec.x.format(value),
    })),
    yTicks: ticksOf(spec.y, Math.max(2, Math.floor((bottom - top) / Y_LABEL_PX))).map((value) => ({
      at: yOf(value),
      label: spec.y.format(value),
    })),
    paths: spec.lines.map((line) => pathOf(line, xOf, yOf, bottom)),
    marks: (spec.marks ?? [])
      .filter((mark) => mark.x >= spec.x.from && mark.x <= spec.x.to)
      .map(({ x, label, token }) => ({ at: xOf(x), label, token, isLeft: xOf(x) + MARK_LABEL_PX > right })),
  };
}

/**
 * Returns at most `most` round numbers within a range, in steps of 1, 2 or 5 times a power of ten.
 */
export function roundTicks(from: number, to: number, most: number): number[] {
  const span = to - from;
  if (!(span > 0) || !Number.isFinite(span) || most < 1) return [];
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

const px = (value: number) => String(Math.round(value * 10) / 10);

function pathOf(line: PlotLine, xOf: (x: number) => number, yOf: (y: number) => number, bottom: number): PlotPath {
  const shape = line.shape ?? 'line';
  if (shape === 'dots') return { line, d: dotsPath(line, xOf, yOf), area: null };
  if (shape === 'bars') return { line, d: barsPath(line, xOf, yOf, bottom), area: null };
  let d = '';
  let area = '';
  let before: { x: number; y: number } | null = null;
  let firstX = 0;
  let count = 0;
  const close = () => {
    // A sample between two gaps has no line, so a short dash shows it.
    if (count === 1 && before !== null) d += `m-2,0h4`;
    count = 0;
    if (before !== null) area += `L${px(before.x)},${px(bottom)}L${px(firstX)},${px(bottom)}Z`;
    before = null;
  };
  for (const [index, value] of line.xs.entries()) {
    const y = line.ys[index] ?? null;
    if (y === null) {
      close();
      continue;
    }
    const here = { x: xOf(value), y: yOf(y) };
    const step = before === null ? 'M' : shape === 'steps' ? `L${px(here.x)},${px((before as typeof here).y)}L` : 'L';
    if (before === null) {
      firstX = here.x;
      area += `M${px(here.x)},${px(bottom)}L${px(here.x)},${px(here.y)}`;
    } else area += `${step}${px(here.x)},${px(here.y)}`;
    d += `${step}${px(here.x)},${px(here.y)}`;
    before = here;
    count++;
  }
  close();
  return { line, d, area: line.isFilled === true ? area : null };
}

function dotsPath(line: PlotLine, xOf: (x: number) => number, yOf: (y: number) => number): string {
  let d = '';
  for (const [index, x] of line.xs.entries()) {
    const y = line.ys[index] ?? null;
    if (y !== null)
      d += `M${px(xOf(x) - DOT_PX)},${px(yOf(y))}a${DOT_PX},${DOT_PX} 0 1 0 ${2 * DOT_PX},0a${DOT_PX},${DOT_PX} 0 1 0 ${-2 * DOT_PX},0`;
  }
  return d;
}

/** Draws bars. Each reaches from its x to the next; the last is as wide as the one before. */
function barsPath(line: PlotLine, xOf: (x: number) => number, yOf: (y: number) => number, bottom: number): string {
  let d = '';
  for (const [index, x] of line.xs.entries()) {
    const y = line.ys[index] ?? null;
    if (y === null || y === 0) continue;
    const next = line.xs[index + 1] ?? x + (x - (line.xs[index - 1] ?? x - 1));
    const from = xOf(x);
    const to = Math.max(from + 1, xOf(next) - 1);
    d += `M${px(from)},${px(bottom)}V${px(yOf(y))}H${px(to)}V${px(bottom)}Z`;
  }
  return d;
}

/** Returns all distinct x values of the lines in ascending order, which is where the keys stop. */
export function stopsOf(lines: readonly PlotLine[]): number[] {
  const stops = new Set<number>();
  for (const line of lines) for (const [i, x] of line.xs.entries()) if (line.ys[i] !== null) stops.add(x);
  return [...stops].sort((a, b) => a - b);
}

/** Returns the plot as CSV: one row per x, one column per line, empty where a line has no value. */
export function plotCsv(spec: PlotSpec, formatX: (x: number) => string | number = (x) => x): string {
  const columns = spec.lines.map((line) => {
    const values = new Map<number, number>();
    for (const [i, x] of line.xs.entries()) {
      const y = line.ys[i];
      if (y !== null && y !== undefined) values.set(x, y);
    }
    return values;
  });
  return csvTable(
    [spec.x.title, ...spec.lines.map((line) => line.title)],
    stopsOf(spec.lines).map((x) => [formatX(x), ...columns.map((values) => values.get(x) ?? null)]),
  );
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Returns the plot as an SVG document with its title and legend, in the colours of the theme. */
export function plotSvg(spec: PlotSpec, width: number, height: number, colour: Colour): string {
  const HEAD = 40;
  const layout = layoutPlot(spec, width, height);
  const text = (x: number, y: number, body: string, more = '') =>
    `<text x="${px(x)}" y="${px(y)}" font-family="system-ui, sans-serif" font-size="11" fill="${colour('text-soft')}" ${more}>${escaped(body)}</text>`;
  const parts: string[] = [
    `<rect width="${width}" height="${height + HEAD}" fill="${colour('surface')}"/>`,
    text(8, 14, spec.title, 'font-weight="600"'),
  ];
  let legendX = 8;
  for (const line of spec.lines) {
    parts.push(
      `<line x1="${legendX}" x2="${legendX + 16}" y1="28" y2="28" stroke="${colour(line.token)}" stroke-width="2"${line.dash === undefined ? '' : ` stroke-dasharray="${line.dash}"`}/>`,
      text(legendX + 20, 32, line.title),
    );
    legendX += 34 + line.title.length * 6.2;
  }
  parts.push(`<g transform="translate(0 ${HEAD})">`);
  for (const tick of layout.yTicks) {
    parts.push(
      `<line x1="${layout.left}" x2="${layout.right}" y1="${px(tick.at)}" y2="${px(tick.at)}" stroke="${colour('line')}"/>`,
      text(layout.left - 6, tick.at + 4, tick.label, 'text-anchor="end"'),
    );
  }
  for (const tick of layout.xTicks) parts.push(text(tick.at, height - 5, tick.label, 'text-anchor="middle"'));
  for (const { line, d, area } of layout.paths) {
    const isSolid = line.shape === 'dots' || line.shape === 'bars';
    if (area !== null) parts.push(`<path d="${area}" fill="${colour(line.token)}" opacity="0.12"/>`);
    parts.push(
      `<path d="${d}" fill="${isSolid ? colour(line.token) : 'none'}" stroke="${isSolid ? 'none' : colour(line.token)}" stroke-width="${line.width ?? 1.5}"${line.dash === undefined ? '' : ` stroke-dasharray="${line.dash}"`}/>`,
    );
  }
  for (const mark of layout.marks) {
    parts.push(
      `<line x1="${px(mark.at)}" x2="${px(mark.at)}" y1="${layout.top - 12}" y2="${layout.bottom}" stroke="${colour(mark.token)}" stroke-dasharray="4 3"/>`,
      text(mark.at + (mark.isLeft ? -4 : 4), layout.top - 4, mark.label, mark.isLeft ? 'text-anchor="end"' : ''),
    );
  }
  parts.push('</g>');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + HEAD}" viewBox="0 0 ${width} ${height + HEAD}">${parts.join('')}</svg>\n`;
}
