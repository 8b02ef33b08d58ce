/**
 * The second (late 2020 to 2021) and third generation (from late 2021); the padded logs come last
 * here too.
 */
import type { Dialect } from './dialect.ts';
import { finalError, progressStory, type StoryLine, summaryText } from './progress-story.ts';
import { renderMaster } from './render-master.ts';
import { processesByNode, type TruthSeries } from './render-perf.ts';
import { renderLaterPerf } from './render-perf-later.ts';
import { renderJobReport, renderProgressMetrics } from './render-reports-later.ts';
import { renderSupervisor } from './render-supervisor.ts';
import type { SimulatedRun } from './run-model.ts';
import type { SampleTree } from './sample-tree.ts';
import { Stamp } from './stamp.ts';

const README = `Log layout of this run

logs/
  job_progress_overview.<time>.txt   progress and result
  user/   entry_script_log, stdout, stderr by node and process; error.txt and error/ for exceptions
  sys/    master_role, node, error, warning, job_report, metrics
  perf    resource usage by node (under sys/ in older versions)
`;

function renderResult(tree: SampleTree, run: SimulatedRun): void {
  const { reason, atMs } = run.stop;
  if (reason === 'cut' || reason === 'node_lost') return;
  const stamp = new Stamp(run.epochMs);
  const hour = stamp.plain(atMs).replace(/[-: ]/g, '').slice(0, 10);
  const error = finalError(run);
  if (error === null) {
    const text = reason === 'cancelled' ? 'User cancelled the run.' : `The job succeeded.\n${summaryText(run)}`;
    tree.text('logs/job_result.txt', 'result', `${text}\n`);
    return;
  }
  const where = run.counters.runExceptions + run.counters.initExceptions > 0 ? 'logs/user/error.txt' : 'logs/sys/error';
  tree.text(
    'logs/job_result.txt',
    'result',
    `The job failed with ${error.name}.\nSee logs/job_error.${hour}.txt, then ${where}.\n`,
  );
  tree.text(`logs/job_error.${hour}.txt`, 'result', `${stamp.iso(atMs + 2700, 91)} ${error.name}: ${error.message}\n`);
}

/** Writes everything but the compute's logs and the padded worker and user logs. */
export function renderLaterGeneration(tree: SampleTree, run: SimulatedRun, dialect: Dialect): TruthSeries[] {
  tree.text('logs/readme.txt', 'readme', README);
  renderMaster(tree, run, dialect);
  if (run.options.layout === '3') renderResult(tree, run);
  renderJobReport(tree, run);
  const story: StoryLine[] = progressStory(run);
  renderProgressMetrics(tree, run, story);
  const series = renderLaterPerf(tree, run, dialect);
  const byNode = processesByNode(run);
  for (const node of run.nodes) renderSupervisor(tree, run, dialect, node, byNode[node.index] ?? []);
  return series;
}
