/** Everything about the run that is worth a sentence, each with its confidence and its lines. A healthy run has none. */

import type { InitSummary } from '../../contract/analysis.ts';
import { emptyFilter } from '../../contract/filter.ts';
import { formatCount, formatDuration, formatPercent, formatTimes } from '../../contract/format.ts';
import { formatDateTime } from '../../contract/format-time.ts';
import type { ReadableDb } from '../store/open.ts';
import { columnsOf, firstAttempts, longestAttempts } from './columns.ts';
import { contradictionFinding } from './contradictions.ts';
import type { RunCounts } from './counts.ts';
import { deathFindings, deaths } from './deaths.ts';
import { platformRetries, toleratedErrors, tooManyResults, uselessNodes } from './end-findings.ts';
import { errorBudget } from './error-budget.ts';
import type { Evidence } from './evidence.ts';
import { eventRefs, type FindingContext, MAX_EVIDENCE } from './finding-context.ts';
import { byImportance } from './findings-order.ts';
import { inits } from './inits.ts';
import { OUTCOME } from './join.ts';
import { attemptRefs, type Ref } from './refs.ts';
import { resourceFindings } from './resource-findings.ts';
import type { DraftFinding, StoredCause, StoredFinding } from './run-info.ts';
import { silentNodes } from './silence.ts';
import { SLOW_TIMES, stragglers } from './stragglers.ts';
import { at } from './typed.ts';

/** Stragglers of fewer than this are chance. */
const MIN_STRAGGLERS = 2;
/** A tail is long when the last 5 % of the mini-batches took this share of the run. */
export const LONG_TAIL_SHARE = 0.25;

/** Kinds that a run may show although nothing went wrong in it. */
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

/** Find what is worth saying, most telling first. */
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

