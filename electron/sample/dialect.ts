/**
 * A dialect is how one generation of the service names its files and begins its lines. The
 * renderers ask it and do not know which layout they write.
 */
import type { SampleNode, SampleProcess, SimulatedRun } from './run-model.ts';
import type { Stamp } from './stamp.ts';

export type Level = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

const RANK: Record<Level, number> = { DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40 };

export interface Dialect {
  isFirst: boolean;
  /** Name of a node's own supervisor process. */
  supervisor: string;
  master: string;
  workerLog(node: string, name: string): string;
  sysIssue(level: 'warning' | 'error', node: string | null, name: string): string;
  userError(node: string | null, name: string): string;
  userLog(node: string, name: string): string;
  stdout(node: string, name: string): string;
  stderr(node: string, name: string): string | null;
  /** Returns the beginning of a line of a system log. */
  head(stamp: Stamp, ms: number, logger: string, level: Level, pid: number, thread: string, func: string): string;
  /** Returns the beginning of a line of a warning or error file: always the short form. */
  shortHead(stamp: Stamp, ms: number, logger: string, level: Level, pid: number, thread: string): string;
  /** Returns the beginning of a line of the progress overview. */
  overviewHead(stamp: Stamp, ms: number, level: Level): string;
  /** Decides whether the run's logging level permits this level. */
  isLogged(level: Level): boolean;
}

function firstGeneration(run: SimulatedRun): Dialect {
  const isDebug = run.options.loggingLevel === 'DEBUG';
  const least = RANK[run.options.loggingLevel];
  const single = run.options.nodes === 1;
  return {
    isFirst: true,
    supervisor: 'MainProcess',
    master: 'logs/sys/master.txt',
    workerLog: (node, name) => `logs/sys/worker/${node}/${name}.txt`,
    sysIssue: (level, node, name) =>
      node === null ? `logs/sys/${level}.txt` : `logs/sys/${level}/${node}/${name}.txt`,
    userError: (node, name) => (node === null ? 'logs/user/error.txt' : `logs/user/error/${node}/${name}.txt`),
    userLog: (node, name) => `logs/user/${node}/${name}.txt`,
    stdout: (node, name) => (single ? `logs/user/${name}.stdout.txt` : `logs/user/${node}/${name}.stdout.txt`),
    stderr: () => null,
    head: (stamp, ms, logger, level, pid, thread, func) =>
      isDebug
        ? `${stamp.asctime(ms)}|ParallelRunStep.${logger}|${level}|${pid}|${thread}|${func}()|`
        : `${stamp.asctime(ms)}|ParallelRunStep.${logger}|${level}|${pid}|`,
    shortHead: (stamp, ms, logger, level, pid) => `${stamp.asctime(ms)}|ParallelRunStep.${logger}|${level}|${pid}|`,
    overviewHead: (stamp, ms, level) => `${stamp.asctime(ms)}|${level}|`,
    isLogged: (level) => RANK[level] >= least,
  };
}

function laterGenerations(run: SimulatedRun): Dialect {
  const least = RANK[run.options.loggingLevel];
  const head = (stamp: Stamp, ms: number, level: Level, pid: number, thread: string): string =>
    `${stamp.asctime(ms)}|${level}|${pid}|${thread}|`;
  return {
    isFirst: false,
    supervisor: 'main',
    master: 'logs/sys/master_role',
    workerLog: (node, name) => `logs/sys/node/${node}/${name}.txt`,
    sysIssue: (level, node, name) =>
      node === null ? `logs/sys/${level}.txt` : `logs/sys/${level}/${node}/${name}.txt`,
    userError: (node, name) => (node === null ? 'logs/user/error.txt' : `logs/user/error/${node}/${name}.txt`),
    userLog: (node, name) => `logs/user/entry_script_log/${node}/${name}.log.txt`,
    stdout: (node, name) => `logs/user/stdout/${node}/${name}.stdout.txt`,
    stderr: (node, name) => `logs/user/stderr/${node}/${name}.stderr.txt`,
    head: (stamp, ms, _logger, level, pid, thread) => head(stamp, ms, level, pid, thread),
    shortHead: (stamp, ms, _logger, level, pid, thread) => head(stamp, ms, level, pid, thread),
    overviewHead: (stamp, ms) => `${stamp.iso(ms, (Math.floor(ms) * 797) % 1000)} `,
    isLogged: (level) => RANK[level] >= least,
  };
}

/** Chooses the dialect of the run's layout. */
export function dialectOf(run: SimulatedRun): Dialect {
  return run.options.layout === '1' ? firstGeneration(run) : laterGenerations(run);
}

/** Returns the node of a process. */
export function nodeOf(run: SimulatedRun, process: SampleProcess): SampleNode {
  const node = run.nodes[process.node];
  if (!node) throw new Error(`process ${process.index} has no node`);
  return node;
}
