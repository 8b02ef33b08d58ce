/**
 * The run as a discrete event simulation: a scheduler that fills a queue, workers that start, run
 * init(), pick mini-batches and fail as the scenario says, and a master that counts and finally
 * stops the run. Nothing here knows what a log line looks like.
 */
import { endLiving, indexAttempts, linkProcesses, settleStory } from './after-run.ts';
import { drawLength, limitMs } from './attempt-length.ts';
import { EventQueue } from './event-queue.ts';
import { fateOf, newProcess, planInit, planNodes, planTrouble, type Trouble } from './plan.ts';
import { Random } from './random.ts';
import {
  EVENT,
  itemsOf,
  OUTCOME,
  type ProcessEnd,
  type SampleProcess,
  type SimulatedRun,
  type StopReason,
  scheduledAtMs,
} from './run-model.ts';
import type { ResolvedOptions } from './sample-options.ts';
import { FATE } from './scenario.ts';

const SPAWN = 1;
const INIT_END = 2;
const GET = 3;
const ATTEMPT_END = 4;
const VISIBLE = 5;
const STOP = 6;
const NODE_LOST = 7;

/** A fourth pick of a mini-batch poisons it. */
const MAX_PICKS = 3;
/** A process that failed more mini-batches than this is replaced. */
const FAILED_BEFORE_RESTART = 10;
/** Interval at which the master checks its queue. */
const POLL_MS = 10_000;

class Simulation {
  readonly run: SimulatedRun;
  readonly #trouble: Trouble;
  readonly #random: Random;
  readonly #queue = new EventQueue();
  readonly #current: number[] = [];
  readonly #retries: number[] = [];
  #retryHead = 0;
  readonly #parked: number[] = [];
  #next = 0;
  #settledCount = 0;
  #lastProgressMs: number;
  #stopReason: StopReason | null = null;
  #hasTurned = false;
  readonly #initFailuresOf: number[];
  readonly #nextOrdinal: number[];
  readonly #nextPid: number[];

  constructor(options: ResolvedOptions) {
    const random = new Random(options.seed, 'simulate');
    this.#random = random;
    const { run, trouble } = planTrouble(options);
    this.run = run;
    this.#trouble = trouble;
    run.nodes = planNodes(options, run.scenario);
    this.#initFailuresOf = run.nodes.map(() => 0);
    this.#nextOrdinal = run.nodes.map(() => 1);
    this.#nextPid = run.nodes.map((node) => node.mainPid + 20 + random.int(40));
    this.#lastProgressMs = run.firstTaskMs;
  }

  simulate(): SimulatedRun {
    const { run } = this;
    const queue = this.#queue;
    if (run.scenario.prelude !== null) return this.#finish('prelude', run.stop.atMs);
    const slots = run.options.processes;
    for (const node of run.nodes) {
      for (let slot = 0; slot < slots; slot++) {
        queue.push(node.startMs + 2500 + slot * this.#random.int(180), SPAWN, node.index * slots + slot);
      }
    }
    if (run.scenario.noTasks !== null) queue.push(run.stop.atMs, STOP, 0);
    const limit = run.scenario.progressUpdateTimeout * 1000;
    while (queue.pop()) {
      if (run.scenario.noTasks === null && queue.time > this.#lastProgressMs + limit) break;
      if (queue.kind === STOP) return this.#finish(this.#stopReason ?? run.scenario.noTasks ?? 'done', queue.time);
      this.#handle(queue.time, queue.kind, queue.ref);
    }
    return this.#finish('no_progress', this.#lastProgressMs + limit);
  }

  #handle(time: number, kind: number, ref: number): void {
    if (kind === SPAWN) this.#spawn(time, ref);
    else if (kind === INIT_END) this.#endInit(time, ref);
    else if (kind === GET) this.#get(time, ref);
    else if (kind === ATTEMPT_END) this.#endAttempt(time, ref);
    else if (kind === VISIBLE) this.#requeue(time, ref);
    else if (kind === NODE_LOST) this.#loseNode(time, ref);
  }

  #processAt(index: number): SampleProcess {
    const process = this.run.processes[index];
    if (process === undefined) throw new Error(`There is no process ${index}.`);
    return process;
  }

