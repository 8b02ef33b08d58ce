/** Completes the simulated run once it is over. */
import type { Random } from './random.ts';
import type { SampleProcess, SimulatedRun } from './run-model.ts';

/** Adjusts the scenario to what happened: a run too small to fail as asked has simply succeeded. */
export function settleStory(run: SimulatedRun): void {
  const { reason, atMs } = run.stop;
  if (reason === 'done') {
    run.scenario.status = 'succeeded';
    run.scenario.firstCause = null;
    run.firstCause = null;
  } else if (reason === 'cut') run.firstCause = null;
  else if (run.firstCause === null && run.scenario.firstCause !== null) {
    run.firstCause = { kind: run.scenario.firstCause, process: null, attempt: null, node: null };
  }
  if (run.scenario.status === 'failed' && run.firstCause) run.scenario.firstCause = run.firstCause.kind;
  if (run.scenario.prelude === null && run.scenario.noTasks === null) {
    const made = Math.floor(((atMs - run.firstTaskMs) * run.tasksPerSecond) / 1000) + 1;
    run.scheduled = Math.max(0, Math.min(run.options.miniBatches, made));
  }
  run.driverEndMs = atMs + 5200;
}

/** Records which process replaced which. */
export function linkProcesses(run: SimulatedRun): void {
  const last = new Map<number, SampleProcess>();
  for (const process of run.processes) {
    const slot = process.node * run.options.processes + process.slot;
    const before = last.get(slot);
    if (before) before.replacedBy = process.index;
    last.set(slot, process);
  }
}

/** Lists the attempts of each process (a counting sort: attempts are in time order already). */
export function indexAttempts(run: SimulatedRun): void {
  const { attempts } = run;
  const offsets = new Int32Array(run.processes.length + 1);
  const owners = attempts.process.subarray(0, attempts.count);
  for (const process of owners) offsets[process + 1] = (offsets[process + 1] ?? 0) + 1;
  let sum = 0;
  for (const [i, count] of offsets.entries()) offsets[i] = sum += count;
  const fill = offsets.slice();
  const byProcess = new Int32Array(attempts.count);
  for (const [i, process] of owners.entries()) {
    const at = fill[process] ?? 0;
    byProcess[at] = i;
    fill[process] = at + 1;
  }
  run.offsets = offsets;
  run.byProcess = byProcess;
}

/**
 * Ends the processes that are alive when the run stops; `current` has the attempt that each is in,
 * or -1.
 */
export function endLiving(run: SimulatedRun, current: readonly number[], random: Random): void {
  const { reason, atMs } = run.stop;
  for (const process of run.processes) {
    if (process.end !== null) continue;
    if (process.init !== 'unfinished' && Number.isNaN(process.initEndMs)) process.init = 'unfinished';
    if (reason === 'cut') {
      process.end = 'cut';
      process.endMs = atMs + random.int(100);
      continue;
    }
    const isIdle = current[process.index] === -1 && process.init === 'done';
    process.end = (reason === 'done' || reason === 'no_result') && isIdle ? 'finished' : 'stopped';
    process.endMs = atMs + 150 + random.int(2200);
    process.exitCode = process.end === 'finished' ? 0 : 82;
  }
}
