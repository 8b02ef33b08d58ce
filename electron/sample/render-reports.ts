/**
 * The first generation's tables: one per process, and the master's reports at the end of the run.
 */
import { lengthMs, microOf, secondsText } from './attempt-text.ts';
import { type Dialect, nodeOf } from './dialect.ts';
import {
  attemptsOf,
  EVENT,
  itemsOf,
  type Poison,
  processOf,
  type SampleProcess,
  type SimulatedRun,
} from './run-model.ts';
import type { LogFile, SampleTree } from './sample-tree.ts';
import { FATE } from './scenario.ts';
import { Stamp } from './stamp.ts';
import { initError, runError } from './traceback-text.ts';

const TASK_HEADER =
  'Task Id,Dequeue Count,Start Time,Total,Succeeded,Failed,Elapsed Seconds,Process Seconds,Run Method Seconds,Status,Error\n';
const NAMES = [
  'Task Id',
  'Ip Address',
  'Process Id',
  'Start Time',
  'Total',
  'Succeeded',
  'Failed',
  'Elapsed Seconds',
  'Process Seconds',
  'Run Method Seconds',
];
const NOTHING = 'N/A,N/A,N/A,N/A,N/A,N/A';

/** Quotes a cell if the csv module would (QUOTE_MINIMAL). */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function note(file: LogFile, time: string, status: string, error = ''): void {
  file.add(`N/A,N/A,${time},${NOTHING},${status},${csvCell(error)}\n`);
}

/** Writes `Process-N.task.csv` of one process. */
export function renderTaskTable(
  tree: SampleTree,
  run: SimulatedRun,
  process: SampleProcess,
  poisons: readonly Poison[],
): void {
  const node = nodeOf(run, process);
  const stamp = new Stamp(run.epochMs + node.skewMs);
  const owner = { node: node.name, process: process.name, pid: process.pid };
  const file = tree.open(`logs/sys/worker/${node.name}/${process.name}.task.csv`, 'task-table', owner);
  file.line(TASK_HEADER);
  note(file, stamp.iso(process.startMs + 300, process.pid % 1000), 'ENTRY_SCRIPT_INIT_START');
  const initMs = process.initEndMs;
  if (process.init === 'done') note(file, stamp.iso(initMs, 305), 'ENTRY_SCRIPT_INIT_DONE');
  else if (process.init === 'exception') {
    if (run.firstCause?.process === process.index) file.mark();
    note(file, stamp.iso(initMs, 306), 'ENTRY_SCRIPT_INIT_EXCEPTION', initError(run).message);
  } else if (process.init === 'timeout') {
    if (run.firstCause?.process === process.index) file.mark();
    note(file, stamp.iso(initMs, 307), 'ENTRY_SCRIPT_INIT_TIMEOUT', 'init() timeout');
  }
  let poisonAt = 0;
  const writePoisons = (untilMs: number): void => {
    for (const poison of poisons.slice(poisonAt)) {
      if (poison.timeMs > untilMs) return;
      poisonAt++;
      const items = itemsOf(run, poison.miniBatch);
      file.line(`${poison.miniBatch},4,${stamp.iso(poison.timeMs, 118)},${items},0,${items},0,0,0,TASK_POISONED,\n`);
    }
  };
  for (const attempt of attemptsOf(run, process.index)) {
    writePoisons(run.attempts.read(attempt).start);
    taskRows(file, run, process, attempt, stamp);
  }
  writePoisons(process.endMs);
  file.close();
}

