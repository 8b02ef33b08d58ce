/**
 * Looks behind a pointer: if the run's last word is only an exit code, the cause is the earliest
 * error in any log that explains it.
 *
 * Errors do not explain it if they are known noise, if the service writes them about an earlier
 * error, or if the run recovered from them.
 */
import type { CauseKind, Confidence } from '../../contract/run-info.ts';
import type { ReadableDb } from '../store/open.ts';
import type { Candidate } from './candidate.ts';
import { type ErrorRow, exceptionOf, exceptionText, phaseOfError, selectErrors, tellingLine } from './error-detail.ts';
import { FOLLOW_ON } from './error-groups.ts';
import type { Evidence } from './evidence.ts';
import { firstLine, meaningOf, troubleOf } from './meaning.ts';
import { builtInPack, noiseRule } from './rules.ts';
import { isPointer, isServiceClass, isSummary } from './service-words.ts';

const MAX_ERRORS = 3_000;
/** What libraries say about themselves. Never the cause. */
const LIBRARY_NOISE =
  /\b(?:Deprecation|PendingDeprecation|Future|User|Runtime|Resource)Warning\b|\bis deprecated\b|\btelemetry\b|\bopencensus\b|\bapplicationinsights\b|\bdc\.services\.visualstudio\.com\b|Failed to (?:send|flush|upload) (?:\w+ ){0,2}(?:metrics?|telemetry|logs?)\b|no version information available/i;

/**
 * Lines of native libraries such as `… cuda_driver.cc:271] …`. Only running out of memory or disk
 * ends a program.
 */
const NATIVE_NOISE = /\b[\w/.-]+\.(?:cc|cpp|cxx|cu|hpp?):\d+\b/;

/**
 * Rank of files if times do not order errors: the service's statements first, then the user's code.
 */
const KIND_RANK: Readonly<Record<string, number>> = {
  issues: 0,
  master: 1,
  worker: 2,
  user: 3,
  driver: 4,
  result: 5,
  compute: 6,
  progress: 7,
  other: 8,
};

export interface Behind {
  /** Only errors from this time on, in microseconds, and errors without a time. */
  sinceUs?: number | null;
  /**
   * Only tracebacks and errors with a known meaning, for cases where a plain error line proves too
   * little.
   */
  mustBeTelling?: boolean;
  /** Only errors in these kinds of file. */
  kinds?: readonly string[];
}

/** Returns errors that may explain the end, earliest first. */
export function explainingErrors(db: ReadableDb, evidence: Evidence, options: Behind = {}): ErrorRow[] {
  const rows = selectErrors(db, `ORDER BY e.at_us IS NULL, e.at_us, e.file_id, e.line LIMIT ${MAX_ERRORS}`).all();
  const { sinceUs = null, mustBeTelling = false, kinds } = options;
  // The end of a console often has no time. Only the platform dates it.
  const endUs = evidence.decided?.witness === 'platform' ? evidence.decided.timeUs : null;
  const told = rows.filter(
    (row) =>
      (kinds === undefined || kinds.includes(row.kind)) &&
      evidence.attempts.of(row.fileId, row.atUs) === evidence.attempts.last &&
      (sinceUs === null || row.atUs === null || row.atUs >= sinceUs) &&
      // Clocks of nodes differ a little. An error well after the end did not cause it.
      (endUs === null || row.atUs === null || row.atUs <= endUs + 120_000_000) &&
      explains(row) &&
      (!mustBeTelling || row.chain !== '[]' || meaningOf(row.message) !== null),
  );
  // At equal times, the service's own account is nearest to the cause.
  return told.sort(
    (a, b) =>
      Number(a.atUs === null) - Number(b.atUs === null) ||
      (a.atUs ?? 0) - (b.atUs ?? 0) ||
      Number(a.chain === '[]') - Number(b.chain === '[]') ||
      (KIND_RANK[a.kind] ?? 9) - (KIND_RANK[b.kind] ?? 9) ||
      a.line - b.line,
  );
}

function explains(row: ErrorRow): boolean {
  const text = `${row.chain} ${row.message}`;
  const trouble = NATIVE_NOISE.test(row.message) ? troubleOf(row.message) : null;
  if (
    LIBRARY_NOISE.test(text) ||
    (row.chain === '[]' && NATIVE_NOISE.test(row.message) && trouble !== 'out_of_memory' && trouble !== 'disk_full') ||
    (row.head !== null && noiseRule(row.head, [builtInPack]) !== null) ||
    noiseRule(text, [builtInPack]) !== null
  )
    return false;
  const exception = exceptionOf(row);
  // The exit code of the driver's child says as little as the driver's own.
  if (exception !== null && row.kind === 'driver' && isPointer(exceptionText(exception))) return false;
  // A script's own exit is an answer. The driver's exit only repeats it, unless it gives a reason
  // in words.
  if (exception?.class === 'SystemExit')
    return row.kind === 'user' || row.kind === 'result' || !isPointer(exceptionText(exception));
  if (exception !== null && !isServiceClass(exception.class)) return true;
  // A lone exception of the service is the reason if its words say more than "failed".
  const said = exception === null ? text : exception.message;
  return said.trim() !== '' && !FOLLOW_ON.test(said) && !isSummary(row.message) && !isPointer(said);
}

/** Returns the earliest error that explains the end as a candidate; null if no log has one. */
export function behindPointer(db: ReadableDb, evidence: Evidence, options: Behind = {}): Candidate | null {
  const errors = explainingErrors(db, evidence, options);
  const first = errors[0];
  if (first === undefined) return null;
  const copies = errors.filter((row) => row !== first && isCopy(first, row)).slice(0, 3);
  const isOnly = new Set(errors.map((row) => `${row.chain}${firstLine(row.message)}`)).size <= 1 + copies.length;
  return candidateOf([first, ...copies], isOnly ? 'likely' : 'possible');
}

function isCopy(a: ErrorRow, b: ErrorRow): boolean {
  return firstLine(a.message) === firstLine(b.message) || (a.chain === b.chain && a.chain !== '[]');
}

/** Makes a candidate from an error and its copies. */
export function candidateOf(rows: readonly [ErrorRow, ...ErrorRow[]], confidence: Confidence): Candidate {
  const [row] = rows;
  const exception = exceptionOf(row);
  return {
    kind: kindOfError(row),
    confidence,
    message: row.chain !== '[]' && exception !== null ? exceptionText(exception) : tellingLine(row.message),
    atUs: row.atUs,
    node: row.node,
    pid: row.pid,
    miniBatchId: row.miniBatchId,
    evidence: rows.map(({ fileId, line }) => ({ fileId, line })),
  };
}

/**
 * Returns the kind of cause that an error shows: from the meaning of its words, otherwise from the
 * method of the entry script that raised it.
 */
export function kindOfError(row: ErrorRow): CauseKind {
  const kind = meaningOf(`${row.chain} ${row.message}`)?.kind ?? 'unknown';
  const phase = phaseOfError(row);
  if (kind === 'unknown' || kind === 'node_lost' || kind === 'no_input') {
    if (phase !== null) return phase === 'init' ? 'init_failed' : 'run_exception';
  }
  return kind;
}
