/**
 * First cause: what came first, not what the service reported last. If ten mini-batches raised and
 * then the threshold was exceeded, the cause is `run_exception`.
 *
 * It looks in this order: the platform, the driver's last words, failures after the work was done,
 * trouble before any work, init(), the first attempt, process or node that went wrong, the reason
 * that the service gives, and finally the earliest error that may explain a bare exit code.
 */
import type { CauseKind } from '../../contract/run-info.ts';
import type { ReadableDb } from '../store/open.ts';
import { firstBadAttempts } from './bad-attempts.ts';
import { beforeWork, spokenTrouble } from './before-work.ts';
import { type Candidate, fromEvents, refOfEvent } from './candidate.ts';
import { completeCause } from './cause-detail.ts';
import type { RunCounts } from './counts.ts';
import { type Death, deaths, firstDeath } from './deaths.ts';
import type { Evidence } from './evidence.ts';
import { initCause } from './init-cause.ts';
import { behindPointer } from './look-behind.ts';
import { lostNodes } from './lost-nodes.ts';
import { platformCause } from './platform-cause.ts';
import { type Ref, uniqueRefs } from './refs.ts';
import type { StoredCause } from './run-info.ts';
import type { Terminal } from './service-words.ts';
import { causeAfterWork, driverCause, serviceCause } from './stated-cause.ts';

const MAX_EVIDENCE = 12;

/**
 * Returns the first cause of a failed or cancelled run, with the error lines that the script
 * printed before it. Returns null for any other run.
 */
export function findFirstCause(
  db: ReadableDb,
  evidence: Evidence,
  counts: RunCounts,
): { cause: StoredCause; printed: Ref[] } | null {
  if (evidence.status !== 'failed' && evidence.status !== 'cancelled') return null;
  const candidate = choose(db, evidence, counts);
  const finals = evidence.finals.filter((event) => event.type === 'failure').map(refOfEvent);
  const decided = evidence.decided === null ? [] : [evidence.decided.ref];
  const { cause, printed } = completeCause(db, candidate);
  const all = uniqueRefs([...cause.evidence, ...finals, ...decided]).slice(0, MAX_EVIDENCE);
  return { cause: { ...cause, evidence: all }, printed };
}

function choose(db: ReadableDb, evidence: Evidence, counts: RunCounts): Candidate {
  const { terminals } = evidence;
  if (evidence.status === 'cancelled') return cancelled(evidence);
  const stated = platformCause(db, evidence) ?? driverCause(db, evidence) ?? causeAfterWork(db, evidence);
  if (stated !== null) return stated;
  const fromStart = beforeWork(db, evidence, counts);
  if (fromStart !== null) return fromStart;
  if (terminals.has('init_exception') || terminals.has('init_timeout')) {
    const init = initCause(db, evidence);
    if (init !== null) return init;
  }
  const first = firstTrouble(db, evidence, counts);
  if (first !== null) return first;
  const init = initCause(db, evidence);
  const isConsequence = terminals.has('no_progress') || terminals.has('run_exception') || terminals.has('run_timeout');
  if (init !== null && !isConsequence) return init;
  return countedCause(db, evidence) ?? ownWord(db, evidence) ?? init ?? unknownCause(evidence);
}

/** Returns the earliest attempt, process or node that went wrong. */
function firstTrouble(db: ReadableDb, evidence: Evidence, counts: RunCounts): Candidate | null {
  const died = deaths(db);
  const strict = [
    ...firstBadAttempts(db, counts).map((candidate) => graded(candidate, evidence)),
    ...firstDeath(died, true),
    ...lostNodes(db, evidence, true),
  ];
  const troubles = strict.length > 0 ? strict : weakTroubles(died, lostNodes(db, evidence, false));
  troubles.sort((a, b) => (a.atUs ?? Number.MAX_SAFE_INTEGER) - (b.atUs ?? Number.MAX_SAFE_INTEGER));
  return troubles[0] ?? null;
}

/**
 * Returns candidates when no attempt was left open: deaths and losses that a line states, or
 * otherwise nodes that only fell silent.
 */
function weakTroubles(died: readonly Death[], lost: readonly Candidate[]): Candidate[] {
  const stated = [...firstDeath(died, false), ...lost.filter((candidate) => candidate.confidence !== 'possible')];
  return stated.length > 0 ? stated : [...lost];
}

/** Reasons that the run gives if attempts of this kind ended it. */
const REASONS: Partial<Record<CauseKind, readonly Terminal[]>> = {
  run_timeout: ['run_timeout', 'threshold', 'no_progress'],
  bad_return_type: ['no_result', 'threshold'],
  error_threshold_exceeded: ['threshold'],
};

