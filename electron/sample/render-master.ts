/**
 * The overview and the master's logs, from the progress story and the messages that workers sent.
 */
import { resultJson, taskJson } from './attempt-text.ts';
import type { Dialect, Level } from './dialect.ts';
import { finalError, progressStory, type StoryLine } from './progress-story.ts';
import { EVENT, itemsOf, type RunEvent, type SimulatedRun, scheduledAtMs } from './run-model.ts';
import type { LogFile, SampleTree } from './sample-tree.ts';
import { Stamp } from './stamp.ts';

/** Yields the ids of the tasks whose sending is logged: 0 to 9, then 10, 20, … 90, 100, 200, …. */
function* loggedTaskIds(count: number): Generator<number> {
  for (let step = 1; step < count || step === 1; step *= 10) {
    for (let id = step === 1 ? 0 : step; id < step * 10 && id < count; id += step) yield id;
  }
}

function loggerOf(text: string): string {
  if (text.startsWith('Sent ')) return 'TaskScheduler';
  if (text.startsWith("The run's")) return 'Job';
  return text.startsWith('Master - ') ? 'Master' : 'progress';
}

class MasterLog {
  readonly #run: SimulatedRun;
  readonly #dialect: Dialect;
  readonly #stamp: Stamp;
  readonly #tree: SampleTree;
  readonly #pid: number;
  readonly #thread: string;
  readonly #folder: { node: string; process: string; pid: number };
  #file: LogFile;

  constructor(tree: SampleTree, run: SimulatedRun, dialect: Dialect) {
    const node = run.nodes[0];
    this.#tree = tree;
    this.#run = run;
    this.#dialect = dialect;
    this.#pid = node?.mainPid ?? 1;
    this.#thread = node?.mainThread ?? '0';
    this.#stamp = new Stamp(run.epochMs + (node?.skewMs ?? 0));
    this.#folder = { node: node?.name ?? '', process: dialect.supervisor, pid: this.#pid };
    this.#file = tree.open(this.#path(0), 'master', this.#folder);
  }

  #path(ms: number): string {
    if (this.#dialect.isFirst) return this.#dialect.master + (this.#dialect.master.endsWith('.txt') ? '' : '.txt');
    const stampText = this.#stamp.plain(ms).replace(/[-: ]/g, '').slice(0, 10);
    return `${this.#dialect.master}.${stampText}${ms > 0 ? '_1' : ''}.txt`;
  }

  #line(ms: number, level: Level, logger: string, func: string, message: string, isEvidence = false): void {
    if (!this.#dialect.isLogged(level)) return;
    if (isEvidence) this.#file.mark();
    this.#file.add(`${this.#dialect.head(this.#stamp, ms, logger, level, this.#pid, this.#thread, func)}${message}\n`);
  }

