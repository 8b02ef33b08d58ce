/** A node's own supervisor: it starts the workers, notices when they end, and replaces them. */
import type { Dialect, Level } from './dialect.ts';
import type { SampleNode, SampleProcess, SimulatedRun } from './run-model.ts';
import type { LogFile, SampleTree } from './sample-tree.ts';
import { Stamp } from './stamp.ts';

interface Entry {
  ms: number;
  level: Level;
  func: string;
  message: string;
  isEvidence: boolean;
}

function entriesOf(run: SimulatedRun, node: SampleNode, processes: readonly SampleProcess[]): Entry[] {
  const entries: Entry[] = [];
  const add = (ms: number, level: Level, func: string, message: string, isEvidence = false): void => {
    entries.push({ ms, level, func, message, isEvidence });
  };
  add(node.startMs, 'INFO', 'start', `Worker - Starting on ${node.ip} with ${run.options.processes} processes.`);
  add(
    node.startMs + 60,
    'DEBUG',
    'start_monitor',
    `The resource monitor samples every ${run.options.perfIntervalSeconds} seconds.`,
  );
  for (const process of processes) {
    const nth = process.name.replace(/\D+0*(?=\d)/, '');
    add(process.startMs - 5, 'INFO', 'start_process', `Start worker process ${nth} with pid ${process.pid}.`);
    if (process.exitCode === null) continue;
    const isFirst = run.firstCause?.process === process.index && process.exitCode < 0;
    const level: Level = process.exitCode === 0 ? 'INFO' : 'WARNING';
    add(
      process.endMs + 20,
      level,
      'check_process',
      `The process ${process.pid} exits with exitcode ${process.exitCode}.`,
      isFirst,
    );
    if (process.replacedBy !== null) {
      add(
        process.endMs + 21,
        'WARNING',
        'check_process',
        `A new process will be started to replace the process ${process.pid}.`,
      );
    }
    if (process.end === 'finished') add(process.endMs + 30, 'DEBUG', 'monitor', `Process ${nth}: monitor finished.`);
  }
  const polled = run.stop.atMs - node.startMs;
  for (let polls = 100; polls * 10_000 < polled; polls += 100) {
    add(node.startMs + polls * 10_000, 'INFO', 'poll', `Polled ${polls} times.`);
  }
  if (node.lostMs === null && run.stop.reason !== 'cut') {
    const last = Math.max(run.stop.atMs, ...processes.map((process) => process.endMs));
    add(last + 400, 'INFO', 'end', `Worker - Ending on ${node.ip}.`);
  }
  const until = node.lostMs ?? Number.POSITIVE_INFINITY;
  return entries.filter((entry) => entry.ms <= until).sort((a, b) => a.ms - b.ms);
}

/** Writes one node's supervisor log and warning file. */
export function renderSupervisor(
  tree: SampleTree,
  run: SimulatedRun,
  dialect: Dialect,
  node: SampleNode,
  processes: readonly SampleProcess[],
): void {
  // The run was over before this node was ready.
  if (node.startMs > run.stop.atMs) return;
  const stamp = new Stamp(run.epochMs + node.skewMs);
  const owner = { node: node.name, process: dialect.supervisor, pid: node.mainPid };
  const file = tree.open(dialect.workerLog(node.name, dialect.supervisor), 'worker', owner);
  let warnings: LogFile | null = null;
  const entries = entriesOf(run, node, processes);
  for (const entry of entries) {
    if (!dialect.isLogged(entry.level)) continue;
    if (entry.isEvidence) file.mark();
    const { ms, level, func, message } = entry;
    file.add(`${dialect.head(stamp, ms, 'Worker', level, node.mainPid, node.mainThread, func)}${message}\n`);
    if (level !== 'WARNING') continue;
    warnings ??= tree.open(dialect.sysIssue('warning', node.name, dialect.supervisor), 'sys-warning', owner);
    warnings.add(`${dialect.shortHead(stamp, ms, 'Worker', level, node.mainPid, node.mainThread)}${message}\n`);
  }
  file.close(node.lostMs !== null ? 0.6 : undefined);
  warnings?.close();
  if (node.index < 24) {
    const lines = dialect.isFirst
      ? ''
      : `${dialect.shortHead(stamp, node.startMs + 900, '', 'ERROR', node.mainPid, node.mainThread)}stderr: Already registered authentication for run id: ${run.runId}\n`;
    tree.text(dialect.sysIssue('error', node.name, dialect.supervisor), 'sys-error', lines, owner);
  }
}