function taskRows(file: LogFile, run: SimulatedRun, process: SampleProcess, attempt: number, stamp: Stamp): void {
  const { start: startMs, end: endMs, miniBatch, dequeue, fate, succeeded } = run.attempts.read(attempt);
  const start = stamp.iso(startMs, microOf(attempt));
  const head = `${miniBatch},${dequeue},${start},`;
  file.line(`${head}0,0,0,0,0,0,TASK_PICKED,\n`);
  if (endMs > process.endMs || (process.end === 'stopped' && endMs > run.stop.atMs)) return;
  const isFirst = run.firstCause?.attempt === attempt;
  if (fate === FATE.killed) return;
  if (isFirst) file.mark();
  if (fate === FATE.timeout) note(file, stamp.iso(endMs, 601), 'ENTRY_SCRIPT_RUN_TIMEOUT', 'run() timeout');
  else if (fate === FATE.exception || fate === FATE.wrongType || fate === FATE.diskFull) {
    note(file, stamp.iso(endMs, 602), 'ENTRY_SCRIPT_RUN_EXCEPTION', runError(run, miniBatch, fate).message);
  } else {
    const total = itemsOf(run, miniBatch);
    file.line(`${head}${total},${succeeded},${total - succeeded},${figures(run, attempt)},TASK_PROCESSED,\n`);
  }
}

function figures(run: SimulatedRun, attempt: number): string {
  const { processMs, runMs } = run.attempts.read(attempt);
  return [lengthMs(run, attempt), processMs, runMs].map((ms) => secondsText(ms, attempt)).join();
}

/** Writes the reports of processed, pending and override tasks; a run that was cut off has none. */
export function renderReports(tree: SampleTree, run: SimulatedRun, _dialect: Dialect): void {
  const { reason } = run.stop;
  if (run.scenario.noTasks !== null || reason === 'cut' || reason === 'node_lost') return;
  const stamps = run.nodes.map((node) => new Stamp(run.epochMs + node.skewMs));
  const file = tree.open('logs/sys/report/processed_tasks.csv', 'processed-report');
  file.line(`${NAMES.join(',')}\n`);
  const seen = new Map<number, string>();
  const overrides: string[] = [];
  const hasOverrides = run.scenario.slowNode;
  for (let i = 0; i < run.events.count; i++) {
    const { kind, ref: attempt } = run.events.read(i);
    if (kind !== EVENT.processed) continue;
    const row = processedRow(run, attempt, stamps);
    file.line(`${row}\n`);
    if (!hasOverrides) continue;
    const { miniBatch } = run.attempts.read(attempt);
    const prior = seen.get(miniBatch);
    if (prior !== undefined) overrides.push(`${prior},${row}`);
    seen.set(miniBatch, row);
  }
  file.close();
  if (overrides.length > 0) {
    const header = `${NAMES.map((name) => `Prior ${name}`).join(',')},${NAMES.join(',')}`;
    tree.text('logs/sys/report/override_tasks.csv', 'override-report', `${header}\n${overrides.join('\n')}\n`);
  }
  renderPending(tree, run, stamps);
}

function processedRow(run: SimulatedRun, attempt: number, stamps: readonly Stamp[]): string {
  const row = run.attempts.read(attempt);
  const process = processOf(run, row);
  const { miniBatch, succeeded } = row;
  const total = itemsOf(run, miniBatch);
  const start = stamps[process.node]?.iso(row.start, microOf(attempt)) ?? '';
  return `${miniBatch},${nodeOf(run, process).ip},${process.pid},${start},${total},${succeeded},${total - succeeded},${figures(run, attempt)}`;
}

function renderPending(tree: SampleTree, run: SimulatedRun, stamps: readonly Stamp[]): void {
  const last = new Map<number, number>();
  for (let i = 0; i < run.attempts.count; i++) last.set(run.attempts.read(i).miniBatch, i);
  let file: LogFile | null = null;
  for (let miniBatch = 0; miniBatch < run.scheduled; miniBatch++) {
    if (run.settled[miniBatch] === 1) continue;
    if (file === null) {
      file = tree.open('logs/sys/report/pending_tasks.csv', 'pending-report');
      file.line('Task Id,Ip Address,Process Id,Start Time\n');
    }
    const attempt = last.get(miniBatch);
    if (attempt === undefined) {
      file.line(`${miniBatch},N/A,N/A,N/A\n`);
      continue;
    }
    const row = run.attempts.read(attempt);
    const process = processOf(run, row);
    const start = stamps[process.node]?.iso(row.start, microOf(attempt)) ?? '';
    file.line(`${miniBatch},${nodeOf(run, process).ip},${process.pid},${start}\n`);
  }
  file?.close();
}
