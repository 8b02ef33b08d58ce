/**
 * What the analysis says of a run in words and sums: what is missing, where time and items went,
 * what to do, how two runs differ.
 */
import type { Confidence, LineRef, Outcome, RunInfo } from './records.ts';
import type { Signature } from './signatures.ts';

/**
 * How a number was counted: the command of the contract and the line on a terminal that give the
 * same.
 */
export interface Counted {
  label: string;
  value: number | null;
  /** In words: what was counted, over which records. */
  how: string;
  /** `postrun …`, with PATH for the source. */
  cli: string;
  /**
   * Query in SQL over the tables of the case that gives the same number; null where it is read from
   * a line.
   */
  sql: string | null;
  evidence: LineRef[];
}

/**
 * Something that is not there although the run's own records speak of it, or that makes other
 * conclusions weaker.
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
  /** How much is there of what is expected; null where there is no such number. */
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
  /** Nodes with processes of which none picked up a mini-batch. */
  idleNodes: string[];
}

export interface ErrorBudget {
  threshold: number | null;
  /** Failed items over time, cumulative; at most 500 points. */
  points: { timeUs: number; failed: number }[];
  exceededUs: number | null;
  failed: number;
  /**
   * Mini-batches that failed without figures and count in `points` with all items they were given
   * (their inputs, the size of all).
   */
  assumedMiniBatches: number;
  /**
   * Mini-batches that failed and of which nothing tells how many items they had: not in `points`.
   */
  unknownMiniBatches: number;
}

export interface Advice {
  rule: string;
  title: string;
  /** What the figures are, in words. */
  figures: string;
  advice: string;
  /** Where the threshold comes from. */
  source: string;
  confidence: Confidence;
  evidence: LineRef[];
}

export interface RerunItem {
  miniBatchId: string;
  status: Outcome;
  reason: string;
  attempts: number;
  /** As the logs give them (JSON text or file names); null where they do not. */
  inputs: string | null;
}

export interface Ledger {
  /** Seconds of worker processes, from their starts to their ends (or the run's). */
  heldSeconds: number;
  busySeconds: number;
  idleSeconds: number;
  startUpSeconds: number;
  lostToRetriesSeconds: number;
  lostToFailuresSeconds: number;
  afterLastSuccessSeconds: number;
  nodeHours: number;
  /** CPU time of run() over its elapsed time; null where the logs do not give it. */
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
  /** Marks after those, which are not in the list. */
  moreMarks: number;
}

export interface Comparison {
  a: RunInfo;
  b: RunInfo;
  settings: { name: string; a: string | null; b: string | null }[];
  /** `better`: whether less or more of it is better; null where neither is. */
  figures: { name: string; a: number | null; b: number | null; unit: string; better: 'less' | 'more' | null }[];
  signatures: {
    new: Signature[];
    gone: Signature[];
    more: { a: Signature; b: Signature }[];
    fewer: { a: Signature; b: Signature }[];
    same: { a: Signature; b: Signature }[];
  };
  /**
   * Nodes of the same name together, those that slowed down most first; `a` or `b` is null where
   * that run has no such node.
   */
  nodes: { rank: number; a: string | null; b: string | null; medianA: number | null; medianB: number | null }[];
}
