/**
 * One worker process's life as its worker log, user log and prints show it. Padding is distributed
 * by what is left of the requested size, so that the total comes close to it whatever the lengths
 * of lines.
 */
import { inputsText, itemName, lengthMs, resultJson, secondsText, taskJson } from './attempt-text.ts';
import { type Dialect, nodeOf } from './dialect.ts';
import { ProcessFiles } from './process-files.ts';
import { Random } from './random.ts';
import { writeInitError, writeInitTimeout } from './render-init.ts';
import { attemptsOf, itemsOf, type Poison, type SampleProcess, type SimulatedRun } from './run-model.ts';
import type { SampleTree } from './sample-tree.ts';
import { FATE } from './scenario.ts';
import { runError } from './traceback-text.ts';
import { initPrints, loggerText, longLine, printText, progressBar, startupPrints } from './user-text.ts';
import { wordFor } from './words.ts';
import { chatter, telemetryText } from './worker-text.ts';

export interface Padding {
  /** Requested characters per attempt; null for a natural amount. */
  perAttempt: number | null;
  /** Requested characters while init() works, in runs that never pick a mini-batch. */
  inInit: number;
}

/**
 * Processes beyond this number get no long lines or empty issue files, so that big runs stay
 * plausible.
 */
const ODDITIES_UP_TO = 48;

class ProcessStory {
  readonly #files: ProcessFiles;
  readonly #run: SimulatedRun;
  readonly #process: SampleProcess;
  readonly #random: Random;
  readonly #dialect: Dialect;
  readonly #padding: Padding;
  readonly #isOdd: boolean;

  readonly #poisons: readonly Poison[];
  #poisonAt = 0;

  constructor(
    tree: SampleTree,
    run: SimulatedRun,
    dialect: Dialect,
    process: SampleProcess,
    poisons: readonly Poison[],
    padding: Padding,
  ) {
    this.#run = run;
    this.#poisons = poisons;
    this.#process = process;
    this.#dialect = dialect;
    this.#padding = padding;
    this.#random = new Random(run.options.seed ^ Math.imul(process.index + 1, 0x9e3779b1), 'process');
    this.#files = new ProcessFiles(tree, run, dialect, process);
    this.#isOdd = process.index < ODDITIES_UP_TO;
  }

  write(): void {
    const run = this.#run;
    const process = this.#process;
    const files = this.#files;
    this.#writeStart();
    const attempts = attemptsOf(run, process.index);
    for (const [nth, attempt] of attempts.entries()) {
      this.#writePoisons(run.attempts.read(attempt).start);
      this.#writeAttempt(attempt, nth);
    }
    this.#writePoisons(process.endMs);
    this.#writeEnd(attempts.at(-1) ?? null);
    if (this.#isOdd) files.touchIssues(this.#random);
    const cause = run.firstCause;
    if (cause?.kind === 'node_lost' && cause.node === process.node && process.end === 'lost') files.user.markLast();
    files.close(process.end === 'killed' || process.end === 'lost' || process.end === 'cut', this.#random);
  }

  #writeStart(): void {
    const run = this.#run;
    const process = this.#process;
    const files = this.#files;
    const random = this.#random;
    const at = process.startMs;
    const number = process.name.replace(/\D+0*(?=\d)/, '');
    files.system(at, 'INFO', 'WorkerProcess', 'start', `Process ${number}: start processing thread.`);
    files.system(at + 12, 'INFO', 'Worker', 'run', `Process tasks on process ${number}.`);
    files.system(
      at + 40,
      'DEBUG',
      'EntryScript',
      'load',
      `Loading the entry script batch_score.py in ${nodeOf(run, process).ip}.`,
    );
    files.stdout.add(startupPrints(process.pid));
    files.system(at + 300, 'DEBUG', 'EntryScript', 'init', 'Calling init method in scoring module.');
    if (run.scenario.initMode !== 'import') {
      files.user.line(
        `${files.userHead(at + 420, 'INFO', 'init')}batch_score.py: loading the model with torch ${1 + (run.options.seed & 1)}.4.0\n`,
      );
    }
    const end = process.initEndMs;
    this.#padInit(at + 430, Number.isNaN(end) ? process.endMs : end);
    if (process.init === 'done') {
      files.stdout.add(initPrints());
      if (random.chance(0.6)) (files.stderr ?? files.stdout).add(progressBar(random, 'Loading weights', 14));
      files.user.add(
        `${files.userHead(end - 5, 'INFO', 'init')}batch_score.py: model ready\n  inputs : float32[?, 3, 224, 224]\n  outputs: float32[?, 8]\n\n`,
      );
      files.system(end, 'DEBUG', 'EntryScript', 'init', 'init method in scoring module returned successfully.');
    } else if (process.init === 'exception') writeInitError(files, run, end);
    else if (process.init === 'timeout') writeInitTimeout(files, run, end);
  }

  #padInit(from: number, to: number): void {
    const files = this.#files;
    const padding = this.#padding;
    const lines = Math.ceil(padding.inInit / 112);
    const step = Math.max(0, to - from - 10) / Math.max(1, lines);
    for (let i = 0; files.user.chars < padding.inInit; i++) this.#userLine(from + step * Math.min(i, lines), i);
  }

