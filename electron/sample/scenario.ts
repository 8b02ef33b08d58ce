/** A scenario is what goes wrong in a sample run, and what analysis should say about it. */
import type { FailureKind } from './sample-options.ts';

/** The first cause that the analysis should name, in the terms of `postrun info`. */
export type FirstCauseKind =
  | 'init_failed'
  | 'init_timeout'
  | 'run_exception'
  | 'run_timeout'
  | 'error_threshold_exceeded'
  | 'out_of_memory'
  | 'disk_full'
  | 'process_killed'
  | 'node_lost'
  | 'mount_failed'
  | 'download_failed'
  | 'import_error'
  | 'no_progress'
  | 'first_task_timeout'
  | 'no_input'
  | 'bad_return_type'
  | 'cancelled';

export type RunStatus = 'succeeded' | 'failed' | 'cancelled' | 'running';

/** Fates of an attempt once a process has picked the mini-batch. */
export const FATE = {
  done: 0,
  partial: 1,
  empty: 2,
  exception: 3,
  timeout: 4,
  killed: 5,
  hang: 6,
  wrongType: 7,
  diskFull: 8,
  late: 9,
} as const;

/** Events that occur when a certain share of the mini-batches is done. */
type Turn = 'cancel' | 'cut' | 'node_lost' | 'node_lost_recovered' | 'hang' | 'disk_full' | 'overviewer';

/** Behaviour of one kind of run; the simulation knows nothing else about the kind. */
export interface Scenario {
  status: RunStatus;
  firstCause: FirstCauseKind | null;
  errorThreshold: number;
  outputAction: 'append_row' | 'summary_only';
  /** The run ends before any worker exists. */
  prelude: 'mount_failed' | 'download_failed' | 'system_exit_42' | null;
  /** The driver starts but creates no task. */
  noTasks: 'first_task_timeout' | 'no_input' | null;
  initMode: 'ok' | 'exception' | 'import' | 'timeout';
  /** Share of process starts whose init goes wrong. */
  initShare: number;
  badFate: number;
  /** Share of mini-batches that go wrong, at least `badAtLeast` of them. */
  badShare: number;
  badAtLeast: number;
  /** Number of attempts of such a mini-batch that go wrong (3 = all). */
  badAttempts: number;
  killSignal: number;
  turn: Turn | null;
  turnAt: number;
  slowNode: boolean;
  stragglerShare: number;
  idleNodes: boolean;
  runInvocationTimeout: number;
  taskOverheadTimeout: number;
  progressUpdateTimeout: number;
}

const HEALTHY: Scenario = {
  status: 'succeeded',
  firstCause: null,
  errorThreshold: 10,
  outputAction: 'append_row',
  prelude: null,
  noTasks: null,
  initMode: 'ok',
  initShare: 0,
  badFate: FATE.done,
  badShare: 0,
  badAtLeast: 0,
  badAttempts: 3,
  killSignal: 9,
  turn: null,
  turnAt: 1,
  slowNode: false,
  stragglerShare: 0,
  idleNodes: false,
  runInvocationTimeout: 60,
  taskOverheadTimeout: 30,
  progressUpdateTimeout: 600,
};

function failed(firstCause: FirstCauseKind, more: Partial<Scenario>): Partial<Scenario> {
  return { status: 'failed', firstCause, ...more };
}

const CHANGES: Record<FailureKind, Partial<Scenario>> = {
  none: {},
  init_failed: failed('init_failed', { initMode: 'exception', initShare: 1 }),
  init_timeout: failed('init_timeout', { initMode: 'timeout', initShare: 1 }),
  init_flaky: { initMode: 'exception', initShare: 0.3 },
  import_error: failed('import_error', { initMode: 'import', initShare: 1 }),
  run_exception: failed('run_exception', {
    badFate: FATE.exception,
    badShare: 0.08,
    badAtLeast: 4,
    errorThreshold: 20,
  }),
  run_exception_all: failed('run_exception', { badFate: FATE.exception, badShare: 1, errorThreshold: 150 }),
  run_timeout: failed('run_timeout', { badFate: FATE.timeout, badShare: 0.06, badAtLeast: 3, errorThreshold: 15 }),
  error_threshold_exceeded: failed('error_threshold_exceeded', {
    badFate: FATE.partial,
    badShare: 0.5,
    badAtLeast: 8,
    errorThreshold: 25,
  }),
  bad_return_type: failed('bad_return_type', { badFate: FATE.wrongType, badShare: 1, errorThreshold: 60 }),
  append_row_no_result: failed('bad_return_type', { badFate: FATE.empty, badShare: 1, errorThreshold: -1 }),
  out_of_memory: failed('out_of_memory', { badFate: FATE.killed, badShare: 0.06, badAtLeast: 5, errorThreshold: 25 }),
  process_killed: failed('process_killed', {
    badFate: FATE.killed,
    badShare: 0.06,
    badAtLeast: 5,
    errorThreshold: 25,
    killSignal: 11,
  }),
  disk_full: failed('disk_full', { turn: 'disk_full', turnAt: 0.4, errorThreshold: 30 }),
  node_lost: failed('node_lost', { turn: 'node_lost', turnAt: 0.5 }),
  node_lost_recovered: { turn: 'node_lost_recovered', turnAt: 0.3 },
  mount_failed: failed('mount_failed', { prelude: 'mount_failed' }),
  download_failed: failed('download_failed', { prelude: 'download_failed' }),
  no_input: failed('no_input', { noTasks: 'no_input' }),
  first_task_timeout: failed('first_task_timeout', { noTasks: 'first_task_timeout' }),
  no_progress: failed('no_progress', {
    turn: 'hang',
    turnAt: 0.35,
    runInvocationTimeout: 3600,
    progressUpdateTimeout: 1190,
  }),
  cancelled: { status: 'cancelled', firstCause: 'cancelled', turn: 'cancel', turnAt: 0.55 },
  cut_off: { status: 'running', turn: 'cut', turnAt: 0.6 },
  system_exit_42: failed('import_error', { prelude: 'system_exit_42' }),
  poisoned: { badFate: FATE.exception, badShare: 0.02, badAtLeast: 3, errorThreshold: -1 },
  some_items_failed: { badFate: FATE.partial, badShare: 0.05, badAtLeast: 3, errorThreshold: 1_000_000 },
  retried_then_succeeded: { badFate: FATE.exception, badShare: 0.05, badAtLeast: 4, badAttempts: 1 },
  slow_node: { slowNode: true },
  stragglers: { stragglerShare: 0.02 },
  idle_nodes: { idleNodes: true },
  overviewer_moved: { turn: 'overviewer', turnAt: 0.45 },
};

/** Looks up how a run of this kind behaves. */
export function scenarioOf(kind: FailureKind): Scenario {
  return { ...HEALTHY, ...CHANGES[kind] };
}
