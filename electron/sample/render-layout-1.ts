/** The first generation (early 2020), file by file in a fixed order; the padded logs come last. */

import { taskJson } from './attempt-text.ts';
import type { Dialect } from './dialect.ts';
import { renderMaster } from './render-master.ts';
import { processesByNode, renderPerf, type TruthSeries } from './render-perf.ts';
import { renderReports, renderTaskTable } from './render-reports.ts';
import { renderSupervisor } from './render-supervisor.ts';
import type { Poison, SimulatedRun } from './run-model.ts';
import type { SampleTree } from './sample-tree.ts';

const README = `Log layout of this run

logs/
  overview.txt     progress: how many mini batches were created and processed, and how the run ended
  azureml/         logs of the SDK on the nodes
  user/            what the entry script logged and printed, by node; error/ has its exceptions
  sys/
    master.txt     the master: creates the tasks, follows the progress, ends the run
    worker/        <node>/MainProcess.txt, Process-N.txt, Process-N.task.csv
    warning/ error/
    perf/          <node>/sys.csv for the node, the other files for one process each
    report/        processed, pending and override tasks

If processes are killed for lack of memory, take a larger VM or reduce --process_count_per_node.
`;

/** Returns the poisons that each process found, in time order. */
export function poisonsByProcess(run: SimulatedRun): Map<number, Poison[]> {
  const found = new Map<number, Poison[]>();
  for (const poison of run.poisons) {
    const list = found.get(poison.process);
    if (list) list.push(poison);
    else found.set(poison.process, [poison]);
  }
  return found;
}

/** Writes everything but the compute's logs and the padded worker and user logs. */
export function renderFirstGeneration(
  tree: SampleTree,
  run: SimulatedRun,
  dialect: Dialect,
  poisons: Map<number, Poison[]>,
): TruthSeries[] {
  tree.text('logs/readme.txt', 'readme', README);
  renderMaster(tree, run, dialect);
  renderReports(tree, run, dialect);
  const series = renderPerf(tree, run, dialect);
  const byNode = processesByNode(run);
  for (const node of run.nodes) renderSupervisor(tree, run, dialect, node, byNode[node.index] ?? []);
  if (run.options.taskCsv) {
    for (const process of run.processes) renderTaskTable(tree, run, process, poisons.get(process.index) ?? []);
  }
  for (const [index, list] of poisons) {
    const process = run.processes[index];
    const node = process ? run.nodes[process.node] : undefined;
    if (!process || !node) continue;
    const text = list.map((poison) => `${taskJson(run, poison.miniBatch, 4)}\n`).join('');
    tree.text(`logs/sys/poison_tasks_${node.ip}_${process.pid}.txt`, 'poison', text, {
      node: node.name,
      process: process.name,
      pid: process.pid,
    });
  }
  return series;
}
