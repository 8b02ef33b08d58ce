/** Mini-batches, their attempts, and the worker processes that took them. */
import type { LineRef } from './line-records.ts';

export const outcomes = ['succeeded', 'partial', 'failed', 'timed_out', 'unfinished'] as const;

/** How an attempt ended. A mini-batch ends as its last attempt did. */
export type Outcome = (typeof outcomes)[number];

export interface MiniBatchRow {
  miniBatchId: string;
  status: Outcome;
  attempts: number;
  node: string | null;
  pid: number | null;
  total: number | null;
  succeeded: number | null;
  failed: number | null;
  /** Start of the first attempt. The other fields describe the last attempt. */
  startUs: number | null;
  endUs: number | null;
  durationSeconds: number | null;
}

export interface AttemptRow {
  miniBatchId: string;
  /** From 1, in time order. */
  attempt: number;
  node: string | null;
  pid: number | null;
  process: string | null;
  startUs: number | null;
  endUs: number | null;
  durationSeconds: number | null;
  processSeconds: number | null;
  runMethodSeconds: number | null;
  total: number | null;
  succeeded: number | null;
  failed: number | null;
  outcome: Outcome;
  error: string | null;
  pickedUp: LineRef | null;
  finished: LineRef | null;
}

export interface ProcessRow {
  node: string;
  process: string | null;
  pid: number | null;
  startUs: number | null;
  endUs: number | null;
  exitCode: number | null;
  attempts: number;
  succeeded: number;
  failed: number;
  busySeconds: number;
  files: number[];
}
