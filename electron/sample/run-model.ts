/**
 * The events of the run as compact arrays, from which the renderers write every file and the truth
 * is assembled. Times are milliseconds from the driver's start, on one true clock; each node writes
 * them with its own skew.
 */
import type { ResolvedOptions } from './sample-options.ts';
import type { FirstCauseKind, Scenario } from './scenario.ts';

/** Outcomes of attempts and statuses of mini-batches, in the order of their codes. */
export const OUTCOMES = ['succeeded', 'partial', 'failed', 'timed_out', 'unfinished'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const OUTCOME = { succeeded: 0, partial: 1, failed: 2, timed_out: 3, unfinished: 4 } as const;

/** Kinds of events that the master learns about. */
export const EVENT = { picked: 1, processed: 2, timedOut: 3, poisoned: 4, exited: 5, failed: 6 } as const;

export interface SampleNode {
  index: number;
  /** Name of the node's folders: an address, in later layouts a small integer. */
  name: string;
  ip: string;
  host: string;
  skewMs: number;
  speed: number;
  startMs: number;
  mainPid: number;
  mainThread: string;
  lostMs: number | null;
}

export type ProcessEnd =
  | 'finished'
  | 'stopped'
  | 'timeout'
  | 'init_failed'
  | 'some_failed'
  | 'all_failed'
  | 'killed'
  | 'lost'
  | 'cut';

export interface SampleProcess {
  index: number;
  node: number;
  slot: number;
  /** N of `Process-N` (from 1); names in later layouts count from 0. */
  ordinal: number;
  name: string;
  pid: number;
  thread: string;
  startMs: number;
  initEndMs: number;
  init: 'done' | 'exception' | 'timeout' | 'unfinished';
  endMs: number;
  end: ProcessEnd | null;
  exitCode: number | null;
  replacedBy: number | null;
  failed: number;
  done: number;
}

/** One pick-up of a mini-batch: a row of the {@link AttemptTable}, read. */
export interface Attempt {
  miniBatch: number;
  dequeue: number;
  process: number;
  start: number;
  end: number;
  processMs: number;
  runMs: number;
  succeeded: number;
  outcome: number;
  fate: number;
}

/** Attempts in the order in which they were picked up. */
export class AttemptTable {
  count = 0;
  miniBatch = new Int32Array(1024);
  dequeue = new Uint8Array(1024);
  process = new Int32Array(1024);
  start = new Float64Array(1024);
  end = new Float64Array(1024);
  processMs = new Int32Array(1024);
  runMs = new Int32Array(1024);
  succeeded = new Int32Array(1024);
  outcome = new Uint8Array(1024);
  fate = new Uint8Array(1024);

  /** Adds an attempt that has not ended; returns its index. */
  add(miniBatch: number, dequeue: number, process: number, start: number, end: number, fate: number): number {
    if (this.count === this.miniBatch.length) this.#grow();
    const at = this.count++;
    this.miniBatch[at] = miniBatch;
    this.dequeue[at] = dequeue;
    this.process[at] = process;
    this.start[at] = start;
    this.end[at] = end;
    this.fate[at] = fate;
    this.outcome[at] = OUTCOME.unfinished;
    return at;
  }

  /** Returns the attempt of an index below `count`. */
  read(index: number): Attempt {
    return {
      miniBatch: this.miniBatch[index] ?? 0,
      dequeue: this.dequeue[index] ?? 0,
      process: this.process[index] ?? 0,
      start: this.start[index] ?? 0,
      end: this.end[index] ?? 0,
      processMs: this.processMs[index] ?? 0,
      runMs: this.runMs[index] ?? 0,
      succeeded: this.succeeded[index] ?? 0,
      outcome: this.outcome[index] ?? 0,
      fate: this.fate[index] ?? 0,
    };
  }

  #grow(): void {
    const length = this.miniBatch.length * 2;
    const ints = (from: Int32Array): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(length);
      to.set(from);
      return to;
    };
    const bytes = (from: Uint8Array): Uint8Array<ArrayBuffer> => {
      const to = new Uint8Array(length);
      to.set(from);
      return to;
    };
    const floats = (from: Float64Array): Float64Array<ArrayBuffer> => {
      const to = new Float64Array(length);
      to.set(from);
      return to;
    };
    this.miniBatch = ints(this.miniBatch);
    this.process = ints(this.process);
    this.processMs = ints(this.processMs);
    this.runMs = ints(this.runMs);
    this.succeeded = ints(this.succeeded);
    this.start = floats(this.start);
    this.end = floats(this.end);
    this.dequeue = bytes(this.dequeue);
    this.outcome = bytes(this.outcome);
    this.fate = bytes(this.fate);
  }
}

