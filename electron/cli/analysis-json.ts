/** JSON of analysis results for `--json`: signatures, stragglers, the timeline, a comparison. */

import type { Comparison, LifeCycle, OverTime, Signature, Stragglers } from '../contract/analysis.ts';
import { outcomes } from '../contract/batch-records.ts';
import { isoTime } from '../contract/json-values.ts';
import type { LineRef } from '../contract/line-records.ts';
import type { ProgressPoint, RunInfo } from '../contract/run-info.ts';
import { infoJson } from './json.ts';

const ref = ({ file, line, text }: LineRef) => ({ file, line, text });
const unique = <T>(values: (T | null)[]): T[] => [...new Set(values.filter((value) => value !== null))];

export function signatureJson(signature: Signature) {
  return {
    id: signature.id,
    template: signature.template,
    count: signature.count,
    firstAt: isoTime(signature.firstUs),
    lastAt: isoTime(signature.lastUs),
    nodes: unique(signature.nodes.map(({ node }) => node)),
    pids: unique(signature.pids.map(({ pid }) => pid)),
    miniBatches: signature.miniBatches.map(({ miniBatchId }) => miniBatchId),
    example: ref(signature.example),
    // `miniBatches` lists at most 100 of them.
    miniBatchCount: signature.miniBatchCount,
    occurrences: signature.occurrences,
    exampleLines: signature.exampleLines,
    role: signature.role,
    roleReason: signature.roleReason,
    level: signature.level,
    groupedBy: signature.groupedBy,
    chain: signature.chain,
    frames: signature.frames,
    variables: signature.variables,
    perNode: signature.nodes,
    perProcess: signature.pids,
  };
}

export function stragglersJson(slow: Stragglers) {
  return {
    medianSeconds: slow.medianSeconds,
    slowCount: slow.slowCount,
    attempts: slow.attempts.map(({ attemptId: _, ...attempt }) => attempt),
    nodes: slow.nodes,
    tail: slow.tail,
    workerSeconds: slow.time,
  };
}

export function timelineJson(
  info: RunInfo,
  life: LifeCycle,
  ended: OverTime,
  progress: readonly ProgressPoint[],
  pathOf: (fileId: number) => string | null,
) {
  return {
    startedAt: isoTime(info.startUs),
    endedAt: isoTime(info.endUs),
    durationSeconds: info.durationSeconds,
    phases: life.phases.map((phase) => ({
      phase: phase.phase,
      startedAt: isoTime(phase.fromUs),
      endedAt: isoTime(phase.toUs),
      durationSeconds: (phase.toUs - phase.fromUs) / 1e6,
      evidence: phase.evidence.map(ref),
    })),
    marks: life.marks.map((mark) => ({
      kind: mark.kind,
      at: isoTime(mark.timeUs),
      message: mark.message,
      ref: mark.ref === null ? null : ref(mark.ref),
    })),
    progress: progress.map((point) => ({
      at: isoTime(point.timeUs),
      scheduled: point.scheduled,
      processed: point.processed,
      total: point.total,
      file: pathOf(point.ref.fileId),
      line: point.ref.line,
    })),
    // Mini-batches by the end of the attempt that decided them.
    ended: {
      bucketSeconds: ended.bucketUs / 1e6,
      buckets: ended.counts.map((counts, index) => ({
        startedAt: isoTime(ended.fromUs + index * ended.bucketUs),
        ...Object.fromEntries(outcomes.map((outcome, code) => [outcome, counts[code] ?? 0])),
      })),
    },
  };
}

export function comparisonJson(comparison: Comparison) {
  const pair = ({ a, b }: { a: Signature; b: Signature }) => ({ a: signatureJson(a), b: signatureJson(b) });
  const { signatures } = comparison;
  return {
    a: infoJson(comparison.a),
    b: infoJson(comparison.b),
    settings: comparison.settings,
    figures: comparison.figures,
    signatures: {
      new: signatures.new.map(signatureJson),
      gone: signatures.gone.map(signatureJson),
      more: signatures.more.map(pair),
      fewer: signatures.fewer.map(pair),
      same: signatures.same.map(pair),
    },
    nodes: comparison.nodes,
  };
}
