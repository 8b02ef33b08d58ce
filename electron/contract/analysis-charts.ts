/**
 * What the charts of attempts are drawn from: lanes, figures over time, durations, retries,
 * stragglers.
 */
import type { LineRef, Outcome } from './records.ts';

/**
 * Counts by outcome, in the order of `outcomes`: succeeded, partial, failed, timed_out, unfinished.
 */
export type OutcomeCounts = [number, number, number, number, number];

/**
 * One process within a lane. A lane is a worker slot: where a process was replaced, its successor
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
  /** Id of the first process of the slot; the processes of a slot come one after the other. */
  slot: number;
  /**
   * Last sign of life where no end is known: a line, or an attempt; null where there is none or the
   * end is known.
   */
  lastUs: number | null;
}

/**
 * Bars of the lanes asked for, cut to pixels: `bars` holds six numbers a bar — lane (index into
 * `lanes`), first pixel, pixel after the last, outcome (index in `outcomes`), number of attempts
 * that it stands for, and the id of the attempt where it stands for one, else 0.
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
  /** The processes before it in the same place, oldest first, and after it. */
  predecessors: Lane[];
  successors: Lane[];
  /** Its steps as the logs tell them. */
  events: {
    type: string;
    timeUs: number | null;
    exitCode: number | null;
    detail: string | null;
    ref: LineRef | null;
  }[];
}

/** Ends over time: `counts[bucket]` by outcome; unfinished ones count at their start. */
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
  /** Upper edges of the bins in seconds, ascending; the bins are logarithmic. */
  edges: number[];
  /** By outcome, in the order of `outcomes`; attempts without a duration are not in it. */
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
  /** Mini-batches by number of pick-ups: index 0 = never picked up. */
  byPicks: number[];
  /** Second and later pick-ups over time. */
  overTime: OverTime;
  /** Of the retried: how they ended. */
  ended: OutcomeCounts;
  /** Went to another node at least once. */
  moved: number;
}

export interface Stragglers {
  /** Attempts that are slow against all others, slowest first, at most 200. */
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
    /** The last mini-batches that are 5 % of all. */
    miniBatches: number;
    seconds: number;
    shareOfRun: number;
    idleWorkerSeconds: number;
  } | null;
  /** Seconds of all workers between the first start and the last end. */
  time: {
    /**
     * In run() and around it, of attempts whose result counted; null where the logs do not give it.
     */
    runMethod: number | null;
    overhead: number | null;
    idle: number;
    busy: number;
    /** Lost to retries and to failures, as in the {@link Ledger}. */
    retried: number;
    failed: number;
    total: number;
  };
}

export interface WhatIf {
  timeoutSeconds: number;
  maxTries: number;
  /** Finished attempts that would have been cut. */
  cutAttempts: number;
  /** Mini-batches of which every attempt within the tries would have been cut or failed. */
  lostMiniBatches: number;
  savedSeconds: number;
  /** Attempts that were longer, by quantile of duration: to draw the curve (200 points). */
  curve: { seconds: number; cut: number }[];
  configuredTimeoutSeconds: number | null;
  overheadTimeoutSeconds: number | null;
}

/**
 * Ends of attempts cut to buckets. `marks` holds three numbers each: bucket, outcome (index in
 * `outcomes`), number of attempts; in the order of the buckets. `pid` is null where the groups are
 * nodes, or unknown.
 */
export interface EndMarks {
  fromUs: number;
  toUs: number;
  bucketUs: number;
  groups: { node: string; pid: number | null; marks: number[] }[];
}

/**
 * Attempts on a grid. `others` and `apart` hold three numbers a dot: start in microseconds,
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
  /** Attempts of which the logs give the figure. */
  count: number;
  min: number;
  p25: number;
  p50: number;
  p75: number;
  max: number;
}

/** Times in seconds; a figure that no attempt has is null. `node` is null for all attempts. */
export interface QuartileRow extends Record<QuartileFigure, FigureQuartiles | null> {
  node: string | null;
  attempts: number;
}

/**
 * Errors of groups over time: `counts[id]` has a number for each bucket, in the order of the ids
 * that were asked for.
 */
export interface Moments {
  fromUs: number;
  toUs: number;
  bucketUs: number;
  counts: number[][];
  /** Errors of each group without a time, which are on no bucket. */
  untimed: number[];
}