  write(story: readonly StoryLine[]): void {
    const run = this.#run;
    const { options, scenario } = run;
    this.#line(1200, 'INFO', 'Job', 'start', `Job - Starting, master node: ${run.nodes[0]?.ip}`);
    this.#line(1450, 'INFO', 'Master', 'start', 'Master - Starting');
    this.#line(
      1600,
      'INFO',
      'Master',
      'start',
      `Master - Start processing batch: outputAction:${scenario.outputAction}, miniBatchSize:${options.itemsPerMiniBatch}, processCountPerNode:${options.processes}, errorThreshold:${scenario.errorThreshold}, numberOfNodes:${options.nodes}`,
    );
    const others: StoryLine[] = story.filter((line) => line.to !== 'overview');
    for (const id of loggedTaskIds(run.scheduled)) {
      others.push({
        ms: scheduledAtMs(run, id),
        level: 'INFO',
        text: `Sent "${taskJson(run, id, 0)}" to queue.`,
        to: 'master',
      });
    }
    for (let ms = 30_000; ms < run.stop.atMs; ms += 300_000) {
      others.push({ ms, level: 'INFO', text: "The run's status is Running.", to: 'master' });
    }
    this.#addClosing(others);
    others.sort((a, b) => a.ms - b.ms);
    this.#merge(others);
    this.#writeEnd();
    this.#file.close(run.stop.reason === 'cut' || run.stop.reason === 'node_lost' ? 0.4 : undefined);
  }

  #addClosing(lines: StoryLine[]): void {
    const { reason, atMs } = this.#run.stop;
    if (reason === 'cut' || reason === 'node_lost' || reason === 'cancelled') return;
    const add = (ms: number, text: string): void => {
      lines.push({ ms: atMs + ms, level: 'INFO', text, to: 'master' });
    };
    add(60, 'Master - Waiting for all workers to finish...');
    if (finalError(this.#run) !== null) return;
    if (this.#run.scenario.outputAction === 'append_row') add(2650, 'Start concatenating.');
    add(4100, 'Master - All workers finished');
  }

  #merge(others: readonly StoryLine[]): void {
    const run = this.#run;
    const { events } = run;
    const withMessages = this.#dialect.isLogged('DEBUG');
    let at = 0;
    const moved = this.#dialect.isFirst ? null : run.overviewerMovedMs;
    let hasMoved = false;
    for (const line of others) {
      while (at < events.count && events.read(at).time <= line.ms) this.#event(events.read(at++), withMessages);
      if (moved !== null && !hasMoved && line.ms > moved) {
        hasMoved = true;
        this.#line(moved, 'WARNING', 'Master', 'role', 'The master role is handed over to another agent.');
        this.#file.close();
        this.#file = this.#tree.open(this.#path(moved), 'master', this.#folder);
        this.#line(
          moved + 40,
          'INFO',
          'Master',
          'role',
          `The master role starts on ${run.nodes[Math.min(1, run.nodes.length - 1)]?.name}.`,
        );
      }
      const logger = loggerOf(line.text);
      this.#line(
        line.ms,
        line.level,
        logger,
        logger === 'TaskScheduler' ? 'send' : 'report',
        line.text,
        line.isEvidence,
      );
    }
    while (at < events.count) this.#event(events.read(at++), withMessages);
  }

  #event({ kind, time: ms, ref }: RunEvent, withMessages: boolean): void {
    const run = this.#run;
    const stamp = this.#stamp;
    if (kind === EVENT.exited) {
      const process = run.processes[ref];
      if (process && process.node === 0 && process.exitCode !== null) {
        this.#line(
          ms,
          process.exitCode === 0 ? 'INFO' : 'WARNING',
          'Master',
          'check_process',
          `The process ${process.pid} exits with exitcode ${process.exitCode}.`,
        );
      }
      return;
    }
    if (!withMessages || kind === EVENT.failed) return;
    let json: string;
    if (kind === EVENT.poisoned) json = this.#poisonJson(ref);
    else {
      const process = run.processes[run.attempts.read(ref).process];
      const node = process ? run.nodes[process.node] : undefined;
      const workerStamp = node && node.skewMs !== 0 ? this.#skewed(node.index) : stamp;
      json = resultJson(run, ref, workerStamp, kind === EVENT.picked ? 50 : kind === EVENT.processed ? 99 : 60);
    }
    this.#line(ms, 'DEBUG', 'ResultConsumer', 'consume', `Got a message from worker: ${json}.`);
  }

  readonly #stamps = new Map<number, Stamp>();

  #skewed(node: number): Stamp {
    let found = this.#stamps.get(node);
    if (!found) {
      found = new Stamp(this.#run.epochMs + (this.#run.nodes[node]?.skewMs ?? 0));
      this.#stamps.set(node, found);
    }
    return found;
  }

  #poisonJson(ref: number): string {
    const run = this.#run;
    const poison = run.poisons[ref];
    const process = poison ? run.processes[poison.process] : undefined;
    if (!poison || !process) return '{}';
    const items = itemsOf(run, poison.miniBatch);
    const node = run.nodes[process.node];
    const epoch = this.#skewed(process.node).epoch(poison.timeMs, 118);
    return `{"id": ${poison.miniBatch}, "dequeue_count": 4, "total": ${items}, "succeeded": 0, "failed": ${items}, "ip": "${node?.ip}", "pid": ${process.pid}, "start_time": ${epoch}, "duration": 0, "process_time": 0, "run_method_time": 0, "status": 51}`;
  }

  #writeEnd(): void {
    const run = this.#run;
    const dialect = this.#dialect;
    const { reason, atMs } = run.stop;
    if (reason === 'cut' || reason === 'node_lost') return;
    const error = finalError(run);
    const failure = error === null ? 'None' : run.scenario.firstCause === 'node_lost' ? 'SystemError' : 'UserError';
    this.#line(
      atMs + 4200,
      'INFO',
      'Telemetry',
      'log',
      `Master - Telemetry: hostIp:${run.nodes[0]?.ip}, computeType:AmlCompute, startTime:${this.#stamp.iso(1450, 12)}, endTime:${this.#stamp.iso(atMs + 4200, 34)}, duration:${((atMs + 2750) / 1000).toFixed(3)}, inputFormat:File, inputDsCount:1, processedTasks:${run.counters.processed}, processedItems:${run.counters.processedItems}, failedItems:${run.counters.itemsFailed}, totalTasks:${run.scheduled}, totalItems:${run.scheduled === 0 ? 0 : run.totalItems}, outputAction:${run.scenario.outputAction}, miniBatchSize:${run.options.itemsPerMiniBatch}, processCountPerNode:${run.options.processes}, errorThreshold:${run.scenario.errorThreshold}, numberOfNodes:${run.options.nodes}, jobResult:${error === null && reason !== 'cancelled' ? 'Succeeded' : 'Failed'}, failureReason:${failure}, exceptionType:${error?.name ?? 'None'}`,
    );
    if (error !== null) {
      const text = `${error.name.startsWith('Entry') || error.name.startsWith('User') ? 'UserException' : 'Exception'} occurred executing job: ${error.message}\nTraceback (most recent call last):\n  File "${dialect.isFirst ? 'driver' : '/azureml-envs/azureml_6d1c0e3f/lib/python3.6/site-packages/azureml_sys/parallel_run'}/master_role.py", line 420, in finish_job\n    self.check_result()\n${dialect.isFirst ? '' : 'azureml_common.parallel_run.'}exception.${error.name}: ${error.message}`;
      this.#line(atMs + 4400, 'ERROR', 'Job', 'run', text, run.scenario.noTasks !== null);
      this.#issue('logs/sys/error.txt', atMs + 4400, 'Job', 'ERROR', text);
      if (
        run.firstCause &&
        run.counters.initExceptions +
          run.counters.runExceptions +
          run.counters.initTimeouts +
          run.counters.runTimeouts >
          0
      ) {
        this.#issue(dialect.userError(null, ''), atMs + 4410, 'User Error', 'ERROR', error.message);
      } else this.#tree.text(dialect.userError(null, ''), 'user-error', '', this.#folder);
    } else {
      this.#tree.text('logs/sys/error.txt', 'sys-error', '', this.#folder);
      this.#tree.text(dialect.userError(null, ''), 'user-error', '', this.#folder);
    }
    if (reason === 'cancelled')
      this.#issue('logs/sys/warning.txt', atMs + 300, 'Job', 'WARNING', 'User cancelled the run.');
    else
      this.#issue(
        'logs/sys/warning.txt',
        2050,
        'Job',
        'WARNING',
        'The argument --process_count_per_node is not set in the step, the value of the configuration is used.',
      );
    this.#line(atMs + 4600, 'INFO', 'Job', 'end', 'Job - Ending');
  }

  #issue(path: string, ms: number, logger: string, level: Level, message: string): void {
    const kind = path.includes('/user/') ? 'user-error' : level === 'ERROR' ? 'sys-error' : 'sys-warning';
    const file = this.#tree.open(path, kind, this.#folder);
    file.add(`${this.#dialect.shortHead(this.#stamp, ms, logger, level, this.#pid, this.#thread)}${message}\n`);
    file.close();
  }
}

