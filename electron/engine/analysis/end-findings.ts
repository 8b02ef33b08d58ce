/**
 * Findings about what the run recovered from and what its end does not show: tolerated errors,
 * surplus results, idle nodes, earlier platform attempts.
 */

import type { InitSummary } from '../../contract/analysis.ts';
import { formatCount } from '../../contract/format.ts';
import type { ReadableDb } from '../store/open.ts';
import { type ErrorRow, exceptionOf, exceptionText } from './error-detail.ts';
import { eventRefs, type FindingContext, MAX_EVIDENCE } from './finding-context.ts';
import { explainingErrors } from './look-behind.ts';
import { firstLine } from './meaning.ts';
import type { DraftFinding } from './run-info.ts';

/**
 * Reports errors of the entry script in a run that succeeded. The run recovered from them, but a
 * user wants to know.
 */
export function toleratedErrors({ db, evidence, found }: FindingContext): DraftFinding[] {
  if (evidence.status !== 'succeeded') return [];
  // Other findings already report failed attempts and starts, with figures.
  if (found.some((finding) => ['run_exceptions', 'init_failures', 'idle_nodes'].includes(finding.kind))) return [];
  const errors = explainingErrors(db, evidence, { kinds: ['result', 'user', 'issues'] }).filter(
    (row) => row.chain !== '[]' || row.kind === 'result',
  );
  const first = errors[0];
  if (first === undefined) return [];
  const exception = exceptionOf(first);
  const where = [first.process, first.node === null ? null : `node ${first.node}`].filter((part) => part !== null);
  return [
    {
      kind: 'tolerated_errors',
      confidence: 'certain',
      message: `The run got over ${errors.length === 1 ? 'an error' : formatCount(errors.length, 'error')}: ${exception === null ? firstLine(first.message) : exceptionText(exception)}${where.length === 0 ? '' : ` (${where.join(' on ')})`}.`,
      evidence: refsOf(errors),
    },
  ];
}

function refsOf(rows: readonly ErrorRow[]): DraftFinding['evidence'] {
  return rows.slice(0, MAX_EVIDENCE).map(({ fileId, line }) => ({ fileId, line }));
}

/**
 * Reports that run() returned more items than it was given, so that the count of succeeded items
 * hides failures.
 */
export function tooManyResults({ evidence }: FindingContext): DraftFinding[] {
  const events = evidence.events.filter((event) => event.type === 'too_many_results');
  const first = events[0];
  if (first === undefined) return [];
  // The warnings file repeats the process's own log.
  const calls = new Set(events.map((event) => `${event.node} ${event.atUs} ${event.message}`)).size;
  return [
    {
      kind: 'too_many_results',
      confidence: 'certain',
      message: `run() returned more items than it was given in ${calls === 1 ? 'one call' : `${calls} calls`}, first ${first.value ?? '?'} items: its count of succeeded items is not to be trusted.`,
      evidence: events.slice(0, MAX_EVIDENCE).map(({ fileId, line }) => ({ fileId, line })),
    },
  ];
}

/**
 * Reports nodes that took no part: every init() failed there, or no mini-batch was ever picked up.
 */
export function uselessNodes(db: ReadableDb, summary: InitSummary): DraftFinding[] {
  const idle = new Set(summary.idleNodes);
  const dead = summary.perNode.filter(
    (node) => node.started > 0 && node.failed + node.timedOut >= node.started && node.firstWorkUs === null,
  );
  const found: DraftFinding[] = [];
  // If no node works, the cause says so.
  if (dead.length > 0 && dead.length < summary.perNode.length) {
    for (const node of dead) idle.delete(node.node);
    const first = dead[0]?.node ?? '';
    found.push({
      kind: 'idle_nodes',
      confidence: 'certain',
      message: `${nodesText(dead.map((node) => node.node))} took no part: init() failed in every one of ${dead.length === 1 ? 'its' : 'their'} processes.`,
      evidence: eventRefs(db, "type IN ('init_failed', 'init_timed_out') AND node = ?", first),
    });
  }
  const rest = [...idle];
  if (rest.length > 0) {
    found.push({
      kind: 'idle_nodes',
      confidence: 'certain',
      message: `${rest.length} of ${summary.perNode.length} nodes never picked up a mini-batch: ${nodesText(rest).replace(/^Nodes? /, '')}.`,
      evidence: eventRefs(db, "type IN ('started', 'init_done') AND node = ?", rest[0]),
    });
  }
  return found;
}

function nodesText(nodes: readonly string[]): string {
  return `Node${nodes.length > 1 ? 's' : ''} ${nodes.slice(0, 5).join(', ')}${nodes.length > 5 ? ', …' : ''}`;
}

/**
 * Reports that the platform started the job more than once. How the earlier starts ended is
 * history.
 */
export function platformRetries({ evidence }: FindingContext): DraftFinding[] {
  const { attempts, testimonies } = evidence;
  if (attempts.list.length < 2) return [];
  const earlier = testimonies.filter((told) => told.platformAttempt < attempts.last && told.claims !== 'succeeded');
  const ends = attempts.list
    .filter((attempt) => attempt.number < attempts.last)
    .map((attempt) => {
      const own = earlier.filter((told) => told.platformAttempt === attempt.number);
      const end = own.find((told) => told.role === 'cause') ?? own.at(-1);
      const at = end?.timeUs ?? attempt.lastUs;
      const when = at === null ? '' : ` at ${new Date(at / 1e3).toISOString().slice(11, 19)}`;
      return `try ${attempt.number + 1} ended${when}${end === undefined ? '' : ` with ${end.message}`}`;
    });
  return [
    {
      kind: 'platform_retries',
      confidence: 'certain',
      message: `The platform started the job ${attempts.last + 1} times: ${ends.join('; ')}. The last try decides.`,
      evidence: earlier.slice(0, MAX_EVIDENCE).map((told) => told.ref),
    },
  ];
}
