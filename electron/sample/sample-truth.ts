/** The content of the generated run, in the terms of `postrun info`, so that tests can compare. */
import { createHash } from 'node:crypto';
import { lengthMs } from './attempt-text.ts';
import { nodeOf } from './dialect.ts';
import type { TruthSeries } from './render-perf.ts';
import {
  type Attempt,
  attemptsOf,
  EVENT,
  itemsOf,
  OUTCOME,
  OUTCOMES,
  type Outcome,
  type ProcessEnd,
  processOf,
  type SimulatedRun,
} from './run-model.ts';
import type { ResolvedOptions } from './sample-options.ts';
import type { FileFacts, FileRef, SampleTree } from './sample-tree.ts';
import type { FirstCauseKind, RunStatus } from './scenario.ts';
import { Stamp } from './stamp.ts';

interface TruthProcess {
  name: string;
  pid: number;
  startedAt: string;
  endedAt: string | null;
  exitCode: number | null;
  end: ProcessEnd | null;
  replacedByPid: number | null;
  init: string;
  attempts: number;
}

interface TruthAttempt {
  miniBatchId: string;
  /** From 1, in true time order; on skewed clocks the written starts may be reversed. */
  attempt: number;
  node: string;
  pid: number;
  process: string;
  /** By the worker's own clock. */
  startedAt: string;
  endedAt: string | null;
  durationSeconds: number | null;
  processSeconds: number | null;
  runMethodSeconds: number | null;
  total: number | null;
  succeeded: number | null;
  failed: number | null;
  outcome: Outcome;
}

interface TruthMiniBatch {
  miniBatchId: string;
  status: Outcome;
  attempts: number;
  poisoned: boolean;
}

export interface SampleTruth {
  version: 1;
  options: ResolvedOptions;
  runId: string;
  status: RunStatus;
  /** The driver's first and last line; a run that was cut off has no end. */
  startedAt: string;
  endedAt: string | null;
  /** The run's life cycle on the master's clock; null for phases that it did not reach. */
  phases: {
    queuedAt: string;
    preparedAt: string;
    driverStartedAt: string | null;
    schedulingAt: string | null;
    firstPickedAt: string | null;
    lastFinishedAt: string | null;
    stoppedAt: string | null;
  };
  /** Why the simulated master stopped. */
  stopReason: string;
  firstCause: {
    kind: FirstCauseKind;
    /** Kinds that a careful reader may name instead. */
    alsoAcceptable: string[];
    node: string | null;
    pid: number | null;
    miniBatchId: string | null;
    evidence: FileRef[];
  } | null;
  errorThreshold: number;
  totals: {
    miniBatches: { total: number; scheduled: number; processed: number; retried: number; poisoned: number } & Record<
      Outcome,
      number
    >;
    attempts: { total: number } & Record<Outcome, number>;
    items: { total: number; processed: number; succeeded: number; failed: number };
    processes: number;
    processExits: Record<string, number>;
  };
  nodes: {
    node: string;
    ip: string;
    clockSkewSeconds: number;
    lost: boolean;
    /** Works at less than half the others' speed. */
    slow: boolean;
    /** Started its processes but never finished a mini-batch. */
    idle: boolean;
    processes: TruthProcess[];
    miniBatches: number;
  }[];
  /** All attempts, or the first 1,000 by pick-up if there are more than 50,000. */
  attempts: TruthAttempt[];
  /** sha256 over `id,attempt,node,pid,startedAt,outcome\n`, by mini-batch id and attempt. */
  attemptsHash: string;
  /**
   * All mini-batches, or, if there are more than 50,000, those that did not succeed (at most
   * 1,000).
   */
  miniBatches: TruthMiniBatch[];
  files: FileFacts[];
  bytes: number;
  lines: number;
  words: { word: string; refs: FileRef[] }[];
  series: TruthSeries[];
  /** Attempts that ended after another attempt had already settled the mini-batch. */
  overrides: number;
}

const FULL_UP_TO = 50_000;

/** Returns how many of the codes stand for each outcome. */
function tally(codes: Uint8Array): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { succeeded: 0, partial: 0, failed: 0, timed_out: 0, unfinished: 0 };
  for (const code of codes) {
    const name = OUTCOMES[code];
    if (name) counts[name]++;
  }
  return counts;
}

class Attempts {
  readonly #stamps: Stamp[];
  readonly #run: SimulatedRun;

  constructor(run: SimulatedRun) {
    this.#run = run;
    this.#stamps = run.nodes.map((node) => new Stamp(run.epochMs + node.skewMs));
  }

