/**
 * The files of one worker process, opened together and written in step; issue files are created
 * with their first line.
 */
import { type Dialect, type Level, nodeOf } from './dialect.ts';
import type { Random } from './random.ts';
import type { SampleProcess, SimulatedRun } from './run-model.ts';
import type { LogFile, SampleTree } from './sample-tree.ts';
import { Stamp } from './stamp.ts';

export class ProcessFiles {
  readonly worker: LogFile;
  readonly user: LogFile;
  readonly stdout: LogFile;
  readonly stderr: LogFile | null;
  readonly stamp: Stamp;
  readonly process: SampleProcess;
  readonly nodeName: string;
  readonly #tree: SampleTree;
  readonly #dialect: Dialect;
  readonly #issues = new Map<string, LogFile>();
  readonly #userName: string;
  readonly #userThread: string;

  constructor(tree: SampleTree, run: SimulatedRun, dialect: Dialect, process: SampleProcess) {
    const node = nodeOf(run, process);
    const owner = { node: node.name, process: process.name, pid: process.pid };
    this.#tree = tree;
    this.#dialect = dialect;
    this.process = process;
    this.nodeName = node.name;
    this.stamp = new Stamp(run.epochMs + node.skewMs);
    this.worker = tree.open(dialect.workerLog(node.name, process.name), 'worker', owner);
    this.user = tree.open(dialect.userLog(node.name, process.name), 'user', owner);
    const isCrlf = process.index % 7 === 3;
    const isMerged = dialect.isFirst && run.options.printsInUserLog;
    this.stdout = isMerged ? this.user : tree.open(dialect.stdout(node.name, process.name), 'stdout', owner, isCrlf);
    const stderr = dialect.stderr(node.name, process.name);
    this.stderr = stderr === null ? null : tree.open(stderr, 'stderr', owner);
    this.#userName = dialect.isFirst ? `${node.name}_${process.name}` : process.name;
    this.#userThread = process.thread;
  }

  /**
   * Writes a line of the worker log if the logging level permits it; warnings and errors go to
   * their own files too.
   */
  system(ms: number, level: Level, logger: string, func: string, message: string, isEvidence = false): void {
    if (!this.#dialect.isLogged(level)) return;
    const { pid, thread } = this.process;
    if (isEvidence) this.worker.mark();
    this.worker.add(`${this.#dialect.head(this.stamp, ms, logger, level, pid, thread, func)}${message}\n`);
    if (level !== 'WARNING' && level !== 'ERROR') return;
    const file = this.#issue(level === 'WARNING' ? 'warning' : 'error');
    file.add(`${this.#dialect.shortHead(this.stamp, ms, logger, level, pid, thread)}${message}\n`);
  }

  /** Writes to `logs/user/error/…`. */
  userError(ms: number, message: string, isEvidence = false): void {
    const file = this.#issue('user');
    if (isEvidence) file.mark();
    const { pid, thread } = this.process;
    file.add(`${this.#dialect.shortHead(this.stamp, ms, 'User Error', 'ERROR', pid, thread)}${message}\n`);
  }

  /** Returns the beginning of a line of the entry script's own logger. */
  userHead(ms: number, level: string, func: string): string {
    const { pid } = this.process;
    if (!this.#dialect.isFirst) return `${this.stamp.asctime(ms)}|${level}|${pid}|${this.#userThread}|${func}()|`;
    return `${this.stamp.asctime(ms)}|${this.#userName}|${level}|${pid}|${this.#userThread}|${func}()|`;
  }

  /**
   * Creates issue files that may stay empty, like handlers that open their file before the first
   * record.
   */
  touchIssues(random: Random): void {
    if (random.chance(0.5)) this.#issue('error');
    if (random.chance(0.4)) this.#issue('user');
  }

  #issue(which: 'warning' | 'error' | 'user'): LogFile {
    const found = this.#issues.get(which);
    if (found) return found;
    const { name, pid } = this.process;
    const path =
      which === 'user'
        ? this.#dialect.userError(this.nodeName, name)
        : this.#dialect.sysIssue(which, this.nodeName, name);
    const owner = { node: this.nodeName, process: name, pid };
    const file = this.#tree.open(path, which === 'user' ? 'user-error' : `sys-${which}`, owner);
    this.#issues.set(which, file);
    return file;
  }

  /** Closes all files. If the process did not end by itself, cuts their last lines. */
  close(isCut: boolean, random: Random): void {
    const keep = (): number | undefined => (isCut ? random.range(0.1, 0.85) : undefined);
    this.worker.close(keep());
    if (this.stdout !== this.user) this.stdout.close(random.chance(0.6) ? keep() : undefined);
    this.user.close(keep());
    this.stderr?.close();
    for (const file of this.#issues.values()) file.close();
  }
}