/** Something that the master learns; `ref` is an attempt, a process or a poison, by the kind. */
export interface RunEvent {
  kind: number;
  time: number;
  ref: number;
}

/** The master's view: events in time order. */
export class EventTable {
  count = 0;
  kind = new Uint8Array(2048);
  time = new Float64Array(2048);
  ref = new Int32Array(2048);

  add(kind: number, time: number, ref: number): void {
    if (this.count === this.kind.length) {
      const kinds = new Uint8Array(this.count * 2);
      kinds.set(this.kind);
      this.kind = kinds;
      const times = new Float64Array(this.count * 2);
      times.set(this.time);
      this.time = times;
      const refs = new Int32Array(this.count * 2);
      refs.set(this.ref);
      this.ref = refs;
    }
    this.kind[this.count] = kind;
    this.time[this.count] = time;
    this.ref[this.count++] = ref;
  }

  /** Returns the event of an index below `count`. */
  read(index: number): RunEvent {
    return { kind: this.kind[index] ?? 0, time: this.time[index] ?? 0, ref: this.ref[index] ?? 0 };
  }
}

export interface Poison {
  miniBatch: number;
  process: number;
  timeMs: number;
}

export type StopReason =
  | 'done'
  | 'threshold'
  | 'init_exception'
  | 'init_timeout'
  | 'no_progress'
  | 'cancelled'
  | 'cut'
  | 'node_lost'
  | 'first_task_timeout'
  | 'no_input'
  | 'no_result'
  | 'prelude';

interface RunCounters {
  processed: number;
  processedItems: number;
  itemsSucceeded: number;
  itemsFailed: number;
  initExceptions: number;
  initTimeouts: number;
  runExceptions: number;
  runTimeouts: number;
}

export interface SimulatedRun {
  options: ResolvedOptions;
  scenario: Scenario;
  epochMs: number;
  runId: string;
  nodes: SampleNode[];
  processes: SampleProcess[];
  attempts: AttemptTable;
  /** Attempt indexes of each process, in time order: `byProcess[offsets[p] .. offsets[p + 1]]`. */
  byProcess: Int32Array;
  offsets: Int32Array;
  events: EventTable;
  poisons: Poison[];
  totalItems: number;
  status: Uint8Array;
  picks: Uint8Array;
  settled: Uint8Array;
  /** When the first task can be taken, and how many tasks per second the scheduler makes. */
  firstTaskMs: number;
  tasksPerSecond: number;
  /** Number of tasks that exist when the run ends. */
  scheduled: number;
  counters: RunCounters;
  stop: { reason: StopReason; atMs: number };
  /** When the overview stopped although the run went on. */
  overviewerMovedMs: number | null;
  driverEndMs: number;
  firstCause: { kind: FirstCauseKind; process: number | null; attempt: number | null; node: number | null } | null;
}

/** Returns the indexes of a process's attempts, in time order. */
export function attemptsOf(run: SimulatedRun, process: number): Int32Array {
  return run.byProcess.subarray(run.offsets[process], run.offsets[process + 1]);
}

/** Returns the process that picked up an attempt. */
export function processOf(run: SimulatedRun, attempt: Attempt): SampleProcess {
  const process = run.processes[attempt.process];
  if (process === undefined) throw new Error(`There is no process ${attempt.process}.`);
  return process;
}

/** Returns the number of items of a mini-batch; all but the last have the same number. */
export function itemsOf(run: SimulatedRun, miniBatch: number): number {
  const per = run.options.itemsPerMiniBatch;
  const rest = run.totalItems - (run.options.miniBatches - 1) * per;
  return miniBatch === run.options.miniBatches - 1 ? rest : per;
}

/** Returns when the scheduler put a task in the queue. */
export function scheduledAtMs(run: { firstTaskMs: number; tasksPerSecond: number }, miniBatch: number): number {
  return run.firstTaskMs + Math.floor((miniBatch * 1000) / run.tasksPerSecond);
}
