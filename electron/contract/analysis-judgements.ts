/**
 * Judgements of the analysis about a run: what is missing, where time and items went, what to do,
 * how two runs differ.
 */

import type { Outcome } from './batch-records.ts';
import type { LineRef } from './line-records.ts';
import type { Confidence, RunInfo } from './run-info.ts';
import type { Signature } from './signatures.ts';

/**
 * A number and how it was counted: the contract's command and the command line that give the same
 * number.
 */
export interface Counted {
  label: string;
  value: number | null;
  /** In words: what was counted, and over which records. */
  how: string;
  /** `postrun …`, with PATH for the source. */
  cli: string;
  /**
   * SQL over the public tables that gives the same number. Null if the number is read from a line.
   */
  sql: string | null;
  evidence: LineRef[];
}

/**
 * Evidence that is absent although the run's own records mention it, or whose absence weakens other
 * conclusions.
 */
export interface MissingEvidence {
  kind:
    | 'files'
    | 'worker_logs'
    | 'user_logs'
    | 'pick_ups'
    | 'ends'
    | 'gap'
    | 'clock'
    | 'truncated'
    | 'empty'
    | 'unread'
    | 'no_end'
    | 'samples';
  message: string;
  /** The part of `expected` that is present. Null if there is no such number. */
  have: number | null;
  expected: number | null;
  nodes: string[];
  evidence: LineRef[];
}

export interface Completeness {
  missing: MissingEvidence[];
  clocks: { node: string; offsetSeconds: number; pairs: number }[];
}

export interface InitSummary {
  started: number;
  failed: number;
  timedOut: number;
  medianSeconds: number | null;
  slow: { node: string; process: string | null; pid: number | null; seconds: number; times: number }[];
  perNode: {
    node: string;
    started: number;
    failed: number;
    timedOut: number;
    medianSeconds: number | null;
    firstWorkUs: number | null;
  }[];
  /** Nodes with processes, none of which picked up a mini-batch. */
  idleNodes: string[];
}

export interface ErrorBudget {
  threshold: number | null;
  /** Failed items over time, cumulative; at most 500 points. */
  points: { timeUs: number; failed: number }[];
  exceededUs: number | null;
  failed: number;
  /**
   * Mini-batches that failed without figures. They count in `points` with all items given to them
   * (their inputs, or the common size).
   */
  assumedMiniBatches: number;
  /** Failed mini-batches whose number of items is unknown. They are not in `points`. */
  unknownMiniBatches: number;
}

export interface Advice {
  rule: string;
  title: string;
  /** The figures in words. */
  figures: string;
  advice: string;
  /** Source of the threshold. */
  source: string;
  confidence: Confidence;
  evidence: LineRef[];
}

export interface RerunItem {
  miniBatchId: string;
  status: Outcome;
  reason: string;
  attempts: number;
  /** As the logs give them (JSON text or file names). Null if they do not. */
  inputs: string | null;
}

export interface Ledger {
  /** Seconds that worker processes existed, from their start to their end (or the run's). */
  heldSeconds: number;
  busySeconds: number;
  idleSeconds: number;
  startUpSeconds: number;
  lostToRetriesSeconds: number;
  lostToFailuresSeconds: number;
  afterLastSuccessSeconds: number;
  nodeHours: number;
  /** CPU time of run() over its elapsed time. Null if the logs do not say. */
  processShare: number | null;
  perNode: {
    node: string;
    heldSeconds: number;
    busySeconds: number;
    startUpSeconds: number;
    afterLastSuccessSeconds: number;
  }[];
}

export interface LifePhase {
  phase:
    | 'queue'
    | 'preparation'
    | 'start'
    | 'scheduling'
    | 'first_task'
    | 'ramp_up'
    | 'plateau'
    | 'tail'
    | 'concatenation'
    | 'end';
  fromUs: number;
  toUs: number;
  evidence: LineRef[];
}

export interface LifeCycle {
  phases: LifePhase[];
  marks: {
    kind: 'failover' | 'node_joined' | 'node_left' | 'cancelled' | 'stop' | 'first_failure' | 'process_exit';
    timeUs: number;
    message: string;
    ref: LineRef | null;
  }[];
  /** Marks beyond those in the list. */
  moreMarks: number;
}

export interface Comparison {
  a: RunInfo;
  b: RunInfo;
  settings: { name: string; a: string | null; b: string | null }[];
  /** `better`: which direction is an improvement. Null if neither is. */
  figures: { name: string; a: number | null; b: number | null; unit: string; better: 'less' | 'more' | null }[];
  signatures: {
    new: Signature[];
    gone: Signature[];
    more: { a: Signature; b: Signature }[];
    fewer: { a: Signature; b: Signature }[];
    same: { a: Signature; b: Signature }[];
  };
  /**
   * Nodes paired by name, those that slowed down most first. `a` or `b` is null if that run has no
   * such node.
   */
  nodes: { rank: number; a: string | null; b: string | null; medianA: number | null; medianB: number | null }[];
}