  read(index: number): TruthAttempt {
    const run = this.#run;
    const row = run.attempts.read(index);
    const { miniBatch } = row;
    const process = processOf(run, row);
    const stamp = this.#stamps[process.node];
    if (stamp === undefined) throw new Error(`There is no node ${process.node}.`);
    const outcome = OUTCOMES[row.outcome] ?? 'unfinished';
    const isReported = outcome !== 'unfinished' && outcome !== 'timed_out' && !hasRaised(row);
    const total = isReported ? itemsOf(run, miniBatch) : null;
    const succeeded = isReported ? row.succeeded : null;
    return {
      miniBatchId: String(miniBatch),
      attempt: row.dequeue,
      node: nodeOf(run, process).name,
      pid: process.pid,
      process: process.name,
      startedAt: stamp.truth(row.start),
      endedAt: outcome === 'unfinished' ? null : stamp.truth(row.end),
      durationSeconds: outcome === 'unfinished' ? null : lengthMs(run, index) / 1000,
      processSeconds: isReported ? row.processMs / 1000 : null,
      runMethodSeconds: isReported ? row.runMs / 1000 : null,
      total,
      succeeded,
      failed: total === null || succeeded === null ? null : total - succeeded,
      outcome,
    };
  }

  hash(): string {
    const table = this.#run.attempts;
    const order = new Float64Array(table.count);
    for (let i = 0; i < table.count; i++) {
      const { miniBatch, dequeue } = table.read(i);
      order[i] = miniBatch * 4 * 16_777_216 + dequeue * 16_777_216 + i;
    }
    order.sort();
    const hash = createHash('sha256');
    let text = '';
    for (const key of order) {
      const a = this.read(key % 16_777_216);
      text += `${a.miniBatchId},${a.attempt},${a.node},${a.pid},${a.startedAt},${a.outcome}\n`;
      if (text.length > 65_536) {
        hash.update(text);
        text = '';
      }
    }
    return hash.update(text).digest('hex');
  }
}

/** Decides whether the attempt raised in run(), which reports no figures. */
function hasRaised({ fate }: Attempt): boolean {
  return fate === 3 || fate === 7 || fate === 8;
}

const EVIDENCE_ORDER = ['user-error', 'worker', 'driver', 'progress', 'master', 'compute', 'task-table'];

function evidenceOf(tree: SampleTree): FileRef[] {
  const kinds = new Map(tree.files.map((file) => [file.file, file.kind]));
  const rank = (ref: FileRef): number => {
    const at = EVIDENCE_ORDER.indexOf(kinds.get(ref.file) ?? '');
    return at < 0 ? EVIDENCE_ORDER.length : at;
  };
  return [...tree.evidence].sort((a, b) => rank(a) - rank(b));
}

function firstCauseOf(run: SimulatedRun, tree: SampleTree): SampleTruth['firstCause'] {
  const cause = run.firstCause;
  if (cause === null || run.scenario.status === 'succeeded' || run.scenario.status === 'running') return null;
  const also: string[] = [];
  if (run.options.failure === 'append_row_no_result') also.push('error_threshold_exceeded', 'unknown');
  if (cause.kind === 'out_of_memory') also.push('process_killed');
  if (cause.kind === 'import_error' && run.scenario.prelude === null) also.push('init_failed');
  if (cause.kind === 'disk_full' || cause.kind === 'bad_return_type') also.push('run_exception');
  const isPrep = run.scenario.prelude === 'mount_failed' || run.scenario.prelude === 'download_failed';
  const node = isPrep ? 0 : cause.node;
  return {
    kind: cause.kind,
    alsoAcceptable: also,
    node: node === null ? null : (run.nodes[node]?.name ?? null),
    pid: cause.process === null ? null : (run.processes[cause.process]?.pid ?? null),
    miniBatchId: cause.attempt === null ? null : String(run.attempts.miniBatch[cause.attempt]),
    evidence: evidenceOf(tree),
  };
}

