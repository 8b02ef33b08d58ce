/** From the contract's records to what `--json` prints: a contract of its own (names are added, never changed). */
import type {
  AttemptRow,
  CaseSummary,
  FileRow,
  Finding,
  LineRef,
  LineRow,
  MiniBatchRow,
  Problem,
  RunInfo,
  SeriesInfo,
  SeriesPoints,
} from '../contract/records.ts';
import { isoTime } from './values.ts';

const ref = ({ file, line, text }: LineRef) => ({ file, line, text });

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
    // Nothing was read when the case was there already.
    megabytesPerSecond: reused || measured.seconds === 0 ? null : info.bytes / 1e6 / measured.seconds,
    indexBytes: measured.indexBytes,
    contentBytes: measured.contentBytes,
    reused,
    problems: info.problems,
  };
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
    nodes: info.nodes.map(({ node, processes, miniBatches, failed }) => ({ node, processes, miniBatches, failed })),
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
            evidence: cause.evidence.map(ref),
          },
    startHere: info.startHere.map(ref),
    findings: info.findings.map((finding: Finding) => ({
      kind: finding.kind,
      confidence: finding.confidence,
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

export function batchJson(row: MiniBatchRow) {
  return {
    miniBatchId: row.miniBatchId,
    status: row.status,
    attempts: row.attempts,
    node: row.node,
    pid: row.pid,
    total: row.total,
    succeeded: row.succeeded,
    failed: row.failed,
    startedAt: isoTime(row.startUs),
    endedAt: isoTime(row.endUs),
    durationSeconds: row.durationSeconds,
  };
}

export function attemptJson(row: AttemptRow) {
  return {
    miniBatchId: row.miniBatchId,
    attempt: row.attempt,
    node: row.node,
    pid: row.pid,
    process: row.process,
    startedAt: isoTime(row.startUs),
    endedAt: isoTime(row.endUs),
    durationSeconds: row.durationSeconds,
    processSeconds: row.processSeconds,
    runMethodSeconds: row.runMethodSeconds,
    total: row.total,
    succeeded: row.succeeded,
    failed: row.failed,
    outcome: row.outcome,
    error: row.error,
    pickedUp: row.pickedUp === null ? null : ref(row.pickedUp),
    finished: row.finished === null ? null : ref(row.finished),
  };
}

export function matchJson(row: LineRow, file: string) {
  return {
    file,
    line: row.line,
    text: row.text,
    node: row.node,
    pid: row.pid,
    process: row.process,
    miniBatchId: row.miniBatchId,
    level: row.level,
    timestamp: isoTime(row.timeUs),
    // False where the time is that of the last dated line before it.
    ownTimestamp: row.ownTime,
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

export function fileJson(row: FileRow) {
  return {
    file: row.path,
    kind: row.kind,
    node: row.node,
    process: row.process,
    pid: row.pid,
    bytes: row.bytes,
    lines: row.lines,
    firstAt: isoTime(row.firstUs),
    lastAt: isoTime(row.lastUs),
    format: row.format,
    errors: row.errors,
    warnings: row.warnings,
  };
}

export function problemJson({ file, line, kind, message, count }: Problem) {
  return { file, line, kind, message, count };
}
