/**
 * Findings: everything about the run that is worth a sentence, each with its confidence and its
 * lines. A healthy run has only observations. Each subject has its own module: init(), attempts,
 * speed, deaths, resources.
 */

import { formatCount, formatDuration } from '../../contract/format.ts';
import { formatDateTime } from '../../contract/format-time.ts';
import type { ReadableDb } from '../store/open.ts';
import { attemptFindings } from './attempt-findings.ts';
import { contradictionFinding } from './contradictions.ts';
import type { RunCounts } from './counts.ts';
import { deathFindings, deaths } from './deaths.ts';
import { platformRetries, toleratedErrors, tooManyResults } from './end-findings.ts';
import { errorBudget } from './error-budget.ts';
import type { Evidence } from './evidence.ts';
import { type FindingContext, MAX_EVIDENCE } from './finding-context.ts';
import { byImportance } from './findings-order.ts';
import { initFindings } from './init-findings.ts';
import type { Ref } from './refs.ts';
import { resourceFindings } from './resource-findings.ts';
import type { DraftFinding, StoredCause, StoredFinding } from './run-info.ts';
import { silentNodes } from './silence.ts';
import { progressFinding, speedFindings } from './speed-findings.ts';

/** Kinds that a run may have although nothing went wrong. */
const OBSERVATIONS: ReadonlySet<string> = new Set([
  'slow_starts',
  'slow_node',
  'stragglers',
  'long_tail',
  'late_results',
  'memory_growth',
  'progress_stopped',
  'platform_retries',
]);

/** Returns all findings, most important first. */
export function findAll(
  db: ReadableDb,
  counts: RunCounts,
  evidence: Evidence,
  cause: StoredCause | null,
): StoredFinding[] {
  const context: FindingContext = { db, counts, evidence, cause, found: [] };
  const found = [
    ...budgetFinding(context),
    ...initFindings(context),
    ...attemptFindings(context),
    ...deathFindings(deaths(db), cause),
    ...nodeFindings(context),
    ...speedFindings(context),
    ...progressFinding(context),
    ...tooManyResults(context),
    ...platformRetries(context),
    ...resourceFindings(db),
    ...contradictionFinding(db),
  ];
  found.push(...toleratedErrors({ ...context, found }));
  return byImportance(found).map((finding) => ({ ...finding, isObservation: OBSERVATIONS.has(finding.kind) }));
}

function finalRefs(evidence: Evidence, pattern: RegExp): Ref[] {
  return evidence.finals
    .filter((event) => pattern.test(event.message ?? ''))
    .slice(0, MAX_EVIDENCE)
    .map(({ fileId, line }) => ({ fileId, line }));
}

function budgetFinding({ db, evidence, counts, cause }: FindingContext): DraftFinding[] {
  if (!evidence.terminals.has('threshold') || cause?.kind === 'error_threshold_exceeded') return [];
  const failed = counts.items.failed;
  const refs = finalRefs(evidence, /error threshold/i);
  const budget = errorBudget(db);
  const when = budget.exceededUs === null ? '' : ` at ${formatDateTime(budget.exceededUs, 'utc')} UTC`;
  return [
    {
      kind: 'error_threshold_exceeded',
      confidence: 'certain',
      message: `More items failed than the error threshold of ${counts.items.errorThreshold ?? '?'} allows${failed === null ? '' : ` (${failed})`}${when}; this stopped the run but is not the root cause.`,
      evidence: refs,
    },
  ];
}

/** Limit on silent nodes that get a finding of their own. A run can have as many nodes as files. */
const MOST_NODES = 20;

function nodeFindings({ db, cause, evidence }: FindingContext): DraftFinding[] {
  if (evidence.status === 'running') return [];
  const strict = silentNodes(db, true);
  // Logs that mention a mini-batch only at its end cannot show unfinished work. In that case other
  // processes must at least report their exits.
  const tellsExits =
    db.prepare('SELECT EXISTS (SELECT 1 FROM process WHERE exit_code IS NOT NULL)').pluck().get() === 1;
  const silent = strict.length > 0 || !tellsExits ? strict : silentNodes(db, false);
  const others = silent.filter((each) => !(cause?.kind === 'node_lost' && cause.node === each.node));
  const found = others.slice(0, MOST_NODES).map(
    (each): DraftFinding => ({
      kind: 'node_lost',
      confidence: each.unfinished > 0 ? ('likely' as const) : ('possible' as const),
      message: `Node ${each.node} fell silent ${formatDuration(each.silentSeconds)} before the others: ${formatCount(each.processes, 'process', 'processes')} without an exit${each.unfinished > 0 ? `, ${formatCount(each.unfinished, 'mini-batch', 'mini-batches')} unfinished` : ''}.`,
      evidence: each.evidence.slice(0, MAX_EVIDENCE),
    }),
  );
  const [next] = others.slice(MOST_NODES);
  if (next === undefined) return found;
  const message = `${formatCount(others.length - MOST_NODES, 'more node', 'more nodes')} fell silent, up to ${formatDuration(next.silentSeconds)} before the others.`;
  return [
    ...found,
    { kind: 'node_lost', confidence: 'possible', message, evidence: next.evidence.slice(0, MAX_EVIDENCE) },
  ];
}
