/** Renders a failing init() in the files of its process. */
import type { ProcessFiles } from './process-files.ts';
import type { SimulatedRun } from './run-model.ts';
import { initError } from './traceback-text.ts';

/** Writes what an exception in init() leaves behind. */
export function writeInitError(files: ProcessFiles, run: SimulatedRun, ms: number): void {
  const error = initError(run);
  const trace = error.traceback.trimEnd();
  const isFirst = run.firstCause?.process === files.process.index;
  files.userError(ms, `Entry script init() failed for ${error.message}. Details ${trace}`, isFirst);
  const message = `The worker process ${files.process.pid} failed with ${error.message}. Detail ${trace}`;
  files.system(ms + 2, 'ERROR', 'WorkerProcess', 'run', message, isFirst);
}

/**
 * Writes what an init() that never returns leaves behind: its prints, and its end at the time
 * limit.
 */
export function writeInitTimeout(files: ProcessFiles, run: SimulatedRun, ms: number): void {
  const limit = run.scenario.runInvocationTimeout + run.scenario.taskOverheadTimeout;
  const { startMs, index } = files.process;
  for (let t = startMs + 8000; t < ms - 3000; t += 10_000) {
    files.stdout.line(`waiting for the licence server … ${Math.floor((t - startMs) / 1000)} s\n`);
  }
  const message = `mini batch -1 did not finish in ${limit} seconds. Stopping this process.`;
  files.system(ms, 'WARNING', 'TaskMonitor', 'watch', message, run.firstCause?.process === index);
}
