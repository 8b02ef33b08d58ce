/** How a report says things: words for outcomes and causes, numbers with their units. Shared by the HTML and the Markdown writer. */
import type { CauseKind, Outcome, RunStatus } from '../../contract/records.ts';
import type { Report } from '../../contract/report-model.ts';

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

/** One sentence: how it ended and what came first. */
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
  primary: 'first cause',
  follow_on: 'follow-on',
  noise: 'known noise',
  other: 'other',
} as const;

export const titleCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).replaceAll('_', ' ');

/** `12,345`; `–` for unknown. */
export function number(value: number | null, digits = 0): string {
  if (value === null || !Number.isFinite(value)) return '–';
  return value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

export const plural = (count: number, one: string, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** `1 h 04 m`, `4 m 05 s`, `3.2 s`. */
export function duration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '–';
  const s = Math.abs(seconds);
  const sign = seconds < 0 ? '−' : '';
  const two = (value: number) => String(value).padStart(2, '0');
  if (s < 0.9995) return `${sign}${Math.round(s * 1000)} ms`;
  if (s < 59.95) return `${sign}${s.toFixed(1)} s`;
  const whole = Math.round(s);
  if (s < 3599.5) return `${sign}${Math.floor(whole / 60)} m ${two(whole % 60)} s`;
  const minutes = Math.round(s / 60);
  if (minutes < 1440) return `${sign}${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
  return `${sign}${Math.floor(minutes / 1440)} d ${two(Math.floor(minutes / 60) % 24)} h`;
}

/** `1.4 GB`. */
export function bytes(value: number | null): string {
  if (value === null) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let size = Math.abs(value);
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 || size >= 99.95 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/** A value of a series, for its axis. */
export function measured(value: number, unit: string): string {
  if (unit === 'bytes') return bytes(value);
  if (unit === 'bytes/s') return `${bytes(value)}/s`;
  const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 1 : 0;
  return unit === 'count' || unit === '' ? number(value, digits) : `${number(value, digits)} ${unit}`;
}

/** `2020-05-06 05:50:21.823 UTC`, `–` for unknown. */
export function moment(iso: string | null): string {
  return iso === null ? '–' : `${iso.slice(0, 10)} ${iso.slice(11, 23)} UTC`;
}

/** `05:50:21`. */
export const clock = (iso: string) => iso.slice(11, 19);

/** Who and where, as one phrase. */
export function whereOf(place: { node: string | null; pid: number | null; miniBatchId?: string | null }): string {
  return [
    place.node === null ? '' : `node ${place.node}`,
    place.pid === null ? '' : `pid ${place.pid}`,
    place.miniBatchId === null || place.miniBatchId === undefined ? '' : `mini-batch ${place.miniBatchId}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** Title of each section, in the order of the report. */
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
