/**
 * Verdict: how the run ended, when, and what its own logs say about why. `first-cause.ts` finds the
 * first cause.
 */
import type { RunStatus } from '../../contract/run-info.ts';
import { witnesses } from '../../contract/testimony.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, selectRows } from '../store/select.ts';
import type { RunCounts } from './counts.ts';
import type { Evidence, RunEventRow } from './evidence.ts';
import { findFirstCause } from './first-cause.ts';
import type { Ref } from './refs.ts';
import type { StoredCause, StoredTestimony } from './run-info.ts';
import type { Told } from './testimonies.ts';

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

/** Judges a run from its events, attempts and processes. */
export function judge(db: ReadableDb, counts: RunCounts, evidence: Evidence): Verdict {
  const { status } = evidence;
  const span = spanOf(db, evidence);
  const found = findFirstCause(db, evidence, counts);
  const firstCause = found?.cause ?? null;
  return {
    status,
    message: messageOf(evidence, counts),
    testimony: shownTestimony(evidence),
    startUs: span.startUs,
    endUs: status === 'running' ? null : span.endUs,
    firstCause,
    startHere: startHereOf(evidence, firstCause, found?.printed ?? []),
  };
}

/** Limit on kept statements. A log can repeat one many times. */
const MAX_TESTIMONY = 40;

/**
 * Returns the weighed statements: the deciding one first, then those that it overrode, then by rank
 * of witness.
 */
function shownTestimony({ testimonies }: Evidence): StoredTestimony[] {
  const seen = new Set<string>();
  return [...testimonies]
    .sort(
      (a, b) =>
        Number(b.decided) - Number(a.decided) ||
        Number(b.overridden) - Number(a.overridden) ||
        witnesses.indexOf(a.witness) - witnesses.indexOf(b.witness) ||
        (a.timeUs ?? 0) - (b.timeUs ?? 0),
    )
    .filter((told) => {
      const key = `${told.witness} ${told.claims} ${told.message}`;
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    })
    .slice(0, MAX_TESTIMONY)
    .map(({ witness, claims, role, decided, overridden, platformAttempt, timeUs, message, ref }) => ({
      ...{ witness, claims, role, decided, overridden, platformAttempt, timeUs, message, ref },
    }));
}

function messageOf(evidence: Evidence, counts: RunCounts): string | null {
  const { status, decided } = evidence;
  if (status === 'failed') return failureMessage(evidence);
  if (status === 'cancelled')
    return (
      evidence.events.find((event) => event.type === 'cancelled')?.message ??
      decided?.message ??
      'The run was cancelled.'
    );
  if (status === 'running') {
    const { processed, total } = counts.miniBatches;
    return `The logs show no end of the run; ${processed} of ${total ?? 'an unknown number of'} mini-batches were processed.`;
  }
  const summary = evidence.events.findLast(
    (event) => event.type === 'summary' && !event.message?.includes('Telemetry'),
  );
  return summary?.message ?? (status === 'succeeded' ? (decided?.message ?? null) : null);
}

/**
 * Returns the most informative statement about the failure, and another witness's claim that the
 * work was done, if any.
 */
function failureMessage({ testimonies, decided, attempts }: Evidence): string | null {
  const current = testimonies.filter((told) => told.platformAttempt === attempts.last && told.witness !== 'error_list');
  const rank = (told: Told) =>
    (told.role === 'pointer' ? 20 : 0) + (told.role === 'consequence' ? 10 : 0) + witnesses.indexOf(told.witness);
  const failures = current.filter((told) => told.claims === 'failed').sort((a, b) => rank(a) - rank(b));
  const best = decided !== null && decided.role === 'cause' ? decided : (failures[0] ?? decided);
  if (best === null || best === undefined) return null;
  const good = current.find((told) => told.claims === 'succeeded' && !told.isInferred);
  if (good === undefined) return best.text;
  return `${best.text.trimEnd()}\nBefore that the ${witnessWords[good.witness]} said: ${good.message}`;
}

const witnessWords: Readonly<Record<Told['witness'], string>> = {
  platform: 'platform',
  driver: 'driver',
  job_result: 'job result',
  master: 'master',
  overview: 'overview',
  worker: 'worker',
  user_code: 'entry script',
  error_list: 'list of errors',
};

/**
 * Returns the first and last sign of the run: the driver's own lines if there are any, otherwise
 * what the run and its workers report.
 */
function spanOf(db: ReadableDb, evidence: Evidence): { startUs: number | null; endUs: number | null } {
  const driver = only(
    selectRows(db, "SELECT min(first_us) AS startUs, max(last_us) AS endUs FROM file WHERE kind = 'driver'", {
      startUs: 'number?',
      endUs: 'number?',
    }),
  );
  const all = only(
    selectRows(
      db,
      `SELECT min(first_us) AS startUs, max(last_us) AS endUs FROM file
       WHERE kind IN ('progress', 'master', 'worker', 'result', 'driver')`,
      { startUs: 'number?', endUs: 'number?' },
    ),
  );
  const compute = only(
    selectRows(db, "SELECT min(first_us) AS startUs, max(last_us) AS endUs FROM file WHERE kind = 'compute'", {
      startUs: 'number?',
      endUs: 'number?',
    }),
  );
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

/**
 * Returns the lines to read first, most informative first: the first cause's lines, the failure's
 * text, and advice in the logs.
 */
function startHereOf(evidence: Evidence, cause: StoredCause | null, printed: readonly Ref[]): Ref[] {
  if (evidence.status === 'succeeded') return [];
  const refs: Ref[] = [...(cause?.evidence.slice(0, 1) ?? []), ...printed, ...(cause?.evidence.slice(1, 3) ?? [])];
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
