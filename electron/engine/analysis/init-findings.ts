/** Findings about init(): failures, timeouts, slow starts, and nodes that took no part. */
import type { InitSummary } from '../../contract/analysis.ts';
import { formatCount, formatDuration } from '../../contract/format.ts';
import { uselessNodes } from './end-findings.ts';
import { eventRefs, type FindingContext } from './finding-context.ts';
import { inits } from './inits.ts';
import type { DraftFinding } from './run-info.ts';

/** Returns findings about init() in all processes. Omits what the cause already says. */
export function initFindings({ db, cause }: FindingContext): DraftFinding[] {
  const found: DraftFinding[] = [];
  const summary = inits(db);
  const isCause = cause !== null && ['init_failed', 'init_timeout', 'import_error'].includes(cause.kind);
  if (summary.failed > 0 && !(isCause && cause.kind !== 'init_timeout')) {
    found.push({
      kind: 'init_failures',
      confidence: 'certain',
      message: `init() raised in ${summary.failed} of ${formatCount(summary.started, 'process', 'processes')}${onNodes(summary, (node) => node.failed)}.`,
      evidence: eventRefs(db, "type = 'init_failed'"),
    });
  }
  if (summary.timedOut > 0 && cause?.kind !== 'init_timeout') {
    found.push({
      kind: 'init_timeouts',
      confidence: 'certain',
      message: `init() timed out in ${summary.timedOut} of ${formatCount(summary.started, 'process', 'processes')}.`,
      evidence: eventRefs(db, "type = 'init_timed_out'"),
    });
  }
  const slowest = summary.slow[0];
  if (slowest !== undefined) {
    found.push({
      kind: 'slow_starts',
      confidence: 'certain',
      message: `init() took more than 3× the median of ${formatDuration(summary.medianSeconds)} in ${formatCount(summary.slow.length, 'process', 'processes')} (longest ${formatDuration(slowest.seconds)} on ${slowest.node}, pid ${slowest.pid ?? '?'}).`,
      evidence: eventRefs(db, "type = 'init_done' AND pid IS ?", slowest.pid),
    });
  }
  return [...found, ...uselessNodes(db, summary)];
}

/** Formats ` on node 1` or ` on nodes 1, 4, …`. Empty if the run has only one node. */
function onNodes({ perNode }: InitSummary, count: (node: InitSummary['perNode'][number]) => number): string {
  const nodes = perNode.filter((node) => count(node) > 0).map((node) => node.node);
  if (perNode.length < 2 || nodes.length === 0) return '';
  return ` on node${nodes.length > 1 ? 's' : ''} ${nodes.slice(0, 5).join(', ')}${nodes.length > 5 ? ', …' : ''}`;
}