function overviewPath(dialect: Dialect, stamp: Stamp, ms: number): string {
  if (dialect.isFirst) return 'logs/overview.txt';
  return `logs/job_progress_overview.${stamp.plain(ms).replace(/[-: ]/g, '').slice(0, 10)}.txt`;
}

/**
 * Writes the overview. If it moved, the first file stops and a newer one continues it (from the
 * second layout on).
 */
function renderOverview(tree: SampleTree, run: SimulatedRun, dialect: Dialect, story: readonly StoryLine[]): void {
  const stamp = new Stamp(run.epochMs);
  const moved = run.overviewerMovedMs;
  let path = overviewPath(dialect, stamp, 0);
  let file = tree.open(path, 'progress');
  let hasMoved = false;
  for (const line of story) {
    if (line.to === 'master') continue;
    if (moved !== null && !hasMoved && line.ms > moved) {
      hasMoved = true;
      if (dialect.isFirst)
        file.add(
          `${dialect.overviewHead(stamp, moved, 'INFO')}Progress update stopped for reasons: ['Got stop signal.'].\n`,
        );
      else file.add(`${dialect.overviewHead(stamp, moved, 'INFO')}The overviewer on ${run.nodes[0]?.name} stopped.\n`);
      file.close();
      const next = overviewPath(dialect, stamp, moved);
      path = dialect.isFirst
        ? `logs/overview.${stamp.plain(moved).slice(0, 10)}.txt`
        : next === path
          ? next.replace(/(\d\d)\.txt$/, (_, hour: string) => `${String(Number(hour) + 1).padStart(2, '0')}.txt`)
          : next;
      file = tree.open(path, 'progress');
      if (!dialect.isFirst)
        file.add(
          `${dialect.overviewHead(stamp, moved + 300, 'INFO')}The overviewer on ${run.nodes[Math.min(1, run.nodes.length - 1)]?.name} started.\n`,
        );
    }
    if (line.isEvidence) file.mark();
    const head =
      dialect.isFirst && hasMoved ? `${stamp.iso(line.ms, 271)} ` : dialect.overviewHead(stamp, line.ms, line.level);
    file.add(`${head}${line.text}\n`);
  }
  file.close();
}

/** Writes the overview, the master log and the master's issue files. */
export function renderMaster(tree: SampleTree, run: SimulatedRun, dialect: Dialect): void {
  const story = progressStory(run);
  renderOverview(tree, run, dialect, story);
  new MasterLog(tree, run, dialect).write(story);
}
