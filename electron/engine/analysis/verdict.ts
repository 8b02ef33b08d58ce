/** How the run ended, when, and what its own logs say about why. The first cause is found in `first-cause.ts`. */
import type { RunStatus } from '../../contract/records.ts';
import type { ReadableDb } from '../store/open.ts';
import type { RunCounts } from './counts.ts';
import type { Evidence, RunEventRow } from './evidence.ts';
import { findFirstCause } from './first-cause.ts';
import type { Ref } from './refs.ts';
import type { StoredCause, StoredTestimony } from './run-info.ts';

export interface Verdict {
  status: RunStatus;
  message: string | null;
  testimony: StoredTestimony[];
  startUs: number | null;
  endUs: number | null;
  firstCause: StoredCause | null;
  startHere: Ref[];
}

const MAX_START_HERE = 8;

/** Judge a run from its events, attempts and processes. */
export function judge(db: ReadableDb, counts: RunCounts, evidence: Evidence): Verdict {
  const { status } = evidence;
  const span = spanOf(db, evidence);
  const firstCause = findFirstCause(db, evidence, counts);
  return {
    status,
    message: messageOf(evidence, counts),
    testimony: [],
    startUs: span.startUs,
    endUs: status === 'running' ? null : span.endUs,
    firstCause,
    startHere: startHereOf(evidence, firstCause),
  };
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