/**
 * Grades a bad attempt: it is the certain cause only if the run says that such attempts ended it.
 * If the run ends with a bare exit code, it is only likely.
 */
function graded(candidate: Candidate, { terminals }: Evidence): Candidate {
  const reasons = REASONS[candidate.kind] ?? ['run_exception', 'threshold', 'no_result'];
  return reasons.some((terminal) => terminals.has(terminal)) ? candidate : { ...candidate, confidence: 'likely' };
}

function cancelled(evidence: Evidence): Candidate {
  const events = evidence.events.filter(
    (event) => event.type === 'cancelled' || (event.type === 'result' && event.name === 'cancelled'),
  );
  return fromEvents('cancelled', events, { confidence: 'certain', fallback: 'The run was cancelled.' });
}

/**
 * Returns the earliest error behind a count in the service's last word, such as "run() had raised
 * exception for 18 times", or the count itself if no log has the error.
 */
function countedCause(db: ReadableDb, evidence: Evidence): Candidate | null {
  const kinds: readonly [Terminal, CauseKind][] = [
    ['run_exception', 'run_exception'],
    ['run_timeout', 'run_timeout'],
  ];
  for (const [terminal, kind] of kinds) {
    if (!evidence.terminals.has(terminal)) continue;
    const counted = evidence.events.filter((event) => event.type === 'cause' && event.name === kind);
    const events = counted.length > 0 ? counted : evidence.finals.filter((event) => event.message !== null);
    const said = fromEvents(kind, events, { confidence: 'certain', fallback: kind });
    if (kind === 'run_timeout') return said;
    const error = behindPointer(db, evidence, { mustBeTelling: true, kinds: ['user', 'worker', 'issues', 'result'] });
    if (error === null) return said;
    return {
      ...error,
      kind: error.kind === 'unknown' || error.kind === 'init_failed' ? kind : error.kind,
      evidence: [...error.evidence, ...said.evidence],
    };
  }
  return null;
}

/**
 * Returns the reason that the run gives, for a run where nothing else came first, unless an error
 * explains that reason.
 */
function ownWord(db: ReadableDb, evidence: Evidence): Candidate | null {
  const kinds: readonly [Terminal, CauseKind][] = [
    ['no_result', 'bad_return_type'],
    ['threshold', 'error_threshold_exceeded'],
    ['no_progress', 'no_progress'],
    ['node_lost', 'node_lost'],
  ];
  for (const [terminal, kind] of kinds) {
    if (!evidence.terminals.has(terminal)) continue;
    const isConsequence = kind === 'no_progress' || kind === 'error_threshold_exceeded';
    const before = isConsequence
      ? behindPointer(db, evidence, { mustBeTelling: true, kinds: ['user', 'worker', 'issues', 'result', 'master'] })
      : null;
    // A line about a lost node does not say that the loss ended the run.
    const confidence = isConsequence || kind === 'node_lost' ? 'likely' : 'certain';
    const said = fromEvents(kind, evidence.finals, { confidence, fallback: kind });
    if (before !== null) return { ...before, evidence: [...before.evidence, ...said.evidence] };
    // This reason is a consequence. Without worker logs nothing shows that no cause came before it.
    if (isConsequence && !hasWorkLogs(db)) return { ...said, kind: 'unknown', confidence: 'possible' };
    return said;
  }
  const everywhere = ['driver', 'compute', 'progress', 'result', 'master', 'issues', 'worker', 'user'];
  return behindPointer(db, evidence) ?? spokenTrouble(db, evidence, everywhere) ?? serviceCause(evidence);
}

function hasWorkLogs(db: ReadableDb): boolean {
  return (
    db
      .prepare("SELECT EXISTS (SELECT 1 FROM file WHERE kind IN ('worker', 'user', 'issues', 'tasks'))")
      .pluck()
      .get() === 1
  );
}

function unknownCause(evidence: Evidence): Candidate {
  const events =
    evidence.finals.length > 0
      ? evidence.finals
      : evidence.events.filter((event) => event.type === 'driver_exit' && event.value !== 0);
  const { decided } = evidence;
  const isPointer = decided?.role === 'pointer';
  // A summary of the service says more than an exit code.
  const summary = evidence.testimonies.find(
    (told) =>
      told.platformAttempt === evidence.attempts.last && told.claims === 'failed' && told.role === 'consequence',
  );
  const fallback = 'The logs do not say why the run failed.';
  const base = fromEvents('unknown', events, { confidence: 'possible', fallback });
  const message =
    isPointer && summary === undefined
      ? `${decided.message}: the logs that are here do not say why`
      : ((isPointer ? summary : decided)?.message ?? base.message);
  const own = [summary, decided].flatMap((told) => (told === undefined || told === null ? [] : [told.ref]));
  return { ...base, message, evidence: [...own, ...base.evidence] };
}
