/** The job reports and progress metrics of the second and third generation. */
import { lengthMs, microOf, secondsText, taskJson } from './attempt-text.ts';
import { nodeOf } from './dialect.ts';
import type { StoryLine } from './progress-story.ts';
import { csvCell } from './render-reports.ts';
import { attemptsOf, EVENT, itemsOf, OUTCOME, type SampleProcess, type SimulatedRun } from './run-model.ts';
import type { LogFile, SampleTree } from './sample-tree.ts';
import { Stamp, timedelta } from './stamp.ts';
import { runError } from './traceback-text.ts';

const BATCH_HEADER =
  'Mini-batch Id,Picked Count,Process,Start Time,Total,Succeeded,Failed,Elapsed Seconds,Process Seconds,Run Method Seconds,Status,Error Category,Error Message,Mini-batch Detail\n';
const SUMMARY_COLUMNS =
  'Mini-batches,Succeeded Mini-batches,Total,Succeeded,Failed,Elapsed Seconds,Process Seconds,Run Method Seconds';

/** Returns the name of a process in the reports: node and process name. */
function processCell(run: SimulatedRun, process: SampleProcess): string {
  return `${nodeOf(run, process).name}_${process.name}`;
}

function batchRow(
  file: LogFile,
  run: SimulatedRun,
  attempt: number,
  kind: number,
  stamp: Stamp,
  process: SampleProcess,
): void {
  const { miniBatch, dequeue, start, processMs, runMs, ...row } = run.attempts.read(attempt);
  const items = itemsOf(run, miniBatch);
  const isDone = kind === EVENT.processed;
  const succeeded = isDone ? row.succeeded : 0;
  const status = isDone ? 'RUN_DONE' : kind === EVENT.timedOut ? 'RUN_TIMEOUT' : 'RUN_EXCEPTION';
  const error = kind === EVENT.failed ? runError(run, miniBatch, row.fate).message : isDone ? '' : 'run() timeout';
  const detail = taskJson(run, miniBatch, dequeue);
  const seconds = `${secondsText(lengthMs(run, attempt), attempt)},${secondsText(processMs, attempt)},${secondsText(runMs, attempt)}`;
  if (run.firstCause?.attempt === attempt) file.mark();
  file.add(
    `${miniBatch},${dequeue},${processCell(run, process)},${stamp.iso(start, microOf(attempt))},${items},${succeeded},${items - succeeded},${seconds},${status},${isDone ? '' : 'User'},${csvCell(error)},${csvCell(detail)}\n`,
  );
}

/** Writes `processed_mini-batches.csv` and the summaries by process and by node. */
export function renderJobReport(tree: SampleTree, run: SimulatedRun): void {
  if (run.scenario.noTasks !== null) return;
  const file = tree.open('logs/sys/job_report/processed_mini-batches.csv', 'processed-report');
  file.line(BATCH_HEADER);
  const stamps = run.nodes.map((node) => new Stamp(run.epochMs + node.skewMs));
  const { events } = run;
  const isLoaded = new Uint8Array(run.processes.length);
  for (let i = 0; i < events.count; i++) {
    const { kind, ref: attempt } = events.read(i);
    if (kind !== EVENT.processed && kind !== EVENT.timedOut && kind !== EVENT.failed) continue;
    const { process: owner, start: startMs } = run.attempts.read(attempt);
    const process = run.processes[owner];
    const stamp = process ? stamps[process.node] : undefined;
    if (!process || !stamp) continue;
    if (isLoaded[process.index] === 0) {
      // A row without a mini-batch stands for loading the process's first inputs.
      isLoaded[process.index] = 1;
      const start = stamp.iso(startMs, 3);
      file.line(`,,${processCell(run, process)},${start},,,,0.${100 + (process.pid % 800)},,,LOAD_DONE,,,\n`);
    }
    batchRow(file, run, attempt, kind, stamp, process);
  }
  file.close();
  if (run.stop.reason === 'cut' || run.stop.reason === 'node_lost') return;
  renderSummaries(tree, run);
}

interface Sums {
  batches: number;
  good: number;
  total: number;
  succeeded: number;
  elapsedMs: number;
  processMs: number;
  runMs: number;
}

function sumUp(run: SimulatedRun, keyOf: (process: SampleProcess) => string): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  for (const process of run.processes) {
    const key = keyOf(process);
    const sum = sums.get(key) ?? { batches: 0, good: 0, total: 0, succeeded: 0, elapsedMs: 0, processMs: 0, runMs: 0 };
    sums.set(key, sum);
    for (const attempt of attemptsOf(run, process.index)) {
      const row = run.attempts.read(attempt);
      if (row.outcome === OUTCOME.unfinished) continue;
      sum.batches++;
      if (row.outcome === OUTCOME.succeeded) sum.good++;
      sum.total += itemsOf(run, row.miniBatch);
      sum.succeeded += row.succeeded;
      sum.elapsedMs += lengthMs(run, attempt);
      sum.processMs += row.processMs;
      sum.runMs += row.runMs;
    }
  }
  return sums;
}

function renderSummaries(tree: SampleTree, run: SimulatedRun): void {
  const write = (path: string, column: string, sums: Map<string, Sums>): void => {
    const file = tree.open(path, 'summary-report');
    file.line(`${column},${SUMMARY_COLUMNS}\n`);
    for (const [key, sum] of sums) {
      file.line(
        `${key},${sum.batches},${sum.good},${sum.total},${sum.succeeded},${sum.total - sum.succeeded},${(sum.elapsedMs / 1000).toFixed(3)},${(sum.processMs / 1000).toFixed(3)},${(sum.runMs / 1000).toFixed(3)}\n`,
      );
    }
    file.close();
  };
  write(
    'logs/sys/job_report/process_summary.csv',
    'Process',
    sumUp(run, (process) => processCell(run, process)),
  );
  write(
    'logs/sys/job_report/node_summary.csv',
    'Node',
    sumUp(run, (process) => nodeOf(run, process).name),
  );
}

/** Writes `sys/metrics/<hour>/progress.csv` from the progress lines, in a new folder each hour. */
export function renderProgressMetrics(tree: SampleTree, run: SimulatedRun, story: readonly StoryLine[]): void {
  const stamp = new Stamp(run.epochMs);
  let file: LogFile | null = null;
  let folder = '';
  for (const line of story) {
    if (line.processed === undefined) continue;
    const name = stamp.plain(line.ms).replace(/[-: ]/g, '').slice(0, 10);
    if (name !== folder) {
      file?.close();
      folder = name;
      file = tree.open(`logs/sys/metrics/${name}/progress.csv`, 'progress-metrics');
      file.line(
        'Datetime,Total Tasks,Scheduled Tasks,Completed Tasks,Failed Tasks,Elapsed Time,Estimated Remaining Time\n',
      );
    }
    const elapsed = (line.ms - run.firstTaskMs) / 1000;
    const total = run.options.miniBatches;
    const left = line.processed === 0 ? 'N/A' : timedelta((elapsed / line.processed) * (total - line.processed));
    const failed = run.poisons.filter((poison) => poison.timeMs <= line.ms).length;
    const scheduled = Math.min(total, Math.floor(elapsed * run.tasksPerSecond) + 1);
    file?.add(
      `${stamp.iso(line.ms, 31)},${total},${scheduled},${line.processed},${failed},${csvCell(timedelta(elapsed))},${csvCell(left)}\n`,
    );
  }
  file?.close();
}
