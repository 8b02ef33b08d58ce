/** The busy share of a process: how much of its known life it spent on mini-batches, 0 to 1. */
import type { ProcessDetail } from '../../../electron/contract/analysis.ts';

/** Returns null if the logs do not show how long the process was idle. */
export function busyShare(life: Pick<ProcessDetail, 'busySeconds' | 'idleSeconds' | 'initSeconds'>): number | null {
  const { busySeconds, idleSeconds, initSeconds } = life;
  if (idleSeconds === null) return null;
  return busySeconds / Math.max(1e-9, busySeconds + idleSeconds + (initSeconds ?? 0));
}
