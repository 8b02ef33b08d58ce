/** Summarizes a run in one row, from its case. */
import { emptyFilter } from '../../contract/empty-filter.ts';
import type { RunSummary } from '../../contract/runs-records.ts';
import { builtInPack } from '../analysis/rules.ts';
import { runInfo, storedRun } from '../analysis/run-info.ts';
import { signatures } from '../analysis/signatures.ts';
import { fingerprintOf, runIdentity } from '../sql/tables/analysis-tables.ts';
import { getMeta } from '../store/meta.ts';
import type { ReadableDb } from '../store/open.ts';

const MAX_GROUPS = 200;
const noText = () => '';

export function runSummary(db: ReadableDb): RunSummary {
  const info = runInfo(db, noText);
  const stored = storedRun(db);
  const { firstCause, durationSeconds, miniBatches } = info;
  const perHour =
    durationSeconds === null || durationSeconds <= 0 ? null : (miniBatches.processed / durationSeconds) * 3_600;
  return {
    path: info.source,
    root: getMeta(db, 'root') ?? '',
    run: runIdentity(db).runId,
    name: info.name,
    status: info.status,
    firstCause:
      firstCause === null
        ? null
        : { kind: firstCause.kind, confidence: firstCause.confidence, message: firstCause.message },
    fingerprint: stored === null ? null : fingerprintOf(db, stored),
    startUs: info.startUs,
    durationSeconds,
    nodes: info.nodes.length,
    processes: info.processes,
    miniBatches: {
      total: miniBatches.total,
      processed: miniBatches.processed,
      succeeded: miniBatches.succeeded,
      failed: miniBatches.failed,
      unfinished: miniBatches.unfinished,
      retried: miniBatches.retried,
    },
    items: info.items,
    throughput: perHour,
    bytes: info.bytes,
    lines: info.lines,
    errorGroups: signatures(db, { filter: emptyFilter }, noText, [builtInPack])
      .slice(0, MAX_GROUPS)
      .map((group) => ({
        id: group.id,
        exception: group.chain.at(-1) ?? null,
        template: group.template,
        role: group.role,
        count: group.count,
        firstUs: group.firstUs,
        lastUs: group.lastUs,
      })),
  };
}
