/**
 * The words of a report: outcomes, causes, titles and places. The HTML and Markdown writers share
 * them.
 */

import type { Outcome } from '../../contract/batch-records.ts';
import { UNKNOWN } from '../../contract/format.ts';
import { formatDateTime } from '../../contract/format-time.ts';
import type { Report } from '../../contract/report-model.ts';
import type { CauseKind, RunStatus } from '../../contract/run-info.ts';

export const outcomeWords: Record<Outcome, string> = {
  succeeded: 'succeeded',
  partial: 'partly failed',
  failed: 'failed',
  timed_out: 'timed out',
  unfinished: 'unfinished',
};

export const statusWords: Record<RunStatus, string> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
  running: 'Still running',
  unknown: 'End not in the logs',
};

const causeWords: Record<CauseKind, string | null> = {
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

/** Returns one sentence: how the run ended and what came first. */
export function sentenceOf(verdict: NonNullable<Report['verdict']>): string {
  const cause = verdict.firstCause === null ? null : causeWords[verdict.firstCause.kind];
  const ended = {
    succeeded: 'The run succeeded',
    failed: 'The run failed',
    cancelled: 'The run was cancelled',
    running: 'The run was still going on when its logs were taken',
    unknown: 'The logs do not say how the run ended',
  }[verdict.status];
  if (cause === null) return `${ended}.`;
  return verdict.status === 'failed' ? `${ended}: ${cause}.` : `${ended}; on the way, ${cause}.`;
}

export const roleWords = {
  primary: 'root cause',
  follow_on: 'follow-on',
  noise: 'known noise',
  other: 'other',
} as const;

export const titleCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).replaceAll('_', ' ');

/** Formats `2020-05-06 05:50:21.823 UTC`, or `–` if unknown. */
export function moment(iso: string | null): string {
  return iso === null ? UNKNOWN : `${formatDateTime(Date.parse(iso) * 1_000, 'utc')} UTC`;
}

/** Formats `05:50:21`. */
export const clock = (iso: string) => iso.slice(11, 19);

/** Returns node, pid and mini-batch as one phrase. */
export function whereOf(place: { node: string | null; pid: number | null; miniBatchId?: string | null }): string {
  return [
    place.node === null ? '' : `node ${place.node}`,
    place.pid === null ? '' : `pid ${place.pid}`,
    place.miniBatchId === null || place.miniBatchId === undefined ? '' : `mini-batch ${place.miniBatchId}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** Titles of the sections, in the order of the report. */
export const sectionTitles = {
  verdict: 'What happened',
  notes: 'Notes of the reporter',
  counts: 'In figures',
  timeline: 'Over time',
  batches: 'Failed and retried mini-batches',
  signatures: 'Errors, grouped',
  quotes: 'Quoted lines',
  resources: 'Resources around the failure',
  stragglers: 'Slow attempts and nodes',
  environment: 'Environment and settings',
  missing: 'What was missing',
  about: 'About this report',
} as const;
