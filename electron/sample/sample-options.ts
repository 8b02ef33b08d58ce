/** The options of a sample run, and the defaults that fill in every field. */
import { isOneOf } from '../contract/known-keys.ts';

/** Every scenario that the generator knows; `none` is a healthy run with nothing to report. */
export const sampleFailureKinds = [
  'none',
  'init_failed',
  'init_timeout',
  'init_flaky',
  'import_error',
  'run_exception',
  'run_exception_all',
  'run_timeout',
  'error_threshold_exceeded',
  'bad_return_type',
  'append_row_no_result',
  'out_of_memory',
  'process_killed',
  'disk_full',
  'node_lost',
  'node_lost_recovered',
  'mount_failed',
  'download_failed',
  'no_input',
  'first_task_timeout',
  'no_progress',
  'cancelled',
  'cut_off',
  'system_exit_42',
  'poisoned',
  'some_items_failed',
  'retried_then_succeeded',
  'slow_node',
  'stragglers',
  'idle_nodes',
  'overviewer_moved',
] as const;

export type FailureKind = (typeof sampleFailureKinds)[number];

/**
 * The generation of the folder layout: first (early 2020), second (late 2020 to 2021), third (from
 * late 2021).
 */
export type SampleLayout = '1' | '2' | '3';

type LoggingLevel = 'DEBUG' | 'INFO' | 'WARNING';

export interface SampleOptions {
  nodes?: number;
  /** Worker processes per node. */
  processes?: number;
  miniBatches?: number;
  /**
   * Approximate total size, reached by padding user and worker logs. If absent, logs have a natural
   * number of lines.
   */
  megabytes?: number;
  failure?: FailureKind;
  layout?: SampleLayout;
  seed?: number;
  loggingLevel?: LoggingLevel;
  /**
   * Writes `Process-N.task.csv`, which some first-generation builds do, but the earliest do not.
   */
  taskCsv?: boolean;
  itemsPerMiniBatch?: number;
  /** Mean seconds per mini-batch. */
  meanSeconds?: number;
  /** When the driver starts, as ISO 8601 in UTC. */
  start?: string;
  perfIntervalSeconds?: number;
  /** With one node: puts perf files directly under `logs/sys/perf/`. */
  singleNodePerfFlat?: boolean;
  /** The earliest first-generation form: prints and logger lines in one `Process-N.txt`. */
  printsInUserLog?: boolean;
  /** Replaces a process killed by a signal; the known first generation does not, later ones do. */
  replaceKilled?: boolean;
  /** Lets some nodes' clocks differ by seconds (default true). */
  clockSkew?: boolean;
  /** Called occasionally with the bytes written so far. */
  onProgress?: (bytes: number) => void;
}

export interface ResolvedOptions {
  nodes: number;
  processes: number;
  miniBatches: number;
  megabytes: number | null;
  failure: FailureKind;
  layout: SampleLayout;
  seed: number;
  loggingLevel: LoggingLevel;
  taskCsv: boolean;
  itemsPerMiniBatch: number;
  meanSeconds: number;
  start: string;
  perfIntervalSeconds: number;
  singleNodePerfFlat: boolean;
  printsInUserLog: boolean;
  replaceKilled: boolean;
  clockSkew: boolean;
}

const STARTS: Record<SampleLayout, string> = {
  '1': '2020-05-06T05:50:21.118Z',
  '2': '2021-04-15T22:03:29.402Z',
  '3': '2023-05-16T17:18:36.067Z',
};

/** Decides whether a text names a scenario. */
function isSampleFailureKind(text: string): text is FailureKind {
  return isOneOf(sampleFailureKinds, text);
}

function count(name: string, value: number | undefined, fallback: number, max: number): number {
  const chosen = value ?? fallback;
  if (!Number.isInteger(chosen) || chosen < 1 || chosen > max) {
    throw new RangeError(`sample: ${name} must be a whole number from 1 to ${max}, not ${chosen}`);
  }
  return chosen;
}

/** Fills in the defaults. Throws a RangeError that names the option if a value makes no sense. */
export function resolveOptions(options: SampleOptions): ResolvedOptions {
  const layout = options.layout ?? '1';
  if (!(layout in STARTS)) throw new RangeError(`sample: layout must be 1, 2 or 3, not ${layout}`);
  const failure = options.failure ?? 'none';
  if (!isSampleFailureKind(failure)) {
    throw new RangeError(`sample: unknown failure kind ${failure}; known: ${sampleFailureKinds.join(', ')}`);
  }
  const start = options.start ?? STARTS[layout];
  const startMs = Date.parse(start);
  if (Number.isNaN(startMs)) throw new RangeError(`sample: start must be an ISO 8601 time, not ${start}`);
  const megabytes = options.megabytes ?? null;
  if (megabytes !== null && !(megabytes > 0)) throw new RangeError('sample: megabytes must be more than 0');
  const nodes = count('nodes', options.nodes, 4, 2000);
  return {
    nodes,
    processes: count('processes', options.processes, 4, 512),
    miniBatches: count('miniBatches', options.miniBatches, 240, 20_000_000),
    megabytes,
    failure,
    layout,
    seed: (options.seed ?? 1) | 0,
    loggingLevel: options.loggingLevel ?? (layout === '1' ? 'DEBUG' : 'INFO'),
    taskCsv: options.taskCsv ?? true,
    itemsPerMiniBatch: count('itemsPerMiniBatch', options.itemsPerMiniBatch, 10, 100_000),
    meanSeconds: options.meanSeconds ?? 16,
    start: new Date(startMs).toISOString(),
    perfIntervalSeconds: options.perfIntervalSeconds ?? 30,
    singleNodePerfFlat: (options.singleNodePerfFlat ?? false) && nodes === 1,
    printsInUserLog: options.printsInUserLog ?? false,
    replaceKilled: options.replaceKilled ?? layout !== '1',
    clockSkew: options.clockSkew ?? true,
  };
}
