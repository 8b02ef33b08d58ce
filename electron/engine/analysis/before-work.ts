/** Finds trouble before the first pick-up of a mini-batch, as a candidate for the first cause. */
import type { CauseKind } from '../../contract/run-info.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import { type Candidate, fromEvents, refOfEvent } from './candidate.ts';
import type { RunCounts } from './counts.ts';
import type { Evidence, RunEventRow } from './evidence.ts';
import { behindPointer, candidateOf, explainingErrors } from './look-behind.ts';
import { firstLine, meaningOf, troubleOf } from './meaning.ts';

/**
 * Returns trouble with input, mount, download or environment before any mini-batch was picked up.
 */
export function beforeWork(db: ReadableDb, evidence: Evidence, counts: RunCounts): Candidate | null {
  const hasWork = db.prepare('SELECT EXISTS (SELECT 1 FROM attempt)').pluck().get() === 1;
  if (hasWork || counts.miniBatches.processed > 0) return null;
  for (const kind of ['first_task_timeout', 'no_input'] as const) {
    if (!evidence.terminals.has(kind)) continue;
    return statedBeforeWork(db, evidence, kind);
  }
  if (evidence.terminals.has('init_exception') || evidence.terminals.has('init_timeout')) return null;
  const hasInit =
    db
      .prepare("SELECT EXISTS (SELECT 1 FROM process_event WHERE type IN ('init_failed', 'init_timed_out'))")
      .pluck()
      .get() === 1;
  if (hasInit) return null;
  const spoken = spokenTrouble(db, evidence, ['driver', 'compute', 'progress', 'result', 'master', 'issues', 'user']);
  if (spoken !== null) return spoken;
  const preparation = failedPreparation(db, evidence);
  if (preparation !== null) return preparation;
  if (counts.miniBatches.total === 0) {
    // Inferred from a count, unless a message says it.
    const fallback = 'There were no mini-batches.';
    return fromEvents('no_input', evidence.finals, { confidence: 'likely', fallback });
  }
  return null;
}

/**
 * Returns the reason that the run itself gives. It is the cause, unless an earlier error explains
 * why there was no task or no input.
 */
function statedBeforeWork(db: ReadableDb, evidence: Evidence, kind: 'first_task_timeout' | 'no_input'): Candidate {
  const own = evidence.finals.filter((event) => troubleOf(event.message ?? '') === kind);
  const said = fromEvents(kind, own.length > 0 ? own : evidence.finals, { confidence: 'certain', fallback: kind });
  const before = behindPointer(db, evidence, { mustBeTelling: true, kinds: ['master', 'issues', 'driver'] });
  const isEarlier = before !== null && (before.atUs ?? 0) <= (said.atUs ?? Number.MAX_SAFE_INTEGER);
  if (!isEarlier || before.kind === kind) return said;
  return { ...before, evidence: [...before.evidence, ...said.evidence] };
}

/**
 * Returns a preparation that ended badly, named after the step it was in. The order of lines only
 * suggests the step, so the confidence is `likely`.
 */
function failedPreparation(db: ReadableDb, evidence: Evidence): Candidate | null {
  // After the run has begun, no preparation step can be the one that failed.
  if (evidence.events.some((event) => event.type === 'run_started' || event.type === 'scheduling_started')) return null;
  const phases = evidence.events.filter((event) => event.type === 'phase');
  const isBad = (event: RunEventRow) => event.name === 'failed' || (event.name === 'exit' && (event.value ?? 0) !== 0);
  // A statement of the platform about the whole job is not a preparation step.
  const isStatement = (event: RunEventRow) =>
    evidence.events.some(
      (other) => other.type === 'result' && other.fileId === event.fileId && other.line === event.line,
    );
  const failed = phases.find((event) => isBad(event) && !isStatement(event));
  if (failed === undefined) return null;
  // Compare lines, because several steps may share a time.
  const before = phases
    .filter((event) => event.fileId === failed.fileId && event.line < failed.line && !isBad(event))
    .sort((a, b) => a.line - b.line)
    .at(-1);
  const step = before?.message ?? '';
  const said = failed.message ?? '';
  const kind: CauseKind =
    troubleOf(said) ??
    (meaningOf(said) !== null
      ? 'unknown'
      : /mount/i.test(step)
        ? 'mount_failed'
        : /fetch|download|snapshot|pull/i.test(step)
          ? 'download_failed'
          : 'unknown');
  const steps = before === undefined ? [failed] : [failed, before];
  const base = fromEvents(kind, steps, { confidence: 'possible', fallback: kind });
  const last = firstLine(step);
  const message = `${firstLine(said) || 'The preparation failed.'}${last === '' ? '' : ` The last step before: ${last}`}`;
  const errors = selectRows(
    db,
    'SELECT file_id AS fileId, line, message FROM error_event WHERE file_id = ? AND line < ? ORDER BY line LIMIT 4',
    { fileId: 'number', line: 'number', message: 'text' },
  ).all(failed.fileId, failed.line);
  const isStated = meaningOf(said) !== null;
  return {
    ...base,
    confidence: isStated ? 'certain' : kind === 'unknown' ? 'possible' : 'likely',
    message: errors.length > 0 ? `${message}; ${firstLine(errors[0]?.message ?? '')}` : message,
    evidence: [...errors.map(refOfEvent), ...base.evidence],
  };
}

/** Returns the first error or final text, in files of these kinds, that names a kind of trouble. */
export function spokenTrouble(db: ReadableDb, evidence: Evidence, kinds: readonly string[]): Candidate | null {
  let found: Candidate | null = null;
  for (const row of explainingErrors(db, evidence, { kinds })) {
    const kind = troubleOf(`${row.chain} ${row.message}`);
    if (kind === null || (found !== null && found.kind !== kind)) continue;
    // The error names a trouble, but nothing says that it ended the run.
    found ??= { ...candidateOf([row], 'likely'), kind, evidence: [] };
    if (found.evidence.length < 4) found.evidence.push(refOfEvent(row));
  }
  for (const event of evidence.events) {
    if (event.type !== 'failure' && event.type !== 'cause' && event.type !== 'phase') continue;
    const kind = troubleOf(event.message ?? '');
    if (kind === null) continue;
    if (found === null)
      found = kind === 'import_error' ? missingModule(evidence, event) : spokenBy(evidence, event, kind);
    else if (found.kind === kind) found.evidence.push(refOfEvent(event));
  }
  if (found === null) return null;
  return { ...found, evidence: found.evidence.slice(0, 6) };
}

/**
 * Makes a candidate from a statement that names a trouble. It is certain if the run ends with it; a
 * step or advice only mentions the trouble.
 */
function spokenBy(evidence: Evidence, event: RunEventRow, kind: CauseKind): Candidate {
  const confidence = evidence.finals.includes(event) ? 'certain' : 'likely';
  return fromEvents(kind, [event], { confidence, fallback: kind });
}

/**
 * Returns the module that the console names just before the driver exits with a meaningless code
 * (42). No log says that the line nearest to the exit is the reason, so the confidence is `likely`.
 */
function missingModule(evidence: Evidence, first: RunEventRow): Candidate {
  const exit = evidence.events.find((event) => event.type === 'driver_exit' && event.value !== 0);
  const nearest = evidence.events.findLast(
    (event) =>
      event.type === 'cause' &&
      event.name === 'import_error' &&
      event.fileId === exit?.fileId &&
      event.line < (exit?.line ?? 0),
  );
  const named = nearest ?? first;
  const events = exit === undefined ? [named] : [named, exit];
  return fromEvents('import_error', events, { confidence: 'likely', fallback: '' });
}
