import { z } from 'zod';
import { type Command, command } from './commands.ts';
import { filterSchema } from './filter.ts';
import type { Confidence, Finding, LineRef, Outcome, RunInfo } from './records.ts';

/** Counts by outcome, in the order of `outcomes`: succeeded, partial, failed, timed_out, unfinished. */
export type OutcomeCounts = [number, number, number, number, number];

/** How a number was counted: the command of the contract and the line on a terminal that give the same. */
export interface Counted {
  label: string;
  value: number | null;
  /** In words: what was counted, over which records. */
  how: string;
  /** `postrun …`, with PATH for the source. */
  cli: string;
  /** Query in SQL over the tables of the case that gives the same number; null where it is read from a line. */
  sql: string | null;
  evidence: LineRef[];
}

/** Something that is not there although the run's own records speak of it, or that makes other conclusions weaker. */
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

/** One group of errors: the same exception chain through the same frames of the user, else the same message but for its variable parts. */
export interface Signature {
  /** `v1:<hash>`, equal for the same error in every run. */
  id: string;
  /** Why these are one group. */
  groupedBy: 'traceback' | 'template';
  /** The exception chain, innermost first; empty for plain lines. */
  chain: string[];
  /** `file:function`, outermost first. */
  frames: string[];
  /** The message with variable parts as `<number>`, `<path>`, `<*>` … */
  template: string;
  /** `primary`: the first cause is in it; `noise`: known to have no influence; `follow_on`: what the service says after an error. */
  role: 'primary' | 'follow_on' | 'noise' | 'other';
  /** Why it is noise or a follow-on. */
  roleReason: string | null;
  level: 'error' | 'critical';
  /** All error lines and tracebacks of the group, copies in several logs counted each. */
  count: number;
  /** The same without copies: by node, pid and time within two seconds. */
  occurrences: number;
  firstUs: number | null;
  lastUs: number | null;
  nodes: { node: string | null; count: number }[];
  pids: { node: string | null; pid: number | null; count: number }[];
  /** At most 100 of them, most frequent first. */
  miniBatches: { miniBatchId: string; count: number }[];
  miniBatchCount: number;
  /** Values of each variable part, most frequent first, at most 10. */
  variables: { name: string; distinct: number; values: { value: string; count: number }[] }[];
  example: LineRef;
  /** Lines that the example covers. */
  exampleLines: number;
}

export interface SignatureLines {
  total: number;
  rows: {
    ref: LineRef;
    fileId: number;
    lines: number;
    timeUs: number | null;
    node: string | null;
    pid: number | null;
    miniBatchId: string | null;
  }[];
}

/** A lane: one process. `processId` is stable within the case. */
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
}

/**
 * Bars of the lanes asked for, cut to pixels: `bars` holds six numbers a bar — lane (index into `lanes`), first pixel, pixel after the last,
 * outcome (index in `outcomes`), number of attempts that it stands for, and the id of the attempt where it stands for one, else 0.
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
    /** In run() and around it, of attempts whose result counted; null where the logs do not give it. */
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
  idleNodes: string[];
}