/** Assembles the truth once every file is written. */
export function truthOf(run: SimulatedRun, tree: SampleTree, series: TruthSeries[]): SampleTruth {
  const attempts = new Attempts(run);
  const isFull = run.attempts.count <= FULL_UP_TO;
  const shown = isFull ? run.attempts.count : 1000;
  const stamp = new Stamp(run.epochMs);
  const isPoisoned = new Set(run.poisons.map((poison) => poison.miniBatch));
  const miniBatches: TruthMiniBatch[] = [];
  const isShort = run.options.miniBatches > FULL_UP_TO;
  let retried = 0;
  for (const [i, attempts] of run.picks.entries()) {
    if (attempts > 1) retried++;
    const status = OUTCOMES[run.status[i] ?? OUTCOME.unfinished] ?? 'unfinished';
    if (isShort && (status === 'succeeded' || miniBatches.length >= 1000)) continue;
    miniBatches.push({ miniBatchId: String(i), status, attempts, poisoned: isPoisoned.has(i) });
  }
  const exits: Record<string, number> = {};
  for (const process of run.processes) exits[String(process.exitCode)] = (exits[String(process.exitCode)] ?? 0) + 1;
  let settledEnds = 0;
  for (let i = 0; i < run.events.count; i++) if (run.events.kind[i] === EVENT.processed) settledEnds++;
  const isPrep = run.scenario.prelude === 'mount_failed' || run.scenario.prelude === 'download_failed';
  return {
    version: 1,
    options: run.options,
    runId: run.runId,
    status: run.scenario.status,
    startedAt: stamp.truth(isPrep ? -95_000 : 0),
    endedAt: run.scenario.status === 'running' ? null : stamp.truth(isPrep ? -20_000 : run.driverEndMs - 300),
    phases: phasesOf(run, stamp),
    stopReason: run.stop.reason,
    firstCause: firstCauseOf(run, tree),
    errorThreshold: run.scenario.errorThreshold,
    totals: {
      miniBatches: {
        total: run.options.miniBatches,
        scheduled: run.scheduled,
        processed: run.counters.processed,
        retried,
        poisoned: run.poisons.length,
        ...tally(run.status),
      },
      attempts: { total: run.attempts.count, ...tally(run.attempts.outcome.subarray(0, run.attempts.count)) },
      items: {
        total: run.totalItems,
        processed: run.counters.processedItems,
        succeeded: run.counters.itemsSucceeded,
        failed: run.counters.itemsFailed,
      },
      processes: run.processes.length,
      processExits: exits,
    },
    nodes: nodesOf(run),
    attempts: Array.from({ length: shown }, (_, i) => attempts.read(i)),
    attemptsHash: attempts.hash(),
    miniBatches,
    files: tree.files,
    bytes: tree.files.reduce((sum, file) => sum + file.bytes, 0),
    lines: tree.files.reduce((sum, file) => sum + file.lines, 0),
    words: [...tree.words].map(([word, refs]) => ({ word, refs })),
    series,
    overrides: settledEnds - run.counters.processed,
  };
}

function phasesOf(run: SimulatedRun, stamp: Stamp): SampleTruth['phases'] {
  const { prelude } = run.scenario;
  const isPrep = prelude === 'mount_failed' || prelude === 'download_failed';
  let lastMs = Number.NEGATIVE_INFINITY;
  for (let i = run.events.count - 1; i >= 0 && lastMs < 0; i--) {
    const { kind, time } = run.events.read(i);
    if (kind === EVENT.processed) lastMs = time;
  }
  const hasRun = prelude === null;
  return {
    queuedAt: stamp.truth(-420_000 + 8000),
    preparedAt: stamp.truth(-95_000),
    driverStartedAt: isPrep ? null : stamp.truth(0),
    schedulingAt: hasRun ? stamp.truth(2100) : null,
    firstPickedAt: run.attempts.count > 0 ? stamp.truth(run.attempts.read(0).start) : null,
    lastFinishedAt: lastMs > 0 ? stamp.truth(lastMs) : null,
    stoppedAt: hasRun && run.stop.reason !== 'cut' ? stamp.truth(run.stop.atMs) : null,
  };
}

function nodesOf(run: SimulatedRun): SampleTruth['nodes'] {
  const nodes: SampleTruth['nodes'] = run.nodes.map((node) => ({
    node: node.name,
    ip: node.ip,
    clockSkewSeconds: node.skewMs / 1000,
    lost: node.lostMs !== null,
    slow: node.speed < 0.6,
    idle: true,
    processes: [],
    miniBatches: 0,
  }));
  const stamps = run.nodes.map((node) => new Stamp(run.epochMs + node.skewMs));
  for (const process of run.processes) {
    const node = nodes[process.node];
    const stamp = stamps[process.node];
    if (!node || !stamp) continue;
    node.miniBatches += process.done;
    if (process.done > 0) node.idle = false;
    node.processes.push({
      name: process.name,
      pid: process.pid,
      startedAt: stamp.truth(process.startMs),
      endedAt: process.exitCode === null ? null : stamp.truth(process.endMs),
      exitCode: process.exitCode,
      end: process.end,
      replacedByPid: process.replacedBy === null ? null : (run.processes[process.replacedBy]?.pid ?? null),
      init: process.init,
      attempts: attemptsOf(run, process.index).length,
    });
  }
  return nodes;
}
