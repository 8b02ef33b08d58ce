/**
 * Sample runs of any size: the run is simulated first, then every file is rendered from what
 * happened, as the service writes it. The same options and seed give the same bytes. The truth is
 * written beside the folder, not into it.
 */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { dialectOf } from './dialect.ts';
import { renderCompute } from './render-compute.ts';
import { poisonsByProcess, renderFirstGeneration } from './render-layout-1.ts';
import { renderLaterGeneration } from './render-layout-later.ts';
import type { TruthSeries } from './render-perf.ts';
import { renderProcess } from './render-process.ts';
import { renderSystemLogs } from './render-system-logs.ts';
import { attemptsOf, type SimulatedRun } from './run-model.ts';
import { resolveOptions, type SampleOptions } from './sample-options.ts';
import { SampleTree } from './sample-tree.ts';
import { type SampleTruth, truthOf } from './sample-truth.ts';
import { simulate } from './simulate.ts';

export {
  type FailureKind,
  type SampleLayout,
  type SampleOptions,
  sampleFailureKinds,
} from './sample-options.ts';
export type { SampleTruth } from './sample-truth.ts';

/** Returns the path of the truth about the run in `dir`. */
export function truthPath(dir: string): string {
  return `${resolve(dir)}.truth.json`;
}

/**
 * Writes the sample run to `dir` and its truth to `<dir>.truth.json`; replaces files of the same
 * name.
 */
export async function writeSample(dir: string, options: SampleOptions = {}): Promise<SampleTruth> {
  const run = simulate(resolveOptions(options));
  const tree = new SampleTree(resolve(dir), options.onProgress);
  if (run.options.layout === '3') renderSystemLogs(tree, run);
  else renderCompute(tree, run);
  const series = run.scenario.prelude === null ? await renderLogs(tree, run) : [];
  const truth = truthOf(run, tree, series);
  await writeFile(truthPath(dir), `${JSON.stringify(truth, null, 1)}\n`);
  options.onProgress?.(tree.bytes);
  return truth;
}

async function renderLogs(tree: SampleTree, run: SimulatedRun): Promise<TruthSeries[]> {
  const dialect = dialectOf(run);
  const poisons = poisonsByProcess(run);
  const series = dialect.isFirst
    ? renderFirstGeneration(tree, run, dialect, poisons)
    : renderLaterGeneration(tree, run, dialect);
  const wish = run.options.megabytes === null ? null : run.options.megabytes * 1_000_000;
  let attemptsLeft = run.attempts.count;
  for (const process of run.processes) {
    const left = wish === null ? null : Math.max(0, wish - tree.bytes);
    const perAttempt = left === null ? null : left / Math.max(1, attemptsLeft);
    const inInit = left === null || run.attempts.count > 0 ? 0 : left / (run.processes.length - process.index);
    renderProcess(tree, run, dialect, process, poisons.get(process.index) ?? [], { perAttempt, inInit });
    attemptsLeft -= attemptsOf(run, process.index).length;
    // Let a progress bar or a cancellation through occasionally; the writing itself is synchronous.
    if (process.index % 16 === 15) await new Promise((done) => setImmediate(done));
  }
  return series;
}