export interface ErrorBudget {
  threshold: number | null;
  /** Failed items over time, cumulative; at most 500 points. */
  points: { timeUs: number; failed: number }[];
  exceededUs: number | null;
  failed: number;
  /** Mini-batches that failed without figures and count in `points` with all items they were given (their inputs, the size of all). */
  assumedMiniBatches: number;
  /** Mini-batches that failed and of which nothing tells how many items they had: not in `points`. */
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

export interface RuleHit {
  rule: string;
  title: string;
  cause: string;
  nextStep: string;
  reference: string;
  pack: string;
  count: number;
  isNoise: boolean;
  evidence: LineRef[];
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
}

export interface Comparison {
  a: RunInfo;
  b: RunInfo;
  settings: { name: string; a: string | null; b: string | null }[];
  figures: { name: string; a: number | null; b: number | null; unit: string }[];
  signatures: {
    new: Signature[];
    gone: Signature[];
    more: { a: Signature; b: Signature }[];
    fewer: { a: Signature; b: Signature }[];
    same: { a: Signature; b: Signature }[];
  };
  nodes: { rank: number; a: string | null; b: string | null; medianA: number | null; medianB: number | null }[];
}

const knownIssue = z.object({
  id: z.string().min(1),
  title: z.string().min(1),
  /** JavaScript regular expression; case counts. */
  pattern: z.string().min(1),
  cause: z.string(),
  nextStep: z.string(),
  reference: z.string(),
  noise: z.boolean().default(false),
  /** Lines that must match, and lines that must not: every pack is tested with its own. */
  samples: z.array(z.string()).min(1),
  counterSamples: z.array(z.string()).default([]),
});
/** A file of known-issue rules, as Postrun's own and the user's are written. */
export const rulePackSchema = z.object({
  pack: z.string().min(1),
  version: z.number().int(),
  rules: z.array(knownIssue),
});
export type RulePack = z.output<typeof rulePackSchema>;

const caseId = z.string().min(1);
const filter = filterSchema.prefault({});
const paged = { start: z.number().int().min(0).default(0), count: z.number().int().min(0).max(10_000).default(200) };
const range = { fromUs: z.number().nullable().default(null), toUs: z.number().nullable().default(null) };
const buckets = z.number().int().min(1).max(4_000).default(120);

/** What happened to the run. Figures follow the global filter's node, pid, mini-batch, outcome and time; its text is the search's. */
export const analysisCommands = {
  'analysis.findings': command<Finding[]>()(z.object({ caseId })),
  'analysis.completeness': command<Completeness>()(z.object({ caseId })),
  'analysis.signatures': command<Signature[]>()(z.object({ caseId, filter })),
  'analysis.signatureLines': command<SignatureLines>()(z.object({ caseId, filter, id: z.string(), ...paged })),
  'analysis.lanes': command<Lanes>()(
    z.object({
      caseId,
      filter,
      ...range,
      width: z.number().int().min(1).max(8_000),
      start: z.number().int().min(0).default(0),
      count: z.number().int().min(0).max(10_000).default(2_000),
    }),
  ),
  'analysis.process': command<ProcessDetail | null>()(z.object({ caseId, processId: z.number().int() })),
  'analysis.overTime': command<OverTime>()(
    z.object({ caseId, filter, ...range, buckets, of: z.enum(['attempts', 'miniBatches']).default('miniBatches') }),
  ),
  'analysis.spread': command<SpreadRow[]>()(
    z.object({ caseId, filter, by: z.enum(['node', 'process']).default('node') }),
  ),
  'analysis.durations': command<Durations>()(
    z.object({ caseId, filter, bins: z.number().int().min(2).max(400).default(60) }),
  ),
  'analysis.retries': command<Retries>()(z.object({ caseId, filter, ...range, buckets })),
  'analysis.stragglers': command<Stragglers>()(z.object({ caseId, filter })),
  'analysis.whatIf': command<WhatIf>()(
    z.object({
      caseId,
      filter,
      timeoutSeconds: z.number().min(0),
      maxTries: z.number().int().min(1).max(100).default(3),
    }),
  ),
  'analysis.inits': command<InitSummary>()(z.object({ caseId })),
  'analysis.errorBudget': command<ErrorBudget>()(z.object({ caseId })),
  'analysis.advice': command<Advice[]>()(z.object({ caseId })),
  'analysis.rerun': command<{ total: number; rows: RerunItem[] }>()(z.object({ caseId, filter, ...paged })),
  'analysis.compare': command<Comparison>()(z.object({ a: caseId, b: caseId })),
  'analysis.rules': command<RuleHit[]>()(z.object({ caseId })),
  'analysis.ledger': command<Ledger>()(z.object({ caseId })),
  'analysis.lifeCycle': command<LifeCycle>()(z.object({ caseId })),
  'analysis.counted': command<Counted[]>()(z.object({ caseId })),
} satisfies Record<string, Command>;

export type AnalysisName = keyof typeof analysisCommands;
/** Parameters of a command of this group, defaults filled in. */
export type AnalysisParams<Name extends AnalysisName> = z.output<(typeof analysisCommands)[Name]['params']>;
export type AnalysisResult<Name extends AnalysisName> =
  NonNullable<(typeof analysisCommands)[Name]['result']> extends infer R
    ? null extends (typeof analysisCommands)[Name]['result']
      ? R | null
      : R
    : never;
