/** Findings about speed: slow nodes, stragglers, a long tail, and a progress log that stopped. */
import { emptyFilter } from '../../contract/empty-filter.ts';
import { formatCount, formatDuration, formatPercent, formatTimes } from '../../contract/format.ts';
import { at } from '../base/typed.ts';
import { only, selectCells, selectRows } from '../store/select.ts';
import { columnsOf, longestAttempts } from './columns.ts';
import { type FindingContext, MAX_EVIDENCE } from './finding-context.ts';
import { OUTCOME } from './join.ts';
import { attemptRefs } from './refs.ts';
import type { DraftFinding } from './run-info.ts';
import { SLOW_TIMES, stragglers } from './stragglers.ts';

/** Fewer stragglers than this are chance. */
const MIN_STRAGGLERS = 2;
/** A tail is long if the last 5 % of the mini-batches took this share of the run. */
const LONG_TAIL_SHARE = 0.25;

/** Returns findings about durations. All of them are observations. */
export function speedFindings({ db }: FindingContext): DraftFinding[] {
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

/**
 * Reports a progress log that stopped while mini-batches continued to end. A failover moves its
 * writer.
 */
export function progressFinding({ db, evidence }: FindingContext): DraftFinding[] {
  const last = selectRows(
    db,
    `SELECT e.file_id AS fileId, e.line, max(f.last_us) AS lastUs FROM run_event e JOIN file f ON f.id = e.file_id
       WHERE f.kind = 'progress' GROUP BY e.file_id ORDER BY lastUs DESC, e.file_id LIMIT 1`,
    { fileId: 'number', line: 'number', lastUs: 'number?' },
  ).get();
  const work = only(selectCells(db, 'SELECT max(end_us) FROM attempt', 'number?'));
  if (last === undefined || last.lastUs === null || work === null || evidence.status === 'running') return [];
  const seconds = (work - last.lastUs) / 1e6;
  if (seconds < 60) return [];
  const lines = selectCells(db, 'SELECT lines FROM file WHERE id = ?', 'number?').get(last.fileId) ?? null;
  return [
    {
      kind: 'progress_stopped',
      confidence: 'certain',
      message: `The progress log ends ${formatDuration(seconds)} before the last mini-batch does; its writer moved or ended.`,
      evidence: [{ fileId: last.fileId, line: lines ?? last.line }],
    },
  ];
}
