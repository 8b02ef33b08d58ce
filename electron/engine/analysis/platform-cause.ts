/**
 * Platform cause: why the platform says it ended the job. It often reports one failure several
 * times, from the error of a step to "Job failed". The most informative statement is the cause;
 * later summaries follow from it.
 */
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import type { Candidate } from './candidate.ts';
import { type ErrorRow, errorAt, exceptionIn, exceptionText, quotedException } from './error-detail.ts';
import type { Evidence } from './evidence.ts';
import { candidateOf } from './look-behind.ts';
import { firstLine, meaningOf } from './meaning.ts';
import { explanationIn } from './platform-words.ts';
import type { Told } from './testimonies.ts';

/**
 * Returns the cause that the platform states, such as pre-emption, an image, a container or quota;
 * otherwise null.
 */
export function platformCause(db: ReadableDb, evidence: Evidence): Candidate | null {
  const stated = evidence.testimonies.filter(
    (told) =>
      told.witness === 'platform' &&
      told.platformAttempt === evidence.attempts.last &&
      told.claims === 'failed' &&
      told.role === 'cause' &&
      !isGotOver(evidence, told),
  );
  const program = stated.find((told) => PROGRAM.test(told.text) || quotedException(told.text) !== null);
  if (program !== undefined) return programCause(db, program);
  const told = mostTelling(stated);
  // `before-work.ts` names a failed preparation step together with the step before it.
  if (told === undefined || isPhase(evidence, told)) return null;
  const { line, meaning } = explanationIn(told.text);
  return atTestimony(told, meaning?.kind ?? 'unknown', line);
}

const PROGRAM = /\bprogram failed with\b/i;

/**
 * Makes a candidate from the user's program. The platform only repeats its last exception; another
 * log may have all of it.
 */
function programCause(db: ReadableDb, told: Told): Candidate {
  const exception = quotedException(told.text) ?? exceptionIn(told.text);
  const row = exception === null ? undefined : errorOf(db, exception.class, exception.message);
  if (row !== undefined) {
    const found = candidateOf([row], 'certain');
    return { ...found, evidence: [...found.evidence, told.ref] };
  }
  const kind = meaningOf(exception === null ? told.text : exceptionText(exception))?.kind ?? 'unknown';
  const line = told.text.split('\n').find((each) => PROGRAM.test(each)) ?? told.message;
  return atTestimony(
    told,
    kind === 'node_lost' ? 'unknown' : kind,
    exception === null ? firstLine(line) : exceptionText(exception),
  );
}

function atTestimony(told: Told, kind: Candidate['kind'], message: string): Candidate {
  const { ref, timeUs } = told;
  return {
    ...{ kind, confidence: 'certain', message, atUs: timeUs, node: null, pid: null, miniBatchId: null },
    evidence: [ref],
  };
}

/**
 * Returns the most informative statement. On a tie the earliest wins, because later ones repeat it.
 */
function mostTelling(stated: readonly Told[]): Told | undefined {
  let best: Told | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const told of stated) {
    const { score } = explanationIn(told.text);
    if (score > most) [best, most] = [told, score];
  }
  return best;
}

/**
 * Returns true for a step that failed before the platform reported the job as running: it was tried
 * again.
 */
function isGotOver(evidence: Evidence, told: Told): boolean {
  const { timeUs } = told;
  if (timeUs === null || !isPhase(evidence, told)) return false;
  return evidence.events.some(
    (event) => event.type === 'phase' && event.name === 'Running' && event.atUs !== null && event.atUs > timeUs,
  );
}

/** Returns true for a preparation step, false for a statement about the whole job. */
function isPhase(evidence: Evidence, { ref }: Told): boolean {
  const here = evidence.events.filter((event) => event.fileId === ref.fileId && event.line === ref.line);
  return here.some((event) => event.type === 'phase') && !here.some((event) => event.type === 'result');
}

/** Returns the earliest error record with a traceback of this exception. */
function errorOf(db: ReadableDb, name: string, message: string): ErrorRow | undefined {
  const like = firstLine(message).slice(0, 100);
  if (like === '') return undefined;
  const id = selectRows(
    db,
    `SELECT file_id AS fileId, line FROM error_event WHERE instr(message, ?) = 1 AND instr(chain, ?) > 0
       ORDER BY at_us IS NULL, at_us LIMIT 1`,
    { fileId: 'number', line: 'number' },
  ).get(like, `"${name}"`);
  return id === undefined ? undefined : errorAt(db, id);
}