  #writeAttempt(attempt: number, nth: number): void {
    const run = this.#run;
    const files = this.#files;
    const random = this.#random;
    const dialect = this.#dialect;
    const { start, fate, miniBatch, dequeue, end: endMs } = run.attempts.read(attempt);
    const hasEnded = endMs <= this.#aliveUntil();
    const end = hasEnded ? endMs : this.#aliveUntil();
    const isFirstCause = run.firstCause?.attempt === attempt;
    if (dialect.isFirst) {
      files.system(start, 'DEBUG', 'TaskConsumer', 'get_task', `Got task ${miniBatch}.`);
      files.system(
        start + 2,
        'DEBUG',
        'TaskProcessor',
        'process',
        `scoring ${inputsText(run, miniBatch, "'", 20)} with output_action='${run.scenario.outputAction}'`,
      );
      files.system(start + 4, 'DEBUG', 'EntryScript', 'run', 'Calling run method in scoring module.');
    } else {
      files.system(
        start,
        'INFO',
        'TaskConsumer',
        'get_task',
        `Picked mini batch ${resultJson(run, attempt, files.stamp, 'TASK_PICKED')}.`,
      );
      files.system(
        start + 2,
        'DEBUG',
        'TaskProcessor',
        'process',
        `Mini batch detail: ${taskJson(run, miniBatch, dequeue)}`,
      );
    }
    files.user.line(
      `${files.userHead(start + 5, 'DEBUG', 'run')}batch_score.py: ${inputsText(run, miniBatch, "'", 20)}.\n`,
    );
    this.#plantWords(attempt, nth, start + 6);
    const bodyEnd = fate === FATE.hang ? Math.min(end, start + 20_000) : end;
    this.#writeBody(start + 6, Math.max(start + 7, bodyEnd - 4), miniBatch, nth);
    if (!hasEnded) return;
    if (fate === FATE.killed) {
      if (run.scenario.killSignal === 11)
        files.stdout.add(
          `Fatal Python error: Segmentation fault\n\nThread 0x00007f${random.hex(10)} (most recent call first):\n  File "batch_score.py", line 66 in forward\n`,
        );
    } else if (fate === FATE.timeout) {
      const limit = run.scenario.runInvocationTimeout + run.scenario.taskOverheadTimeout;
      if (!dialect.isFirst)
        files.system(
          end - 1,
          'ERROR',
          'TaskConsumer',
          'report',
          `Mini batch timed out: ${resultJson(run, attempt, files.stamp, 'RUN_TIMEOUT')}`,
        );
      files.system(
        end,
        'WARNING',
        'TaskMonitor',
        'watch',
        `mini batch ${miniBatch} did not finish in ${limit} seconds. Stopping this process.`,
        isFirstCause,
      );
    } else if (fate === FATE.exception || fate === FATE.wrongType || fate === FATE.diskFull)
      this.#writeRunError(attempt, end, fate, isFirstCause);
    else this.#writeDone(attempt, end, fate, isFirstCause);
  }

  #aliveUntil(): number {
    const process = this.#process;
    return Math.min(process.endMs, process.end === 'stopped' ? this.#run.stop.atMs : process.endMs);
  }

  #writeRunError(attempt: number, end: number, fate: number, isFirst: boolean): void {
    const run = this.#run;
    const files = this.#files;
    const { miniBatch, dequeue } = run.attempts.read(attempt);
    const error = runError(run, miniBatch, fate);
    if (miniBatch % 4 === 1)
      files.user.add(`${files.userHead(end - 2, 'ERROR', 'run')}batch_score.py: giving up\n${error.traceback}`);
    files.userError(
      end,
      `Entry script run() failed for ${error.message}. Details ${error.traceback.trimEnd()}`,
      isFirst,
    );
    const verb = this.#dialect.isFirst ? 'Failed to process task' : 'Failed to process';
    files.system(
      end + 1,
      'ERROR',
      'TaskConsumer',
      'process_task',
      `${verb} ${taskJson(run, miniBatch, dequeue)} with error ${error.message}. Detail: ${error.traceback.trimEnd()}`,
      isFirst,
    );
    if (this.#dialect.isFirst) return;
    // Known noise of the later generations, without effect on the result.
    if (miniBatch % 4 === 2) {
      files.system(
        end + 2,
        'ERROR',
        'TaskConsumer',
        'release',
        `Failed to set task visible\nTraceback (most recent call last):\n  File "task_queue.py", line 96, in set_visible\n    receipt = self.receipts.pop(task_id)\nKeyError: ${miniBatch}`,
      );
    }
    files.system(
      end + 3,
      'INFO',
      'TaskConsumer',
      'report',
      `Mini batch failed: ${resultJson(run, attempt, files.stamp, 'RUN_EXCEPTION')}`,
    );
  }

  #writeDone(attempt: number, end: number, fate: number, isFirst: boolean): void {
    const run = this.#run;
    const files = this.#files;
    const dialect = this.#dialect;
    const { miniBatch, succeeded, runMs } = run.attempts.read(attempt);
    const total = itemsOf(run, miniBatch);
    if (fate === FATE.partial || fate === FATE.empty) {
      for (let i = succeeded; i < Math.min(total, succeeded + 3); i++) {
        files.user.line(
          `${files.userHead(end - 3, 'WARNING', 'run')}no score for ${itemName(miniBatch * run.options.itemsPerMiniBatch + i)}: skipped\n`,
        );
      }
    }
    if (dialect.isFirst) {
      files.system(end - 2, 'DEBUG', 'EntryScript', 'run', 'Run method in scoring module returned successfully.');
      files.system(
        end - 1,
        'DEBUG',
        'TaskProcessor',
        'write',
        `write ${total} files' prediction results to temp_${this.#files.nodeName}_${this.#process.pid}_parallel_run_step.txt.`,
      );
      const seconds = secondsText(lengthMs(run, attempt), attempt);
      const method = secondsText(runMs, attempt);
      files.system(
        end,
        'DEBUG',
        'TaskProcessor',
        'process',
        `Batch processing completed. Total count: ${total}, success count: ${succeeded}, processing time: ${seconds}, run method time: ${method}`,
        isFirst,
      );
    } else
      files.system(
        end,
        'INFO',
        'TaskConsumer',
        'report',
        `Processed mini batch ${resultJson(run, attempt, files.stamp, 'RUN_DONE')}.`,
        isFirst,
      );
  }

  #plantWords(attempt: number, nth: number, ms: number): void {
    const files = this.#files;
    const word = wordFor(this.#run, this.#process.index, nth);
    if (word === null) return;
    const item = this.#run.attempts.read(attempt).miniBatch * this.#run.options.itemsPerMiniBatch;
    if (word.where === 'user') {
      files.user.plant(word.word);
      files.user.line(
        `${files.userHead(ms, 'INFO', 'run')}batch_score.py: calibration set ${word.word} applied to ${itemName(item)}\n`,
      );
    } else if (word.where === 'stdout') {
      files.stdout.plant(word.word);
      files.stdout.line(`note: ${word.word} – fallback used for ${itemName(item)}\n`);
    } else if (word.where === 'worker') {
      if (!this.#dialect.isLogged('INFO')) return;
      files.worker.plant(word.word);
      files.system(ms, 'INFO', 'Worker', 'environment', `Loaded plug-in ${word.word} for worker ${this.#process.pid}.`);
    } else {
      files.user.plant(word.word);
      files.user.line(
        `${files.userHead(ms, 'DEBUG', 'embed')}${longLine(this.#random, 66_000 + this.#random.int(90_000), word.word)}\n`,
      );
    }
  }

  /** Writes user and worker lines while run() works, spread over the attempt. */
  #writeBody(from: number, to: number, miniBatch: number, nth: number): void {
    const files = this.#files;
    const random = this.#random;
    const run = this.#run;
    const first = miniBatch * run.options.itemsPerMiniBatch;
    const items = itemsOf(run, miniBatch);
    const wish = this.#padding.perAttempt;
    const pid = this.#process.pid;
    if (wish === null || (nth & 7) === 0) {
      if (random.chance(0.25)) (files.stderr ?? files.stdout).add(progressBar(random, 'Scoring', Math.min(items, 20)));
      if (this.#isOdd && nth === 2 && this.#process.index % 5 === 0) {
        files.user.line(
          `${files.userHead(from, 'DEBUG', 'embed')}${longLine(random, 70_000 + random.int(70_000), 'float32')}\n`,
        );
      }
    }
    if (wish === null) {
      const lines = 3 + random.int(5);
      for (let i = 0; i < lines; i++) this.#userLine(from + ((to - from) * i) / lines, first + random.int(items));
      for (let i = random.int(4); i > 0; i--)
        files.stdout.add(printText(random, files.stamp, from, first + random.int(items), pid));
      return;
    }
    const isDebug = this.#dialect.isLogged('DEBUG');
    const lines = Math.max(1, Math.round(wish / 112));
    const step = (to - from) / lines;
    const before = files.user.chars + files.stdout.chars + files.worker.chars;
    for (let i = 0, ms = from; files.user.chars + files.stdout.chars + files.worker.chars - before < wish; i++) {
      const kind = random.next32() & 15;
      const item = first + (i % items);
      if (kind < 9) this.#userLine(ms, item);
      else if (kind < 12 || !isDebug) files.stdout.line(printText(random, files.stamp, ms, item, pid));
      else this.#workerLine(ms, item);
      if (ms + step < to) ms += step;
    }
  }

  #userLine(ms: number, item: number): void {
    const files = this.#files;
    const text = loggerText(this.#random, item);
    files.user.line(`${files.userHead(ms, text.level, text.func)}${text.message}\n`);
  }

  #workerLine(ms: number, item: number): void {
    const files = this.#files;
    const random = this.#random;
    const process = this.#process;
    const message = chatter(random, process.pid, item);
    const head = this.#dialect.head(files.stamp, ms, 'Worker', 'DEBUG', process.pid, process.thread, 'heartbeat');
    files.worker.line(`${head}${message}\n`);
  }

  #writePoisons(untilMs: number): void {
    for (const poison of this.#poisons.slice(this.#poisonAt)) {
      if (poison.timeMs > untilMs) return;
      this.#poisonAt++;
      const message = `Found poison message ${taskJson(this.#run, poison.miniBatch, 4)}.`;
      this.#files.system(poison.timeMs, 'WARNING', 'TaskConsumer', 'get_task', message);
    }
  }

  #writeEnd(lastAttempt: number | null): void {
    const run = this.#run;
    const process = this.#process;
    const files = this.#files;
    const { end, pid } = process;
    const at = process.endMs;
    if (end === 'killed' || end === 'lost' || end === 'cut') return;
    const last = lastAttempt === null ? null : run.attempts.read(lastAttempt);
    if (end === 'some_failed' || end === 'all_failed') {
      files.system(
        at - 20,
        'WARNING',
        'Worker',
        'run',
        `${process.failed} mini batches failed. ${process.done} succeeded.This process is exiting and a new process will start.`,
      );
    } else if (end === 'finished') {
      files.system(at - 60, 'INFO', 'Worker', 'run', 'This worker is exiting since get_tasks did not returned tasks.');
    } else if (end === 'stopped' && last !== null && last.end > run.stop.atMs) {
      files.system(
        at - 60,
        'WARNING',
        'Worker',
        'abort',
        `Process abort with unfinished mini batch ${last.miniBatch}.`,
      );
    }
    files.system(at - 8, 'INFO', 'Telemetry', 'log', telemetryText(run, process, files.stamp, at - 8));
    files.system(at, 'INFO', 'WorkerProcess', 'run', `The worker process ${pid} exits.`);
  }
}

/**
 * Writes the worker log, user log and prints of one process; `poisons` are those it found, in time
 * order.
 */
export function renderProcess(
  tree: SampleTree,
  run: SimulatedRun,
  dialect: Dialect,
  process: SampleProcess,
  poisons: readonly Poison[],
  padding: Padding,
): void {
  new ProcessStory(tree, run, dialect, process, poisons, padding).write();
}
