/**
 * Stated causes: if the driver's process or the master names the cause itself, no other log is
 * needed. `platform-cause.ts` handles the platform's statements.
 */
import type { CauseKind } from '../../contract/run-info.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import type { Candidate } from './candidate.ts';
import { type ErrorRow, errorAt, exceptionOf } from './error-detail.ts';
import type { Evidence, RunEventRow } from './evidence.ts';
import { behindPointer, candidateOf, kindOfError } from './look-behind.ts';
import { firstLine, meaningOf } from './meaning.ts';
import { explanationIn, withoutLeadIn } from './platform-words.ts';
import { isServiceClass } from './service-words.ts';
import { classIn, type Told } from './testimonies.ts';

function current(evidence: Evidence, witness: Told['witness']): Told[] {
  return evidence.testimonies.filter(
    (told) => told.witness === witness && told.platformAttempt === evidence.attempts.last,
  );
}

function atTestimony(told: Told, kind: CauseKind): Candidate {
  return {
    kind,
    confidence: 'certain',
    message: told.message,
    atUs: told.timeUs,
    node: null,
    pid: null,
    miniBatchId: null,
    evidence: [told.ref],
  };
}

/**
 * Returns the cause that the driver's process states: an uncaught exception of any class, refused
 * arguments, a signal, a container that did not start, or a node or process that the launcher lost.
 * Null if it only sums up or points elsewhere.
 */
export function driverCause(db: ReadableDb, evidence: Evidence): Candidate | null {
  const stated = current(evidence, 'driver').filter((told) => told.claims === 'failed' && told.role === 'cause');
  // The launcher says why it ended the other processes, which explains their last words.
  const lost = evidence.events.filter(
    (event) => event.kind === 'driver' && (event.type === 'node_left' || event.type === 'lost'),
  );
  if (lost.length > 0 && stated.length > 0) return launcherCause(lost);
  const words = stated.filter((told) => eventAt(evidence, told)?.type === 'last_words');
  const told = words.find((one) => one.decided) ?? words[0];
  if (told === undefined) return null;
  const event = eventAt(evidence, told);
  const row = errorAt(db, told.ref) ?? lastErrorBefore(db, told);
  if (event?.name === 'killed') return { ...atTestimony(told, 'process_killed'), message: signalText(told, event) };
  if (row === undefined) return atTestimony(told, kindOfText(told.text));
  const name = classIn(told.text);
  if (name !== null && isServiceClass(name)) return null;
  const found = candidateOf([row], told.isInferred ? 'likely' : 'certain');
  return {
    ...found,
    kind: kindOfError(row),
    evidence: [{ fileId: row.fileId, line: lastLine(row) }, ...found.evidence],
  };
}

function lastLine(row: ErrorRow): number {
  return row.line + Math.max(0, row.lines - 1);
}

/**
 * Returns the traceback that ends a little before the last words. Its message has several lines.
 */
function lastErrorBefore(db: ReadableDb, told: Told): ErrorRow | undefined {
  const near = selectRows(
    db,
    `SELECT file_id AS fileId, line FROM error_event WHERE file_id = ? AND line <= ? AND line + lines > ? - 40 AND chain <> '[]'
       ORDER BY line DESC LIMIT 1`,
    { fileId: 'number', line: 'number' },
  ).get(told.ref.fileId, told.ref.line, told.ref.line);
  return near === undefined ? undefined : errorAt(db, near);
}

/**
 * Returns the reason in the service's own words, for a run whose logs show no more: the most
 * informative statement of the job result, the master and the overview. `likely`, because it may
 * only sum up.
 */
export function serviceCause(evidence: Evidence): Candidate | null {
  const stated = evidence.testimonies.filter(
    (told) =>
      (told.witness === 'job_result' || told.witness === 'master' || told.witness === 'overview') &&
      told.platformAttempt === evidence.attempts.last &&
      told.claims === 'failed' &&
      told.role === 'cause',
  );
  const best = stated
    .map((told) => ({ told, explanation: explanationIn(told.text) }))
    .sort((a, b) => b.explanation.score - a.explanation.score)
    .find(({ explanation }) => withoutLeadIn(explanation.line) !== '');
  if (best === undefined || best.explanation.score === 0) return null;
  const { line, meaning } = best.explanation;
  return { ...atTestimony(best.told, meaning?.kind ?? 'unknown'), message: line, confidence: 'likely' };
}

function eventAt(evidence: Evidence, told: Told): RunEventRow | undefined {
  return evidence.events.find(
    (event) =>
      event.fileId === told.ref.fileId &&
      event.line === told.ref.line &&
      (event.type === 'last_words' || event.type === 'lost' || event.type === 'node_left'),
  );
}

function kindOfText(text: string): CauseKind {
  return meaningOf(text)?.kind ?? 'unknown';
}

function signalText(told: Told, event: RunEventRow): string {
  return event.value === null ? told.message : `${told.message} (signal ${event.value})`;
}

/** Prefers a lost node to a lost process: a lost node takes its processes with it. */
function launcherCause(lost: readonly RunEventRow[]): Candidate {
  const event = lost.find((each) => each.type === 'node_left') ?? lost[0];
  const isNode = event?.type === 'node_left';
  const signal = event?.value ?? null;
  return {
    kind: isNode ? 'node_lost' : 'process_killed',
    confidence: 'certain',
    message: isNode
      ? `Node ${event?.node ?? '?'} was lost: ${firstLine(event?.message ?? '')}`
      : `A process on node ${event?.node ?? '?'} was ended${signal === null ? '' : ` by signal ${signal}`}: ${firstLine(event?.message ?? '')}`,
    atUs: event?.atUs ?? null,
    node: event?.node ?? null,
    pid: null,
    miniBatchId: null,
    evidence: lost.map(({ fileId, line }) => ({ fileId, line })),
  };
}

/**
 * Returns what failed after all mini-batches were processed. Completed work is no reason to fail,
 * so the cause came after it. Null if the work was not done or no later failure is known.
 */
export function causeAfterWork(db: ReadableDb, evidence: Evidence): Candidate | null {
  const done = evidence.events.filter((event) => event.type === 'all_processed').at(0);
  if (done === undefined) return null;
  // Half a second, because other logs of the same moment may be slightly ahead.
  const sinceUs = done.atUs === null ? null : done.atUs - 500_000;
  const master = evidence.finals.find(
    (event) =>
      event.type === 'failure' && event.kind === 'master' && (sinceUs === null || (event.atUs ?? sinceUs) >= sinceUs),
  );
  const row = master === undefined ? undefined : errorAt(db, master);
  const exception = row === undefined ? null : exceptionOf(row);
  if (row !== undefined && exception !== null && !isServiceClass(exception.class)) return candidateOf([row], 'certain');
  // The service gives its own reason, which is weighed with what came before it.
  if (evidence.terminals.size > 0) return null;
  return behindPointer(db, evidence, { sinceUs, kinds: ['master', 'issues', 'driver', 'result', 'compute'] });
}
