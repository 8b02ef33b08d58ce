/** Length of an attempt, depending on its fate. */
import type { Random } from './random.ts';
import type { SimulatedRun } from './run-model.ts';
import { FATE } from './scenario.ts';

/**
 * Returns the limit enforced on init() and run(): the invocation timeout plus the overhead timeout.
 */
export function limitMs(run: SimulatedRun): number {
  return (run.scenario.runInvocationTimeout + run.scenario.taskOverheadTimeout) * 1000;
}

/** Draws the milliseconds of one attempt on a node. */
export function drawLength(run: SimulatedRun, random: Random, fate: number, node: number): number {
  const { scenario } = run;
  const speed = run.nodes[node]?.speed ?? 1;
  const mean = run.options.meanSeconds * 1000;
  const limit = limitMs(run);
  const most = scenario.runInvocationTimeout * 920;
  const usual = Math.min((mean * Math.exp(0.32 * random.normal() - 0.05)) / speed, most);
  let length = usual;
  if (fate === FATE.exception || fate === FATE.wrongType) length = usual * random.range(0.1, 0.9);
  else if (fate === FATE.diskFull) length = 700 + random.int(1500);
  else if (fate === FATE.timeout) length = limit + random.int(600);
  else if (fate === FATE.late) length = limit + 2000 + random.int(4000);
  else if (fate === FATE.killed) {
    length = scenario.killSignal === 9 ? random.range(0.45, 0.9) * limit : usual * random.range(0.2, 0.9);
  } else if (scenario.stragglerShare > 0 && random.chance(scenario.stragglerShare)) {
    length = Math.max(usual, scenario.runInvocationTimeout * 1000 * random.range(0.72, 0.97));
  }
  return Math.max(3, Math.floor(length));
}
