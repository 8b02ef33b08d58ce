/** How the run ended, when, and what its own logs say about why. The first cause is found in `first-cause.ts`. */
import type { RunStatus } from '../../contract/records.ts';
import type { ReadableDb } from '../store/open.ts';
import type { RunCounts } from './counts.ts';
import { findFirstCause } from './first-cause.ts';
import type { Ref } from './refs.ts';
import type { StoredCause } from './run-info.ts';
import { type Terminal, terminalsOf } from './trouble.ts';

export interface RunEventRow extends Ref {
  type: string;
  atUs: number | null;
  node: string | null;
  name: string | null;
  value: number | null;
  message: string | null;
  kind: string;
}

export interface Verdict {
  status: RunStatus;
  message: string | null;
  startUs: number | null;
  endUs: number | null;
  firstCause: StoredCause | null;
  startHere: Ref[];
}

/** What the run said at its end, read once and handed to all who judge. */
export interface Evidence {
  events: RunEventRow[];
  status: RunStatus;
  /** Failure and stop texts, in time order. */
  finals: RunEventRow[];
  terminals: Set<Terminal>;
}

const MAX_START_HERE = 8;
/** Events that matter for the verdict; progress lines can be many and are left out. */
const TYPES = [
  'run_started',
  'scheduling_started',
  'scheduling_finished',
  'first_task',
  'all_processed',
  'summary',
  'stop_reason',
  'cancelled',
  'failure',
  'cause',
  'advice',
  'result',
  'driver_exit',
  'run_ended',
  'concatenating',
  'node_left',
  'node_joined',
  'failover',
  'phase',
];

/** Judge a run from its events, attempts and processes. */
export function judge(db: ReadableDb, counts: RunCounts, evidence: Evidence): Verdict {
  const { status } = evidence;
  const span = spanOf(db, evidence);
  const firstCause = findFirstCause(db, evidence, counts);
  return {
    status,
    message: messageOf(evidence, counts),
    startUs: span.startUs,
    endUs: status === 'running' ? null : span.endUs,
    firstCause,
    startHere: startHereOf(evidence, firstCause),
  };
}

/** Read the events that the verdict rests on. */
export function readEvidence(db: ReadableDb): Evidence {
  const events = db
    .prepare(
      `SELECT e.file_id AS fileId, e.line, e.type, e.at_us AS atUs, e.node, e.name, e.value, e.message, f.kind
       FROM run_event e JOIN file f ON f.id = e.file_id
       WHERE e.type IN (${TYPES.map(() => '?').join(', ')})
       ORDER BY e.at_us IS NULL, e.at_us, e.file_id, e.line LIMIT 100000`,
    )
    .all(...TYPES) as RunEventRow[];
  const finals = events.filter((event) => event.type === 'failure' || event.type === 'stop_reason');
  const terminals = new Set<Terminal>();
  for (const event of finals) for (const terminal of terminalsOf(event.message ?? '')) terminals.add(terminal);
  for (const event of events) {
    if (event.type !== 'cause') continue;
    if (event.name === 'init_failed') terminals.add('init_exception');
    if (event.name === 'init_timeout') terminals.add('init_timeout');
  }
  const status = statusOf(events, finals, terminals, hasWork(db));
  return { events, status, finals, terminals };
}

function hasWork(db: ReadableDb): boolean {
  return (
    db
      .prepare(
        'SELECT EXISTS (SELECT 1 FROM attempt) OR EXISTS (SELECT 1 FROM process) OR EXISTS (SELECT 1 FROM run_event)',
      )
      .pluck()
      .get() === 1
  );
}