function initFindings({ db, cause }: FindingContext): DraftFinding[] {
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

/** ` on node 1` or ` on nodes 1, 4, …`; nothing where the run has one node only. */
function onNodes({ perNode }: InitSummary, count: (node: InitSummary['perNode'][number]) => number): string {
  const nodes = perNode.filter((node) => count(node) > 0).map((node) => node.node);
  if (perNode.length < 2 || nodes.length === 0) return '';
  return ` on node${nodes.length > 1 ? 's' : ''} ${nodes.slice(0, 5).join(', ')}${nodes.length > 5 ? ', …' : ''}`;
}

function attemptFindings({ db, cause, counts }: FindingContext): DraftFinding[] {
  const { attempts, batches } = columnsOf(db);
  let failed = 0;
  let timedOut = 0;
  let empty = 0;
  let retried = 0;
  let partial = 0;
  let lateResults = 0;
  const succeededOnce = new Uint8Array(batches.status.length);
  for (let row = 0; row < attempts.outcome.length; row++) {
    const outcome = at(attempts.outcome, row);
    if (outcome === OUTCOME.timed_out) timedOut++;
    if (outcome === OUTCOME.failed) {
      if (at(attempts.processed, row) === 1) empty++;
      else failed++;
    }
    if (outcome > OUTCOME.partial) continue;
    const batch = at(attempts.batch, row);
    if (succeededOnce[batch] === 1) lateResults++;
    succeededOnce[batch] = 1;
  }
  for (let ordinal = 0; ordinal < batches.status.length; ordinal++) {
    if (at(batches.attempts, ordinal) > 1) retried++;
    if (at(batches.status, ordinal) === OUTCOME.partial) partial++;
  }
  const found: DraftFinding[] = [];
  const columns = columnsOf(db);
  const add = (
    kind: string,
    message: string,
    test: (row: number) => boolean,
    which: 'picked' | 'finished' = 'finished',
  ) => {
    const evidence = attemptRefs(db, firstAttempts(columns, MAX_EVIDENCE, test), which);
    found.push({ kind, confidence: 'certain', message, evidence });
  };
  const is = (outcome: number) => (row: number) => at(attempts.outcome, row) === outcome;
  const isAgain = (row: number) => at(attempts.attempt, row) > 1;
  if (failed > 0 && !(cause !== null && cause.kind === 'run_exception' && failed === 1)) {
    add(
      'run_exceptions',
      `run() raised in ${failed} of ${formatCount(attempts.outcome.length, 'attempt')}.`,
      (row) => is(OUTCOME.failed)(row) && at(attempts.processed, row) === 0,
    );
  }
  if (empty > 0)
    add(
      'empty_results',
      `run() returned nothing for any item of ${formatCount(empty, 'mini-batch', 'mini-batches')}.`,
      (row) => is(OUTCOME.failed)(row) && at(attempts.processed, row) === 1,
    );
  if (timedOut > 0)
    add(
      'run_timeouts',
      `run() timed out in ${timedOut} of ${formatCount(attempts.outcome.length, 'attempt')}.`,
      is(OUTCOME.timed_out),
    );
  if (partial > 0) {
    const items =
      counts.items.failed === null
        ? ''
        : ` (${counts.items.failed} of ${counts.items.total ?? '?'} items of the run failed)`;
    add(
      'items_failed',
      `${formatCount(partial, 'mini-batch was', 'mini-batches were')} processed with some items failed${items}.`,
      is(OUTCOME.partial),
    );
  }
  if (retried > 0) {
    add(
      'retries',
      `${formatCount(retried, 'mini-batch was', 'mini-batches were')} retried; ${countOf(db, "status IN ('succeeded', 'partial') AND attempts > 1")} of them succeeded in the end.`,
      isAgain,
      'picked',
    );
  }
  if (lateResults > 0) {
    add(
      'late_results',
      `${formatCount(lateResults, 'mini-batch was', 'mini-batches were')} processed twice: a slow attempt ended after its mini-batch had gone to another process.`,
      isAgain,
    );
  }
  return [...found, ...poisoned(db)];
}

function poisoned(db: ReadableDb): DraftFinding[] {
  const count = db
    .prepare("SELECT count(DISTINCT mini_batch_id) FROM task_event WHERE type = 'poisoned'")
    .pluck()
    .get() as number;
  if (count === 0) return [];
  const evidence = db
    .prepare(
      `SELECT file_id AS fileId, line FROM task_event WHERE type = 'poisoned' ORDER BY at_us, file_id, line LIMIT ${MAX_EVIDENCE}`,
    )
    .all() as Ref[];
  return [
    {
      kind: 'poisoned',
      confidence: 'certain',
      message: `The service gave up on ${formatCount(count, 'mini-batch', 'mini-batches')} after every allowed attempt failed.`,
      evidence,
    },
  ];
}

function countOf(db: ReadableDb, where: string): number {
  return db.prepare(`SELECT count(*) FROM mini_batch WHERE ${where}`).pluck().get() as number;
}

function nodeFindings({ db, cause, evidence }: FindingContext): DraftFinding[] {
  if (evidence.status === 'running') return [];
  const strict = silentNodes(db, true);
  // Logs that tell of a mini-batch only when it is done cannot show what was in hand; then the others must at least tell of their exits.
  const tellsExits =
    db.prepare('SELECT EXISTS (SELECT 1 FROM process WHERE exit_code IS NOT NULL)').pluck().get() === 1;
  const silent = strict.length > 0 || !tellsExits ? strict : silentNodes(db, false);
  return silent
    .filter((each) => !(cause?.kind === 'node_lost' && cause.node === each.node))
    .map((each) => ({
      kind: 'node_lost',
      confidence: each.unfinished > 0 ? ('likely' as const) : ('possible' as const),
      message: `Node ${each.node} fell silent ${formatDuration(each.silentSeconds)} before the others: ${formatCount(each.processes, 'process', 'processes')} without an exit${each.unfinished > 0 ? `, ${formatCount(each.unfinished, 'mini-batch', 'mini-batches')} unfinished` : ''}.`,
      evidence: each.evidence.slice(0, MAX_EVIDENCE),
    }));
}

function speedFindings({ db }: FindingContext): DraftFinding[] {
  const found: DraftFinding[] = [];
  const slow = stragglers(db, { filter: emptyFilter });
  const columns = columnsOf(db);
  const refsOf = (ids: number[]) => attemptRefs(db, ids, 'finished');
  for (const node of slow.nodes.filter((candidate) => candidate.slow)) {
    const code = columns.nodes.indexOf(node.node);
    const ids = longestAttempts(
      columns,
      MAX_EVIDENCE,
      (row) => at(columns.attempts.node, row) === code && at(columns.attempts.outcome, row) <= OUTCOME.partial,
    );
    found.push({
      kind: 'slow_node',
      confidence: 'certain',
      message: `Node ${node.node} is slow: median attempt ${formatDuration(node.medianSeconds)}, ${formatTimes(node.ratio)} the run's ${formatDuration(slow.medianSeconds)} (${formatCount(node.attempts, 'attempt')}).`,
      evidence: refsOf(ids),
    });
  }
  const lone = slow.attempts.filter((attempt) => attempt.cause !== 'node');
  if (slow.slowCount >= MIN_STRAGGLERS && lone.length >= MIN_STRAGGLERS) {
    const longest = lone[0];
    found.push({
      kind: 'stragglers',
      confidence: 'certain',
      message: `${formatCount(slow.slowCount, 'attempt')} took more than ${SLOW_TIMES}× the median of ${formatDuration(slow.medianSeconds)}; longest ${formatDuration(longest?.durationSeconds ?? null)} (mini-batch ${longest?.miniBatchId}).`,
      evidence: refsOf(lone.slice(0, MAX_EVIDENCE).map((attempt) => attempt.attemptId)),
    });
  }
  if (slow.tail !== null && slow.tail.shareOfRun >= LONG_TAIL_SHARE) {
    found.push({
      kind: 'long_tail',
      confidence: 'certain',
      message: `The last 5 % of the mini-batches took ${formatPercent(slow.tail.shareOfRun)} of the time; workers were idle for ${formatDuration(slow.tail.idleWorkerSeconds)} in total meanwhile.`,
      evidence: refsOf(slow.attempts.slice(0, MAX_EVIDENCE).map((attempt) => attempt.attemptId)),
    });
  }
  return found;
}

/** The progress log stopped while mini-batches went on ending (a fail-over moves its writer). */
function progressFinding({ db, evidence }: FindingContext): DraftFinding[] {
  const last = db
    .prepare(
      `SELECT e.file_id AS fileId, e.line, max(f.last_us) AS lastUs FROM run_event e JOIN file f ON f.id = e.file_id
       WHERE f.kind = 'progress' GROUP BY e.file_id ORDER BY lastUs DESC, e.file_id LIMIT 1`,
    )
    .get() as (Ref & { lastUs: number | null }) | undefined;
  const work = db.prepare('SELECT max(end_us) FROM attempt').pluck().get() as number | null;
  if (last === undefined || last.lastUs === null || work === null || evidence.status === 'running') return [];
  const seconds = (work - last.lastUs) / 1e6;
  if (seconds < 60) return [];
  const lines = db.prepare('SELECT lines FROM file WHERE id = ?').pluck().get(last.fileId) as number | null;
  return [
    {
      kind: 'progress_stopped',
      confidence: 'certain',
      message: `The progress log ends ${formatDuration(seconds)} before the last mini-batch does; its writer moved or ended.`,
      evidence: [{ fileId: last.fileId, line: lines ?? last.line }],
    },
  ];
}
