/** Pure functions that read the bars of lanes from the numbers that the engine sends. */

import type { Lanes } from '../../../electron/contract/analysis.ts';
import { type Outcome, outcomes } from '../../../electron/contract/batch-records.ts';

export interface LaneBar {
  fromUs: number;
  toUs: number;
  outcome: Outcome;
  /** The number of attempts it stands for. */
  count: number;
}

const NUMBERS = 6;

/**
 * Returns the bars of each lane. `indexOf` maps the lane number of the answer to a shown lane, or
 * to undefined if that lane is not shown.
 */
export function barsOf(
  data: Lanes,
  indexOf: (lane: number) => number | undefined,
  width: number,
): Map<number, LaneBar[]> {
  const byLane = new Map<number, LaneBar[]>();
  const usPerPixel = (data.toUs - data.fromUs) / Math.max(1, width);
  for (let i = 0; i + NUMBERS <= data.bars.length; i += NUMBERS) {
    const lane = data.bars[i] ?? 0;
    const from = data.bars[i + 1] ?? 0;
    const to = data.bars[i + 2] ?? 0;
    const code = data.bars[i + 3] ?? 0;
    const count = data.bars[i + 4] ?? 0;
    const bar = {
      fromUs: data.fromUs + from * usPerPixel,
      toUs: data.fromUs + to * usPerPixel,
      outcome: outcomes[code] ?? 'unfinished',
      count,
    };
    const index = indexOf(lane);
    if (index === undefined) continue;
    const known = byLane.get(index);
    if (known === undefined) byLane.set(index, [bar]);
    else known.push(bar);
  }
  return byLane;
}

/** Returns the bar at a time, or the nearest within a tolerance. */
export function barAt(bars: readonly LaneBar[], us: number, withinUs: number): LaneBar | null {
  let best: LaneBar | null = null;
  let least = withinUs;
  for (const bar of bars) {
    const away = us < bar.fromUs ? bar.fromUs - us : us > bar.toUs ? us - bar.toUs : 0;
    if (away > least || (away === least && best !== null && away > 0)) continue;
    best = bar;
    least = away;
    if (away === 0) break;
  }
  return best;
}

/** Returns the next bar of a lane after a time, or the previous one before it. */
export function stepBar(bars: readonly LaneBar[], us: number, step: 1 | -1): LaneBar | null {
  if (step > 0) return bars.find((bar) => bar.fromUs > us) ?? null;
  return bars.findLast((bar) => bar.fromUs < us) ?? null;
}
