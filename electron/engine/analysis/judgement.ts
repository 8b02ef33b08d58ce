/**
 * Judgement: how the run ended, weighed from testimonies.
 *
 * The table ranks the witnesses. The first witness of the table that states an end decides; of one
 * witness the latest statement does. The verdict then cites the testimony that decided and the ones
 * that it overrode.
 */
import type { RunStatus } from '../../contract/records.ts';
import type { Told } from './testimonies.ts';

/** One row of the ranking: which testimonies it speaks for. */
interface Rank {
  name: string;
  holds(told: Told): boolean;
}

const isBy = (told: Told, ...witnesses: Told['witness'][]) => witnesses.includes(told.witness);

/**
 * Who is believed first, and why.
 *
 * 1. The platform has the last word: it saw the job end, whatever the job's own logs say.
 * 2. A cancellation explains every failure that follows from it.
 * 3. The driver's process: an uncaught exception, an exit code. It ends after the overview is
 *    written.
 * 4. The job result: the service's own conclusion.
 * 5. The master, which may fail after all mini-batches were processed.
 * 6. The overview, which knows of nothing after the last mini-batch.
 * 7. A driver's console that ends without an error, or with an exception and a few lines that may
 *    be its message: inferred, not stated.
 *
 * Workers, user code and lists of errors never decide: the run may have got over each of their
 * errors.
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
  /** Null where nobody states an end. */
  decided: Told | null;
}

/**
 * Weigh the testimonies of the platform's last attempt. Marks the one that decided and those that
 * it overrode.
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
  // That the job went on at some time does not contradict its end.
  for (const told of testimonies) told.overridden = told.claims !== decided.claims && told.claims !== 'running';
  return { status: decided.claims, decided };
}

/**
 * A node that was taken away was replaced where the run states a good end after that, or the
 * platform that it goes on.
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
 * The latest claim of these testimonies; where times do not tell, a failure outweighs a success,
 * since a process that fails has often said before that its work is done. Of the statements of that
 * claim the one that names most: a cause before a pointer.
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
 * Whether all of the others were written before the last of these: later in one file, or at a later
 * time.
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
