import type { Lane } from '../../../electron/contract/analysis.ts';
import type { FilterInput } from '../../../electron/contract/filter.ts';
import type { LaneBar } from './lane-bars.ts';

/** The attempts of a process that were open at a time within a bar. */
export function attemptFilter(lane: Pick<Lane, 'node' | 'pid'>, us: number, bar: LaneBar): FilterInput {
  // The pointer may be a pixel beside the bar.
  const within = Math.round(Math.min(Math.max(us, bar.fromUs), Math.max(bar.fromUs, bar.toUs - 1)));
  return {
    node: { include: [lane.node] },
    ...(lane.pid === null ? {} : { pid: { include: [lane.pid] } }),
    outcome: { include: [bar.outcome] },
    fromUs: within,
    toUs: within + 1,
  };
}
