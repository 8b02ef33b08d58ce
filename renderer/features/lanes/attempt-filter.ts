/**
 * Returns the filter for the attempts that a bar stands for: those of its process and outcome that
 * were open at a time within the bar.
 */
import type { Lane } from '../../../electron/contract/analysis.ts';
import type { FilterInput } from '../../../electron/contract/filter.ts';
import type { LaneBar } from './lane-bars.ts';

export function attemptFilter(lane: Pick<Lane, 'node' | 'pid'>, us: number, bar: LaneBar): FilterInput {
  // The pointer may be a pixel outside the bar.
  const within = Math.round(Math.min(Math.max(us, bar.fromUs), Math.max(bar.fromUs, bar.toUs - 1)));
  return {
    node: { include: [lane.node] },
    ...(lane.pid === null ? {} : { pid: { include: [lane.pid] } }),
    outcome: { include: [bar.outcome] },
    fromUs: within,
    toUs: within + 1,
  };
}