/** The run's own words, most binding first: cancelled, result, a failure, the driver's exit, all processed and ended. */
function statusOf(
  events: readonly RunEventRow[],
  finals: readonly RunEventRow[],
  terminals: ReadonlySet<Terminal>,
  hasAnything: boolean,
): RunStatus {
  const results = events.filter((event) => event.type === 'result');
  const isResult = (name: string) => results.some((event) => event.name === name);
  if (isResult('cancelled') || terminals.has('cancelled') || events.some((event) => event.type === 'cancelled')) {
    return 'cancelled';
  }
  const exits = events.filter((event) => event.type === 'driver_exit' && event.value !== null);
  const hasBadExit = exits.some((event) => event.value !== 0);
  if (isResult('failed') || finals.some((event) => event.type === 'failure') || terminals.size > 0 || hasBadExit) {
    return 'failed';
  }
  if (isResult('succeeded')) return 'succeeded';
  const hasEnded = events.some((event) => event.type === 'run_ended' || event.type === 'summary');
  const isProcessed = events.some((event) => event.type === 'all_processed' || event.type === 'summary');
  const hasBadPreparation = events.some(
    (event) =>
      event.type === 'phase' &&
      (event.name === 'failed' || event.name === 'Failed' || (event.name === 'exit' && (event.value ?? 0) !== 0)),
  );
  if (hasBadPreparation && !events.some((event) => event.type === 'run_started')) return 'failed';
  if (isProcessed && (hasEnded || exits.length > 0)) return 'succeeded';
  if (exits.length > 0) return 'succeeded';
  return hasAnything ? 'running' : 'unknown';
}

function messageOf(evidence: Evidence, counts: RunCounts): string | null {
  const { status } = evidence;
  if (status === 'failed') {
    const rank = (event: RunEventRow) =>
      (event.type === 'failure' ? 0 : 10) + (event.kind === 'progress' ? 0 : event.kind === 'result' ? 1 : 2);
    const best = [...evidence.finals].sort((a, b) => rank(a) - rank(b))[0];
    return (
      best?.message ??
      evidence.events.find((event) => event.type === 'driver_exit' && event.value !== 0)?.message ??
      null
    );
  }
  if (status === 'cancelled')
    return evidence.events.find((event) => event.type === 'cancelled')?.message ?? 'The run was cancelled.';
  if (status === 'running') {
    const { processed, total } = counts.miniBatches;
    return `The logs show no end of the run; ${processed} of ${total ?? 'an unknown number of'} mini-batches were processed.`;
  }
  return (
    evidence.events.findLast((event) => event.type === 'summary' && !event.message?.includes('Telemetry'))?.message ??
    null
  );
}

/** First and last sign of the run: the driver's own lines where there are any, else what the run and its workers tell. */
function spanOf(db: ReadableDb, evidence: Evidence): { startUs: number | null; endUs: number | null } {
  const driver = db
    .prepare("SELECT min(first_us) AS startUs, max(last_us) AS endUs FROM file WHERE kind = 'driver'")
    .get() as { startUs: number | null; endUs: number | null };
  const all = db
    .prepare(
      `SELECT min(first_us) AS startUs, max(last_us) AS endUs FROM file
       WHERE kind IN ('progress', 'master', 'worker', 'result', 'driver')`,
    )
    .get() as { startUs: number | null; endUs: number | null };
  const compute = db
    .prepare("SELECT min(first_us) AS startUs, max(last_us) AS endUs FROM file WHERE kind = 'compute'")
    .get() as { startUs: number | null; endUs: number | null };
  const started = evidence.events.find((event) => event.type === 'run_started' && event.atUs !== null);
  const ended = evidence.events.findLast(
    (event) => (event.type === 'run_ended' || event.type === 'driver_exit') && event.atUs !== null,
  );
  return {
    startUs: started?.atUs ?? driver.startUs ?? all.startUs ?? compute.startUs,
    endUs: later(ended?.atUs ?? null, driver.endUs) ?? all.endUs ?? compute.endUs,
  };
}

function later(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

/** Where to look, most telling first: the first cause's lines, the failure's text, and what the logs advise. */
function startHereOf(evidence: Evidence, cause: StoredCause | null): Ref[] {
  if (evidence.status === 'succeeded') return [];
  const refs: Ref[] = [...(cause?.evidence.slice(0, 3) ?? [])];
  const add = (event: RunEventRow) => refs.push({ fileId: event.fileId, line: event.line });
  for (const event of evidence.finals.filter((final) => final.type === 'failure').slice(0, 3)) add(event);
  for (const event of evidence.events) if (event.type === 'advice' || event.type === 'cause') add(event);
  const seen = new Set<string>();
  const unique = refs.filter(({ fileId, line }) => {
    const key = `${fileId}:${line}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return unique.slice(0, MAX_START_HERE);
}
