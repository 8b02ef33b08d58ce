/**
 * The first generation's tables: one per process, and the master's reports at the end of the run.
 */
import { lengthMs, microOf, secondsText } from './attempt-text.ts';
import { type Dialect, nodeOf } from './dialect.ts';
import { EVENT, itemsOf, type Poison, type SampleProcess, type SimulatedRun } from './run-model.ts';
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
    for (; poisonAt < poisons.length; poisonAt++) {
      const poison = poisons[poisonAt] as Poison;
      if (poison.timeMs > untilMs) return;
      const items = itemsOf(run, poison.miniBatch);
      file.line(`${poison.miniBatch},4,${stamp.iso(poison.timeMs, 118)},${items},0,${items},0,0,0,TASK_POISONED,\n`);
    }
  };
  for (let i = run.offsets[process.index] as number; i < (run.offsets[process.index + 1] as number); i++) {
    const attempt = run.byProcess[i] as number;
    writePoisons(run.attempts.start[attempt] as number);
    taskRows(file, run, process, attempt, stamp);
  }
  writePoisons(process.endMs);
  file.close();
}

function taskRows(file: LogFile, run: SimulatedRun, process: SampleProcess, attempt: number, stamp: Stamp): void {
  const table = run.attempts;
  const startMs = table.start[attempt] as number;
  const endMs = table.end[attempt] as number;
  const miniBatch = table.miniBatch[attempt] as number;
  const start = stamp.iso(startMs, microOf(attempt));
  const head = `${miniBatch},${table.dequeue[attempt]},${start},`;
  file.line(`${head}0,0,0,0,0,0,TASK_PICKED,\n`);
  if (endMs > process.endMs || (process.end === 'stopped' && endMs > run.stop.atMs)) return;
  const fate = table.fate[attempt] as number;
  const isFirst = run.firstCause?.attempt === attempt;
  if (fate === FATE.killed) return;
  if (isFirst) file.mark();
  if (fate === FATE.timeout) note(file, stamp.iso(endMs, 601), 'ENTRY_SCRIPT_RUN_TIMEOUT', 'run() timeout');
  else if (fate === FATE.exception || fate === FATE.wrongType || fate === FATE.diskFull) {
    note(file, stamp.iso(endMs, 602), 'ENTRY_SCRIPT_RUN_EXCEPTION', runError(run, miniBatch, fate).message);
  } else {
    const total = itemsOf(run, miniBatch);
    const succeeded = table.succeeded[attempt] as number;
    file.line(`${head}${total},${succeeded},${total - succeeded},${figures(run, attempt)},TASK_PROCESSED,\n`);
  }
}

function figures(run: SimulatedRun, attempt: number): string {
  const table = run.attempts;
  return `${secondsText(lengthMs(run, attempt), attempt)},${secondsText(table.processMs[attempt] as number, attempt)},${secondsText(table.runMs[attempt] as number, attempt)}`;
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
    if (run.events.kind[i] !== EVENT.processed) continue;
    const attempt = run.events.ref[i] as number;
    const row = processedRow(run, attempt, stamps);
    file.line(`${row}\n`);
    if (!hasOverrides) continue;
    const miniBatch = run.attempts.miniBatch[attempt] as number;
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

function owner(run: SimulatedRun, attempt: number): SampleProcess {
  const process = run.processes[run.attempts.process[attempt] as number];
  if (!process) throw new Error(`attempt ${attempt} has no process`);
  return process;
}

function processedRow(run: SimulatedRun, attempt: number, stamps: readonly Stamp[]): string {
  const table = run.attempts;
  const process = owner(run, attempt);
  const miniBatch = table.miniBatch[attempt] as number;
  const total = itemsOf(run, miniBatch);
  const succeeded = table.succeeded[attempt] as number;
  const start = stamps[process.node]?.iso(table.start[attempt] as number, microOf(attempt)) ?? '';
  return `${miniBatch},${nodeOf(run, process).ip},${process.pid},${start},${total},${succeeded},${total - succeeded},${figures(run, attempt)}`;
}

function renderPending(tree: SampleTree, run: SimulatedRun, stamps: readonly Stamp[]): void {
  const last = new Int32Array(run.options.miniBatches).fill(-1);
  for (let i = 0; i < run.attempts.count; i++) last[run.attempts.miniBatch[i] as number] = i;
  let file: LogFile | null = null;
  for (let miniBatch = 0; miniBatch < run.scheduled; miniBatch++) {
    if (run.settled[miniBatch] === 1) continue;
    if (file === null) {
      file = tree.open('logs/sys/report/pending_tasks.csv', 'pending-report');
      file.line('Task Id,Ip Address,Process Id,Start Time\n');
    }
    const attempt = last[miniBatch] as number;
    if (attempt < 0) {
      file.line(`${miniBatch},N/A,N/A,N/A\n`);
      continue;
    }
    const process = owner(run, attempt);
    const start = stamps[process.node]?.iso(run.attempts.start[attempt] as number, microOf(attempt)) ?? '';
    file.line(`${miniBatch},${nodeOf(run, process).ip},${process.pid},${start}\n`);
  }
  file?.close();
}
