/**
 * JSON of the contract's records for `--json`. Scripts rely on the names: names are added, never
 * changed.
 */

import type { CaseSummary } from '../contract/case-records.ts';
import { isoTime, refJson as ref } from '../contract/json-values.ts';
import type { Finding, RunInfo } from '../contract/run-info.ts';
import type { SeriesInfo, SeriesPoints } from '../contract/series-records.ts';
import type { Testimony } from '../contract/testimony.ts';

export function indexJson(
  summary: CaseSummary,
  info: RunInfo,
  measured: { seconds: number; indexBytes: number; contentBytes: number },
) {
  const { reused } = summary.progress;
  return {
    case: summary.caseDir,
    source: summary.source,
    root: summary.root,
    generation: info.generation,
    files: info.files,
    lines: info.lines,
    bytes: info.bytes,
    seconds: measured.seconds,
    // Nothing was read if the case already existed.
    megabytesPerSecond: reused || measured.seconds === 0 ? null : info.bytes / 1e6 / measured.seconds,
    indexBytes: measured.indexBytes,
    contentBytes: measured.contentBytes,
    reused,
    problems: info.problems,
  };
}

function testimonyJson({ timeUs, ref: place, ...testimony }: Testimony) {
  return { ...testimony, at: isoTime(timeUs), ref: ref(place) };
}

export function infoJson(info: RunInfo) {
  const cause = info.firstCause;
  return {
    name: info.name,
    source: info.source,
    generation: info.generation,
    status: info.status,
    message: info.message,
    startedAt: isoTime(info.startUs),
    endedAt: isoTime(info.endUs),
    durationSeconds: info.durationSeconds,
    nodes: info.nodes.map(({ node, aliases, processes, miniBatches, failed }) => ({
      node,
      aliases,
      processes,
      miniBatches,
      failed,
    })),
    processes: info.processes,
    miniBatches: info.miniBatches,
    items: info.items,
    firstCause:
      cause === null
        ? null
        : {
            kind: cause.kind,
            confidence: cause.confidence,
            message: cause.message,
            node: cause.node,
            pid: cause.pid,
            miniBatchId: cause.miniBatchId,
            exception: cause.exception,
            frame: cause.frame,
            item: cause.item,
            nextStep: cause.nextStep,
            testimony: cause.testimony.map(testimonyJson),
            evidence: cause.evidence.map(ref),
          },
    testimony: info.testimony.map(testimonyJson),
    startHere: info.startHere.map(ref),
    findings: info.findings.map((finding: Finding) => ({
      kind: finding.kind,
      confidence: finding.confidence,
      isObservation: finding.isObservation,
      message: finding.message,
      evidence: finding.evidence.map(ref),
    })),
    files: info.files,
    lines: info.lines,
    bytes: info.bytes,
    problems: info.problems,
    settings: info.settings,
  };
}

export function seriesJson(series: SeriesInfo, points: SeriesPoints) {
  return {
    node: series.node,
    pid: series.pid,
    process: series.process,
    metric: series.metric,
    unit: series.unit,
    points: points.timesUs.map((timeUs, index) => [isoTime(timeUs), points.values[index] ?? null] as const),
  };
}
