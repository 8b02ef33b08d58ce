/**
 * Judgement: how the run ended, weighed from testimonies.
 *
 * The table ranks the witnesses. The first witness in it that states an end decides, with its
 * latest statement. The verdict cites the deciding testimony and those that it overrode.
 */
import type { RunStatus } from '../../contract/run-info.ts';
import type { Told } from './testimonies.ts';

/** One row of the ranking. `holds` selects its testimonies. */
interface Rank {
  name: string;
  holds(told: Told): boolean;
}

const isBy = (told: Told, ...witnesses: Told['witness'][]) => witnesses.includes(told.witness);

/**
 * Ranks witnesses, most believable first:
 *
 * 1. The platform has the last word: it saw the job end, whatever the job's own logs say.
 * 2. A cancellation explains every failure that follows from it.
 * 3. The driver's process: an uncaught exception, an exit code. It ends after the overview is
 *    written.
 * 4. The job result: the service's own conclusion.
 * 5. The master, which may fail after all mini-batches were processed.
 * 6. The overview, which knows nothing after the last mini-batch.
 * 7. A driver's console that ends without an error, or with an exception and a few lines that may
 *    be its message: inferred, not stated.
 *
 * Workers, user code and lists of errors never decide, because the run may have recovered from each
 * of their errors.
 */
const RANKS: readonly Rank[] = [
  { name: 'platform', holds: (told) => isBy(told, 'platform') && told.claims !== 'running' },
  { name: 'cancellation', holds: (told) => told.claims === 'cancelled' },
  { name: 'driver', holds: (told) => isBy(told, 'driver') && !told.isInferred },
  { name: 'job result', holds: (told) => isBy(told, 'job_result') },
  { name: 'master', holds: (told) => isBy(told, 'master') && told.claims === 'failed' },
  { name: 'overview', holds: (told) => isBy(told, 'overview', 'master') },
  { name: 'clean end', holds: (told) => told.isInferred },
];

export interface Judgement {
  status: RunStatus;
  /** Null if no testimony states an end. */
  decided: Told | null;
}

/**
 * Weighs the testimonies of the platform's last attempt. Marks the deciding one and those that it
 * overrode.
 */
export function weigh(testimonies: readonly Told[], lastAttempt: number, hasAnything: boolean): Judgement {
  const current = testimonies.filter((told) => told.platformAttempt === lastAttempt);
  const heard = current.filter((told) => !isRefuted(told, current));
  let decided: Told | null = null;
  for (const rank of RANKS) {
    decided = lastOf(heard.filter((told) => rank.holds(told)));
    if (decided !== null) break;
  }
  if (decided === null) return { status: hasAnything ? 'running' : 'unknown', decided };
  decided.decided = true;
  // "Running" at some time does not contradict the end.
  for (const told of testimonies) told.overridden = told.claims !== decided.claims && told.claims !== 'running';
  return { status: decided.claims, decided };
}

/**
 * Decides whether a lost node was replaced: the run later states a good end, or the platform says
 * that it continues.
 */
function isRefuted(told: Told, all: readonly Told[]): boolean {
  if (!told.isRestartable || told.timeUs === null) return false;
  const { timeUs } = told;
  return all.some(
    (other) =>
      (other.claims === 'succeeded' || other.claims === 'running') && other.timeUs !== null && other.timeUs > timeUs,
  );
}

/**
 * Returns the testimony with the latest claim. If times do not decide, a failure outweighs a
 * success, because a failing process has often said before that its work is done. Among statements
 * of one claim, prefers the most informative: a cause over a pointer.
 */
function lastOf(told: readonly Told[]): Told | null {
  const claims = new Map<Told['claims'], Told[]>();
  for (const one of told) claims.set(one.claims, [...(claims.get(one.claims) ?? []), one]);
  let winner: Told[] | null = null;
  for (const claim of ['failed', 'cancelled', 'succeeded'] as const) {
    const candidates = claims.get(claim);
    if (candidates !== undefined && (winner === null || isLater(candidates, winner))) winner = candidates;
  }
  const roles: readonly Told['role'][] = ['cause', 'consequence', 'pointer', 'ending'];
  return (
    winner?.sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role) || (b.timeUs ?? 0) - (a.timeUs ?? 0))[0] ??
    null
  );
}

/**
 * Returns true if the last of `these` was written after all the others: later in one file, or at a
 * later time.
 */
function isLater(these: readonly Told[], others: readonly Told[]): boolean {
  return these.some((one) =>
    others.every((other) =>
      one.ref.fileId === other.ref.fileId
        ? one.ref.line > other.ref.line
        : one.timeUs !== null && other.timeUs !== null && one.timeUs > other.timeUs,
    ),
  );
}