  #spawn(time: number, slotIndex: number): void {
    const { run } = this;
    const random = this.#random;
    const node = Math.floor(slotIndex / run.options.processes);
    const found = run.nodes[node];
    if (!found || found.lostMs !== null) return;
    const ordinal = this.#nextOrdinal[node] ?? 0;
    this.#nextOrdinal[node] = ordinal + 1;
    const pid = this.#nextPid[node] ?? 0;
    this.#nextPid[node] = pid + 1 + random.int(9);
    const index = run.processes.length;
    const process = newProcess(run.options, index, slotIndex, ordinal, pid, time);
    run.processes.push(process);
    this.#current.push(-1);
    const length = planInit(run, process, random);
    if (process.init !== 'unfinished') this.#queue.push(time + 350 + length, INIT_END, index);
  }

  #endInit(time: number, index: number): void {
    const { run } = this;
    const process = this.#processAt(index);
    if (process.end !== null) return;
    process.initEndMs = time;
    if (process.init === 'done') {
      this.#queue.push(time + 5 + this.#random.int(60), GET, index);
      return;
    }
    const isTimeout = process.init === 'timeout';
    if (isTimeout) run.counters.initTimeouts++;
    else run.counters.initExceptions++;
    this.#blame(
      isTimeout ? 'init_timeout' : run.scenario.initMode === 'import' ? 'import_error' : 'init_failed',
      index,
      null,
    );
    const failures = (this.#initFailuresOf[process.node] ?? 0) + 1;
    this.#initFailuresOf[process.node] = failures;
    const slots = run.options.processes;
    this.#endProcess(
      time + 40,
      process,
      isTimeout ? 'timeout' : 'init_failed',
      isTimeout ? 71 : 72,
      failures < 3 * slots,
    );
    if (run.counters.initExceptions + run.counters.initTimeouts === 2 * run.nodes.length * slots) {
      this.#askToStop(Math.max(time, 122_000), isTimeout ? 'init_timeout' : 'init_exception');
    }
  }

  #endProcess(time: number, process: SampleProcess, end: ProcessEnd, exitCode: number, isReplaced: boolean): void {
    process.end = end;
    process.endMs = time;
    process.exitCode = exitCode;
    this.run.events.add(EVENT.exited, time, process.index);
    if (!isReplaced) return;
    const slotIndex = process.node * this.run.options.processes + process.slot;
    this.#queue.push(time + 300 + this.#random.int(2400), SPAWN, slotIndex);
  }

  #get(time: number, index: number): void {
    const { run } = this;
    const process = this.#processAt(index);
    if (process.end !== null) return;
    while (this.#retryHead < this.#retries.length) {
      const miniBatch = this.#retries[this.#retryHead++];
      if (miniBatch === undefined) break;
      if (run.settled[miniBatch] === 1) continue;
      if ((run.picks[miniBatch] ?? 0) >= MAX_PICKS) {
        this.#poison(time, miniBatch, index);
        continue;
      }
      this.#pick(time, miniBatch, process);
      return;
    }
    if (this.#next >= run.options.miniBatches || run.scenario.noTasks !== null) {
      this.#parked.push(index);
      return;
    }
    const readyMs = scheduledAtMs(run, this.#next);
    if (readyMs <= time) this.#pick(time, this.#next++, process);
    else this.#queue.push(readyMs + 10 + this.#random.int(900), GET, index);
  }

  #poison(time: number, miniBatch: number, process: number): void {
    const { run } = this;
    run.events.add(EVENT.poisoned, time, run.poisons.length);
    run.poisons.push({ miniBatch, process, timeMs: time });
    const items = itemsOf(run, miniBatch);
    run.counters.itemsFailed += items;
    if (run.status[miniBatch] === OUTCOME.unfinished) run.status[miniBatch] = OUTCOME.failed;
    this.#settle(time, miniBatch);
  }

  #pick(time: number, miniBatch: number, process: SampleProcess): void {
    const { run } = this;
    const random = this.#random;
    const dequeue = (run.picks[miniBatch] ?? 0) + 1;
    run.picks[miniBatch] = dequeue;
    this.#setStatus(miniBatch, OUTCOME.unfinished);
    const fate = fateOf(run, this.#trouble, this.#hasTurned, miniBatch, dequeue, process);
    const length = drawLength(run, random, fate, process.node);
    const end = fate === FATE.hang ? Number.POSITIVE_INFINITY : time + length;
    const attempt = run.attempts.add(miniBatch, dequeue, process.index, time, end, fate);
    const overhead = Math.min(Math.floor(length * 0.4), 15 + random.int(240));
    run.attempts.runMs[attempt] = length - overhead;
    run.attempts.processMs[attempt] = Math.floor((length - overhead) * random.range(0.35, 0.97));
    this.#current[process.index] = attempt;
    run.events.add(EVENT.picked, time, attempt);
    if (fate !== FATE.hang) this.#queue.push(end, ATTEMPT_END, attempt);
    if (fate === FATE.late) this.#queue.push(time + limitMs(run), VISIBLE, miniBatch);
    if (fate === FATE.hang) this.#blame('no_progress', null, null);
  }

  /** Sets the status, which follows the last attempt until the mini-batch is settled. */
  #setStatus(miniBatch: number, status: number): void {
    if (this.run.settled[miniBatch] === 0) this.run.status[miniBatch] = status;
  }

  #endAttempt(time: number, attempt: number): void {
    const { run } = this;
    const table = run.attempts;
    const { process: owner, miniBatch, fate, start } = table.read(attempt);
    const process = this.#processAt(owner);
    if (process.end !== null || this.#current[process.index] !== attempt) return;
    this.#current[process.index] = -1;
    const limit = limitMs(run);
    if (fate === FATE.done || fate === FATE.partial || fate === FATE.empty || fate === FATE.late) {
      this.#complete(time, attempt, miniBatch, process, fate);
      return;
    }
    if (fate === FATE.killed) {
      table.outcome[attempt] = OUTCOME.unfinished;
      const isMemory = run.scenario.killSignal === 9;
      this.#blame(isMemory ? 'out_of_memory' : 'process_killed', process.index, attempt);
      this.#endProcess(time, process, 'killed', -run.scenario.killSignal, run.options.replaceKilled);
      this.#queue.push(start + limit + 500, VISIBLE, miniBatch);
      return;
    }
    if (fate === FATE.timeout) {
      table.outcome[attempt] = OUTCOME.timed_out;
      this.#setStatus(miniBatch, OUTCOME.timed_out);
      run.counters.runTimeouts++;
      this.#blame('run_timeout', process.index, attempt);
      run.events.add(EVENT.timedOut, time, attempt);
      this.#endProcess(time + 60, process, 'timeout', 71, true);
      this.#queue.push(time + 900, VISIBLE, miniBatch);
      return;
    }
    this.#raise(time, attempt, miniBatch, process, fate);
  }

  #raise(time: number, attempt: number, miniBatch: number, process: SampleProcess, fate: number): void {
    const { run } = this;
    run.attempts.outcome[attempt] = OUTCOME.failed;
    this.#setStatus(miniBatch, OUTCOME.failed);
    run.counters.runExceptions++;
    process.failed++;
    const kind = fate === FATE.wrongType ? 'bad_return_type' : fate === FATE.diskFull ? 'disk_full' : 'run_exception';
    this.#blame(kind, process.index, attempt);
    run.events.add(EVENT.failed, time, attempt);
    if (process.failed > FAILED_BEFORE_RESTART) {
      const end = process.done > 0 ? 'some_failed' : 'all_failed';
      this.#endProcess(time + 80, process, end, end === 'some_failed' ? 73 : 74, true);
    } else this.#queue.push(time + 15 + this.#random.int(50), GET, process.index);
    this.#queue.push(time + 2, VISIBLE, miniBatch);
  }

  #complete(time: number, attempt: number, miniBatch: number, process: SampleProcess, fate: number): void {
    const { run } = this;
    const total = itemsOf(run, miniBatch);
    let succeeded = total;
    if (fate === FATE.partial) succeeded = total - 1 - this.#random.int(Math.ceil(total * 0.6));
    if (fate === FATE.empty) succeeded = 0;
    succeeded = Math.max(0, succeeded);
    run.attempts.succeeded[attempt] = succeeded;
    const outcome = succeeded === total ? OUTCOME.succeeded : succeeded === 0 ? OUTCOME.failed : OUTCOME.partial;
    run.attempts.outcome[attempt] = outcome;
    process.done++;
    run.events.add(EVENT.processed, time, attempt);
    if (run.settled[miniBatch] === 0) {
      run.status[miniBatch] = outcome;
      run.counters.processed++;
      run.counters.processedItems += total;
      run.counters.itemsSucceeded += succeeded;
      run.counters.itemsFailed += total - succeeded;
      if (fate === FATE.empty) this.#blame('bad_return_type', process.index, attempt);
      this.#settle(time, miniBatch, process.index, attempt);
    }
    this.#queue.push(time + 8 + this.#random.int(70), GET, process.index);
  }

  #settle(time: number, miniBatch: number, process: number | null = null, attempt: number | null = null): void {
    const { run } = this;
    run.settled[miniBatch] = 1;
    this.#settledCount++;
    this.#lastProgressMs = time;
    const threshold = run.scenario.errorThreshold;
    if (threshold >= 0 && run.counters.itemsFailed > threshold && this.#stopReason === null) {
      this.#blame('error_threshold_exceeded', process, attempt);
      this.#askToStop(time, 'threshold');
    }
    if (this.#settledCount === run.options.miniBatches) {
      this.#askToStop(
        time,
        run.counters.itemsSucceeded === 0 && run.scenario.outputAction === 'append_row' ? 'no_result' : 'done',
      );
    }
    if (
      !this.#hasTurned &&
      run.scenario.turn !== null &&
      this.#settledCount >= run.scenario.turnAt * run.options.miniBatches
    ) {
      this.#takeTurn(time);
    }
  }

  #takeTurn(time: number): void {
    this.#hasTurned = true;
    const turn = this.run.scenario.turn;
    if (turn === 'cancel') {
      this.#blame('cancelled', null, null);
      this.#askToStop(time, 'cancelled');
    } else if (turn === 'cut') {
      this.#stopReason = 'cut';
      this.#queue.push(time + 137, STOP, 0);
    } else if (turn === 'overviewer') this.run.overviewerMovedMs = time + 250;
    else if (turn === 'node_lost' || turn === 'node_lost_recovered') {
      this.#queue.push(time + 1200, NODE_LOST, this.#trouble.node);
    }
  }

  #loseNode(time: number, nodeIndex: number): void {
    const { run } = this;
    const node = run.nodes[nodeIndex];
    if (!node) return;
    node.lostMs = time;
    const limit = limitMs(run);
    for (const process of run.processes) {
      if (process.node !== nodeIndex || process.end !== null) continue;
      process.end = 'lost';
      process.endMs = time;
      const attempt = this.#current[process.index] ?? -1;
      if (attempt < 0) continue;
      const { start, miniBatch } = run.attempts.read(attempt);
      this.#queue.push(start + limit, VISIBLE, miniBatch);
    }
    if (run.scenario.turn === 'node_lost') {
      run.firstCause ??= { kind: 'node_lost', process: null, attempt: null, node: nodeIndex };
      this.#askToStop(time + 32_000, 'node_lost');
    }
  }

  #requeue(time: number, miniBatch: number): void {
    if (this.run.settled[miniBatch] === 1) return;
    this.#retries.push(miniBatch);
    let process = this.#parked.shift();
    while (process !== undefined && this.#processAt(process).end !== null) process = this.#parked.shift();
    if (process !== undefined) this.#queue.push(time + 40 + this.#random.int(1500), GET, process);
  }

  #blame(kind: NonNullable<SimulatedRun['firstCause']>['kind'], process: number | null, attempt: number | null): void {
    if (this.run.firstCause !== null) return;
    const node = process === null ? null : this.#processAt(process).node;
    this.run.firstCause = { kind, process, attempt, node };
  }

  #askToStop(time: number, reason: StopReason): void {
    if (this.#stopReason !== null) return;
    this.#stopReason = reason;
    this.#queue.push(time + 900 + this.#random.int(POLL_MS - 1000), STOP, 0);
  }

  #finish(reason: StopReason, atMs: number): SimulatedRun {
    const { run } = this;
    const random = this.#random;
    run.stop = { reason, atMs };
    endLiving(run, this.#current, random);
    return run;
  }
}

/** Simulates the run that the options describe. Deterministic; uses about 60 bytes per attempt. */
export function simulate(options: ResolvedOptions): SimulatedRun {
  const run = new Simulation(options).simulate();
  settleStory(run);
  linkProcesses(run);
  indexAttempts(run);
  return run;
}
