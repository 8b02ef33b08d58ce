/**
 * A look is how the window shows an outcome, a level or a status: always a word and a letter or
 * shape besides the colour, because not everybody sees colour. `token` names the CSS variables
 * `--<token>`, `--<token>-text` and `--<token>-tint`.
 */

import type { Outcome } from '../../electron/contract/batch-records.ts';
import type { FileKind } from '../../electron/contract/file-records.ts';
import type { Level } from '../../electron/contract/line-records.ts';
import type { CauseKind, Confidence, RunStatus } from '../../electron/contract/run-info.ts';

export interface Look {
  word: string;
  /** One letter, for dense places. */
  letter: string;
  token: string;
}

export type Shape = 'check' | 'half' | 'cross' | 'clock' | 'ring' | 'dot' | 'triangle' | 'octagon' | 'bar';

export const levelLooks: Record<Level, Look & { shape: Shape }> = {
  debug: { word: 'Debug', letter: 'D', token: 'level-debug', shape: 'ring' },
  info: { word: 'Info', letter: 'I', token: 'level-info', shape: 'dot' },
  warning: { word: 'Warning', letter: 'W', token: 'level-warning', shape: 'triangle' },
  error: { word: 'Error', letter: 'E', token: 'level-error', shape: 'cross' },
  critical: { word: 'Critical', letter: 'C', token: 'level-critical', shape: 'octagon' },
};

/** The order of `Histogram.counts`. Null stands for lines without a level. */
export const histogramLevels: readonly (Level | null)[] = [null, 'debug', 'info', 'warning', 'error', 'critical'];

export const outcomeLooks: Record<Outcome, Look & { shape: Shape }> = {
  succeeded: { word: 'Succeeded', letter: 'S', token: 'outcome-succeeded', shape: 'check' },
  partial: { word: 'Partly failed', letter: 'P', token: 'outcome-partial', shape: 'half' },
  failed: { word: 'Failed', letter: 'F', token: 'outcome-failed', shape: 'cross' },
  timed_out: { word: 'Timed out', letter: 'T', token: 'outcome-timed-out', shape: 'clock' },
  unfinished: { word: 'Unfinished', letter: 'U', token: 'outcome-unfinished', shape: 'ring' },
};

export const statusLooks: Record<RunStatus, Look & { shape: Shape }> = {
  succeeded: { word: 'Succeeded', letter: 'S', token: 'outcome-succeeded', shape: 'check' },
  failed: { word: 'Failed', letter: 'F', token: 'outcome-failed', shape: 'cross' },
  cancelled: { word: 'Cancelled', letter: 'C', token: 'outcome-timed-out', shape: 'bar' },
  running: { word: 'Still running when downloaded', letter: 'R', token: 'level-info', shape: 'dot' },
  unknown: { word: 'How it ended is not in the logs', letter: '?', token: 'outcome-unfinished', shape: 'ring' },
};

export const confidenceWords: Record<Confidence, string> = {
  certain: 'certain',
  likely: 'likely',
  possible: 'possible',
};

/**
 * The cause as the rest of a sentence: “The run failed: run() raised an exception.” Null if there
 * is nothing to say.
 */
export const causeWords: Record<CauseKind, string | null> = {
  init_failed: 'init() failed',
  init_timeout: 'init() took too long',
  run_exception: 'run() raised an exception',
  run_timeout: 'run() took too long',
  error_threshold_exceeded: 'more items failed than the error threshold allows',
  out_of_memory: 'memory ran out',
  disk_full: 'a disk was full',
  process_killed: 'a worker process was killed',
  node_lost: 'a node was lost',
  mount_failed: 'an input could not be mounted',
  download_failed: 'an input could not be downloaded',
  import_error: 'the entry script could not be imported',
  no_progress: 'there was no progress for too long',
  first_task_timeout: 'the first mini-batches were not done in time',
  no_input: 'there was no input',
  bad_return_type: 'run() returned something of the wrong type',
  cancelled: 'somebody cancelled it',
  unknown: null,
};

export const kindWords: Record<FileKind, string> = {
  progress: 'Progress',
  result: 'Result',
  driver: 'Driver',
  master: 'Master',
  worker: 'Worker',
  user: 'User',
  issues: 'Issues',
  tasks: 'Tasks',
  resources: 'Resources',
  compute: 'Compute',
  profile: 'Profile',
  other: 'Other',
};

/**
 * The Okabe–Ito colours in the order that series take them. Yellow comes last because it is hard to
 * see on white.
 */
const SERIES_COLOURS = 8;

/**
 * Returns the CSS variable of the n-th series. Colours repeat after eight, so name the line as
 * well.
 */
export function seriesToken(index: number): string {
  return `series-${(index % SERIES_COLOURS) + 1}`;
}
