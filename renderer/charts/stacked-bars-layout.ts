/**
 * Where the bars of a chart by outcome stand: pure functions between bars, values and pixels.
 */

import { type Outcome, outcomes } from '../../electron/contract/batch-records.ts';
import { csvTable } from '../../electron/contract/csv.ts';

export interface Bar {
  key: string;
  /** By outcome, in the order of `outcomes`. */
  counts: readonly number[];
  /** The accessible name. */
  label: string;
}

/** A label at a share 0…1 of the width of all bars. */
export interface ShareLabel {
  share: number;
  label: string;
}

/** The room left of the bars for the scale. */
export const GUTTER_PX = 34;

/** From the base up. The worst outcome stands on the ground, where heights compare best. */
const stack: readonly Outcome[] = ['failed', 'timed_out', 'partial', 'unfinished', 'succeeded'];
const LEAST_PX = 2;

export function totalOf(bar: Bar): number {
  return bar.counts.reduce((all, count) => all + count, 0);
}

/** Returns the index of the bar at a place, or null beside all bars. */
export function barAt(x: number, width: number, bars: number): number | null {
  const index = Math.floor(((x - GUTTER_PX) / Math.max(1, width - GUTTER_PX)) * bars);
  return index >= 0 && index < bars ? index : null;
}

/** Returns the place of the middle of a bar. */
export function middleOf(index: number, width: number, bars: number): number {
  return GUTTER_PX + ((index + 0.5) / Math.max(1, bars)) * (width - GUTTER_PX);
}

/** Returns the bar that a key goes to, or null if it goes to none. */
export function barAfterKey(key: string, active: number | null, bars: number): number | null {
  if (key === 'ArrowRight') return Math.min(bars - 1, (active ?? -1) + 1);
  if (key === 'ArrowLeft') return Math.max(0, (active ?? bars) - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return bars - 1;
  return null;
}

export interface Segment {
  outcome: Outcome;
  top: number;
  height: number;
}

/** Stacks the outcomes of a bar from `ground` up. `scale` is the pixels of one attempt. */
export function segmentsOf({ counts }: Bar, ground: number, scale: number): Segment[] {
  const segments: Segment[] = [];
  let bottom = ground;
  let exact = 0;
  for (const outcome of stack) {
    const count = counts[outcomes.indexOf(outcome)] ?? 0;
    if (count === 0) continue;
    exact += count * scale;
    // A single failure among thousands must show.
    const least = outcome === 'succeeded' ? 1 : LEAST_PX;
    const top = Math.max(0, Math.min(Math.round(ground - exact), bottom - least));
    segments.push({ outcome, top, height: bottom - top });
    bottom = top;
  }
  return segments;
}

export function barsCsv(bars: readonly Bar[]): string {
  return csvTable(
    ['bar', ...outcomes],
    bars.map((bar) => [bar.label, ...outcomes.map((_, code) => bar.counts[code] ?? 0)]),
  );
}
