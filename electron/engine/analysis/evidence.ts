/**
 * Evidence: what the run itself says about its end, read and weighed once for all that judge it.
 */
import type { RunStatus } from '../../contract/run-info.ts';
import type { ReadableDb } from '../store/open.ts';
import { weigh } from './judgement.ts';
import { type PlatformAttempts, platformAttempts } from './platform-attempts.ts';
import { type RunEventRow, readRunEvents } from './run-events.ts';
import { isUsualEnd, type Terminal, terminalsOf } from './service-words.ts';
import { readTestimonies, type Told } from './testimonies.ts';

export type { RunEventRow } from './run-events.ts';

export interface Evidence {
  /** Events of the platform's last attempt, in time order. */
  events: RunEventRow[];
  status: RunStatus;
  /** Failure messages, and stop reasons that name a failure, in time order. */
  finals: RunEventRow[];
  terminals: Set<Terminal>;
  testimonies: Told[];
  /** The testimony that decided the status; null if none states an end. */
  decided: Told | null;
  attempts: PlatformAttempts;
}

/** Reads and weighs the events that the verdict rests on. */
export function readEvidence(db: ReadableDb): Evidence {
  const all = readRunEvents(db);
  const attempts = platformAttempts(db);
  const testimonies = readTestimonies(db, all);
  const { status, decided } = weigh(testimonies, attempts.last, hasWork(db));
  const events = all.filter((event) => attempts.of(event.fileId, event.atUs) === attempts.last);
  const finals = events.filter(
    (event) => event.type === 'failure' || (event.type === 'stop_reason' && !isUsualEnd(event.message ?? '')),
  );
  const terminals = new Set<Terminal>();
  for (const event of [...finals, ...events.filter((each) => each.type === 'last_words')])
    for (const terminal of terminalsOf(event.message ?? '')) terminals.add(terminal);
  for (const event of events) {
    if (event.type !== 'cause') continue;
    if (event.name === 'init_failed') terminals.add('init_exception');
    if (event.name === 'init_timeout') terminals.add('init_timeout');
    if (event.name === 'run_exception') terminals.add('run_exception');
    if (event.name === 'run_timeout') terminals.add('run_timeout');
  }
  return { events, status, finals, terminals, testimonies, decided, attempts };
}

/**
 * Returns true if the service left any sign of the run. Without one its status is not even
 * "running".
 */
function hasWork(db: ReadableDb): boolean {
  return (
    db
      .prepare(
        `SELECT EXISTS (SELECT 1 FROM attempt) OR EXISTS (SELECT 1 FROM process)
           OR EXISTS (SELECT 1 FROM run_event WHERE type <> 'last_words')`,
      )
      .pluck()
      .get() === 1
  );
}
