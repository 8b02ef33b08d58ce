/** Data behind the charts of attempts: lanes, figures over time, durations, retries, stragglers. */

import type { Outcome } from './batch-records.ts';
import type { LineRef } from './line-records.ts';

/** Counts in the order of `outcomes`: succeeded, partial, failed, timed_out, unfinished. */
export type OutcomeCounts = [number, number, number, number, number];

/**
 * One process within a lane. A lane is a worker slot: when a process is replaced, its successor
 * continues the lane. `processId` is stable within the case.
 */
export interface Lane {
  processId: number;
  node: string;
  process: string | null;
  pid: number | null;
  startUs: number | null;
  endUs: number | null;
  exitCode: number | null;
  replacedBy: number | null;
  attempts: number;
  /** Id of the slot's first process. The processes of a slot follow one another. */
  slot: number;
  /**
   * Last sign of life when the end is unknown: a line or an attempt. Null if there is none, or if
   * the end is known.
   */
  lastUs: number | null;
}

/**
 * Bars of the requested lanes, cut to pixels. `bars` holds six numbers per bar: lane (index into
 * `lanes`), first pixel, pixel after the last, outcome (index into `outcomes`), number of attempts,
 * and the attempt's id if the bar stands for one attempt, otherwise 0.
 */
export interface Lanes {
  total: number;
  fromUs: number;
  toUs: number;
  lanes: Lane[];
  bars: number[];
}

export interface ProcessDetail {
  lane: Lane;
  initSeconds: number | null;
  busySeconds: number;
  idleSeconds: number | null;
  succeeded: number;
  failed: number;
  /** Earlier and later processes in the same slot, oldest first. */
  predecessors: Lane[];
  successors: Lane[];
  /** Life-cycle events from the logs. */
  events: {
    type: string;
    timeUs: number | null;
    exitCode: number | null;
    detail: string | null;
    ref: LineRef | null;
  }[];
}

/** Ends over time: `counts[bucket]` by outcome. Unfinished ones count at their start. */
export interface OverTime {
  fromUs: number;
  toUs: number;
  bucketUs: number;
  counts: OutcomeCounts[];
}

export interface SpreadRow {
  node: string;
  process: string | null;
  pid: number | null;
  attempts: number;
  counts: OutcomeCounts;
  busySeconds: number;
  medianSeconds: number | null;
}

export interface Durations {
  /** Upper edges of the logarithmic bins in seconds, ascending. */
  edges: number[];
  /** Attempts in the order of `outcomes`, without those that have no duration. */
  counts: number[][];
  quantiles: {
    outcome: Outcome | null;
    count: number;
    p05: number;
    p25: number;
    p50: number;
    p75: number;
    p95: number;
    p99: number;
    max: number;
  }[];
}

export interface Retries {
  /** Mini-batches by number of pick-ups; index 0 holds those never picked up. */
  byPicks: number[];
  /** Second and later pick-ups over time. */
  overTime: OverTime;
  /** Outcomes of the retried mini-batches. */
  ended: OutcomeCounts;
  /** Retried mini-batches that moved to another node at least once. */
  moved: number;
}

export interface Stragglers {
  /** Attempts much slower than the others, slowest first, at most 200. */
  attempts: {
    attemptId: number;
    miniBatchId: string;
    attempt: number;
    node: string | null;
    pid: number | null;
    durationSeconds: number;
    times: number;
    cause: 'node' | 'input' | 'unknown';
  }[];
  slowCount: number;
  medianSeconds: number | null;
  nodes: { node: string; attempts: number; medianSeconds: number; ratio: number; slow: boolean }[];
  tail: {
    /** Size of the tail: the last 5 % of all mini-batches. */
    miniBatches: number;
    seconds: number;
    shareOfRun: number;
    idleWorkerSeconds: number;
  } | null;
  /** Seconds summed over all workers between the first start and the last end. */
  time: {
    /**
     * Time inside run() and around it, for attempts whose result counted. Null if the logs do not
     * say.
     */
    runMethod: number | null;
    overhead: number | null;
    idle: number;
    busy: number;
    /** Time lost to retries and failures, as in the {@link Ledger}. */
    retried: number;
    failed: number;
    total: number;
  };
}

export interface WhatIf {
  timeoutSeconds: number;
  maxTries: number;
  /** Finished attempts that the timeout would have cut. */
  cutAttempts: number;
  /** Mini-batches whose allowed attempts would all have been cut or failed. */
  lostMiniBatches: number;
  savedSeconds: number;
  /** Attempts longer than each quantile of duration: 200 points for the curve. */
  curve: { seconds: number; cut: number }[];
  configuredTimeoutSeconds: number | null;
  overheadTimeoutSeconds: number | null;
}

/**
 * Ends of attempts in buckets. `marks` holds three numbers each: bucket, outcome (index into
 * `outcomes`) and number of attempts, in bucket order. `pid` is null if it is unknown or if the
 * groups are nodes.
 */
export interface EndMarks {
  fromUs: number;
  toUs: number;
  bucketUs: number;
  groups: { node: string; pid: number | null; marks: number[] }[];
}

/**
 * Attempts on a grid. `others` and `apart` hold three numbers per dot: start in microseconds,
 * seconds, number of attempts.
 */
export interface AttemptDots {
  fromUs: number;
  toUs: number;
  /** Attempts with a duration. */
  total: number;
  maxSeconds: number;
  others: number[];
  apart: number[];
}

export type QuartileFigure = 'duration' | 'processTime' | 'runMethodTime' | 'items';

export interface FigureQuartiles {
  /** Attempts for which the logs give the figure. */
  count: number;
  min: number;
  p25: number;
  p50: number;
  p75: number;
  max: number;
}

/**
 * Times in seconds. A figure that no attempt has is null; `node` is null for the row of all
 * attempts.
 */
export interface QuartileRow extends Record<QuartileFigure, FigureQuartiles | null> {
  node: string | null;
  attempts: number;
}

/**
 * Errors of the requested groups over time: `counts[id]` has one number per bucket, in the order of
 * the ids.
 */
export interface Moments {
  fromUs: number;
  toUs: number;
  bucketUs: number;
  counts: number[][];
  /** Errors of each group that have no time and so belong to no bucket. */
  untimed: number[];
}
