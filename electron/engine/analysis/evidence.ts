/** Evidence: what the run itself says about its end, read once and shared by everything that judges it. */
import type { RunStatus } from '../../contract/records.ts';
import type { ReadableDb } from '../store/open.ts';
import type { Ref } from './refs.ts';
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

/** What the run said at its end, read once and handed to all who judge. */
export interface Evidence {
  events: RunEventRow[];
  status: RunStatus;
  /** Failure and stop texts, in time order. */
  finals: RunEventRow[];
  terminals: Set<Terminal>;
}

/** Events that matter for the verdict; progress lines can be many and are left out. */
export const TYPES = [
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

export function hasWork(db: ReadableDb): boolean {
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
export function statusOf(
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
