/**
 * Testimonies: what the logs state about the run's end, from the events and error records of the
 * parsers.
 *
 * Each statement gets a witness, a claim and a role. `judgement.ts` weighs them.
 */
import type { ExceptionInfo, TestimonyRole, Witness } from '../../contract/testimony.ts';
import type { ReadableDb } from '../store/open.ts';
import { type JsonText, selectRows, word } from '../store/select.ts';
import { exceptionOf, exceptionText, quotedException } from './error-detail.ts';
import { firstLine } from './meaning.ts';
import { type PlatformAttempts, platformAttempts } from './platform-attempts.ts';
import { explanationIn, withoutLeadIn } from './platform-words.ts';
import type { RunEventRow } from './run-events.ts';
import type { StoredTestimony } from './run-info.ts';
import { isPointer, isServiceClass, isUsualEnd, terminalsOf } from './service-words.ts';

/** A testimony with what the judgement needs beyond the contract's fields. */
export interface Told extends StoredTestimony {
  /** The whole text. */
  text: string;
  /** Class of the exception that it names; null if none. */
  exceptionClass: string | null;
  /** Inferred from the absence of an error, not stated. Any statement outweighs it. */
  isInferred: boolean;
  /** A lost node can be replaced, so a later sign of life refutes the loss. */
  isRestartable: boolean;
}

const witnessOf: Readonly<Record<string, Witness>> = {
  compute: 'platform',
  driver: 'driver',
  result: 'job_result',
  master: 'master',
  progress: 'overview',
  worker: 'worker',
  issues: 'worker',
  user: 'user_code',
  other: 'driver',
};

type Claim = Pick<Told, 'claims' | 'role'> & Partial<Told>;

/** Returns all testimonies of the run, in the order of the events. */
export function readTestimonies(db: ReadableDb, events: readonly RunEventRow[]): Told[] {
  const attempts = platformAttempts(db);
  const hasService = events.some((event) => event.kind !== 'other' && event.type !== 'last_words');
  const hasStarted = events.some((event) => event.type === 'run_started' || event.type === 'scheduling_started');
  const told: Told[] = [];
  // If a step is also a statement about the job, use the statement, with the lines below it.
  const stated = new Set(events.flatMap((event) => (event.type === 'result' ? [placeOf(event)] : [])));
  for (const event of events) {
    if (event.type === 'phase' && event.name === 'failed' && stated.has(placeOf(event))) continue;
    const claim = claimOf(event, { hasService, hasStarted });
    if (claim === null) continue;
    told.push(testimonyOf(event, claim, attempts));
  }
  told.push(...cleanEnds(events, told, attempts), ...errorLists(db, attempts));
  return told;
}

function placeOf({ fileId, line }: RunEventRow): string {
  return `${fileId}:${line}`;
}

function testimonyOf(event: RunEventRow, claim: Claim, attempts: PlatformAttempts): Told {
  const text = claim.text ?? event.message ?? '';
  return {
    witness: witnessOf[event.kind] ?? 'worker',
    decided: false,
    overridden: false,
    platformAttempt: attempts.of(event.fileId, event.atUs),
    timeUs: event.atUs,
    message: firstLine(text),
    ref: { fileId: event.fileId, line: event.line },
    text,
    exceptionClass: classIn(text),
    isInferred: false,
    isRestartable: false,
    ...claim,
  };
}

/**
 * Returns the class at the start of a text, after the service's lead-in: `User program failed with
 * TypeError: …`.
 */
export function classIn(text: string): string | null {
  const line = firstLine(text);
  const match =
    /^(?:[^:]{0,120}?\bfailed with (?:error:? )?|[^:]{0,80}: )?(?<name>(?:[\p{L}_][\p{L}\p{N}_]*\.)*[\p{L}_][\p{L}\p{N}_]*(?:Error|Exception|Exit|Timeout|Interrupt|Failure|Warning))\b(?::|$)/u.exec(
      line,
    );
  const name = match?.groups?.name ?? /^(?<name>[\p{L}_][\p{L}\p{N}_.]*): /u.exec(line)?.groups?.name ?? null;
  return name === null ? null : name.slice(name.lastIndexOf('.') + 1);
}

interface Run {
  /** The service left files, so a loose log is not the console of a script that ran alone. */
  hasService: boolean;
  hasStarted: boolean;
}

const failed = (role: TestimonyRole, more: Partial<Told> = {}): Claim => ({ claims: 'failed', role, ...more });

/** Returns what one event states about the end; null if nothing. */
function claimOf(event: RunEventRow, run: Run): Claim | null {
  const text = event.message ?? '';
  switch (event.type) {
    case 'cancelled':
      return { claims: 'cancelled', role: 'cause' };
    case 'result':
      return resultClaim(event);
    case 'failure':
      return failed(roleOf(text));
    case 'stop_reason':
      if (isUsualEnd(text)) return null;
      return terminalsOf(text).length === 0
        ? null
        : terminalsOf(text).includes('cancelled')
          ? { claims: 'cancelled', role: 'cause' }
          : failed(roleOf(text));
    case 'summary':
      return text.includes('Telemetry') ? null : { claims: 'succeeded', role: 'ending' };
    case 'driver_exit':
      return event.value === 0 ? { claims: 'succeeded', role: 'ending' } : failed('pointer');
    case 'last_words':
      return lastWordsClaim(event, run);
    case 'node_left':
      // The run can continue without a worker's node, but a launcher that loses one ends the job.
      return event.kind === 'driver' ? failed('cause', { isRestartable: false }) : null;
    case 'lost':
      return failed('cause');
    case 'phase':
      return phaseClaim(event, run);
    default:
      return null;
  }
}

function resultClaim(event: RunEventRow): Claim | null {
  const text = event.message ?? '';
  if (event.name === 'succeeded') return { claims: 'succeeded', role: 'ending' };
  if (event.name === 'cancelled') return { claims: 'cancelled', role: 'ending' };
  if (event.name !== 'failed') return null;
  const isLoss = /pre-?empt|evict|reclaim/i.test(text);
  if (event.kind !== 'compute') return failed(roleOf(text), { isRestartable: isLoss });
  return failed(platformRole(text), { isRestartable: isLoss, message: explanationIn(text).line });
}

/**
 * Returns the role of a platform statement. "Failed" alone only points; anything added is a cause.
 * A quoted traceback has the role of its exception.
 */
function platformRole(text: string): TestimonyRole {
  const quoted = quotedException(text);
  if (quoted !== null) return isServiceClass(quoted.class) ? roleOf(exceptionText(quoted)) : roleOfException(quoted);
  const lines = text.split('\n').map(withoutLeadIn);
  if (lines.every((line) => line === '' || isPointer(line))) return 'pointer';
  const name = classIn(text);
  return name !== null && isServiceClass(name) ? roleOf(text) : 'cause';
}

function roleOfException(exception: ExceptionInfo): TestimonyRole {
  return isPointer(exceptionText(exception)) ? 'pointer' : 'cause';
}

/**
 * Returns the role of a text. No progress and an exceeded threshold are consequences, counts of
 * exceptions point at them, and anything else is a cause.
 */
function roleOf(whole: string): TestimonyRole {
  // "Failed." above the reason only announces it.
  const text = whole.replace(/^\s*\W*(?:(?:the )?(?:job|run|step) )?(?:has )?failed\W*\n(?=[\s\S]*\S)/i, '');
  if (/^[\w.]+$/.test(text.trim()) && isServiceClass(text.trim())) return 'pointer';
  const terminals = terminalsOf(text);
  if (terminals.includes('run_exception') || terminals.includes('init_exception')) return 'pointer';
  if (terminals.includes('no_progress') || terminals.includes('threshold') || terminals.includes('not_all_processed'))
    return 'consequence';
  return isPointer(firstLine(text)) ? 'pointer' : 'cause';
}

function lastWordsClaim(event: RunEventRow, run: Run): Claim | null {
  const text = event.message ?? '';
  // A loose file is a console only if the run has no files of the service.
  if (event.kind === 'other' && (run.hasService || event.name === 'error_line')) return null;
  if (/^SystemExit(?:: 0)?$/.test(text)) return null;
  const name = classIn(text);
  const isTraceback = event.name === 'exception' || event.name === 'exception_above';
  // The lines below it may be a message or the output of a continuing program, so any statement
  // outweighs it.
  const more = { isInferred: event.name === 'exception_above' };
  if ((isTraceback || event.name === 'error_line') && isPointer(text)) return failed('pointer', more);
  if (isTraceback && name !== null && isServiceClass(name)) return failed(roleOf(text), more);
  return failed('cause', more);
}

/**
 * Returns the claim of a phase: the platform's status while the job continues, or a failed
 * preparation if the run never began.
 */
function phaseClaim(event: RunEventRow, run: Run): Claim | null {
  if (event.kind === 'compute' && /^(?:Running|Preparing|Starting|Provisioning|Queued)$/.test(event.name ?? ''))
    return { claims: 'running', role: 'ending' };
  const isBad = event.name === 'failed' || (event.name === 'exit' && (event.value ?? 0) !== 0);
  if (!isBad || run.hasStarted) return null;
  return failed(event.name === 'exit' ? 'pointer' : 'cause');
}

/** Files that list errors, including some that the run recovered from, by kind of list. */
const LISTS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['list of errors', /(?:^|\/)job_?errors?[^/]*$/i],
  ['errors of the entry script', /(?:^|\/)logs\/user\/errors?(?:\.txt$|\/)/],
  ['errors of the service', /(?:^|\/)logs\/sys\/errors?(?:\.txt$|\/)/],
];

/**
 * Returns one statement for each kind of error list: its first entry and the number of entries.
 * They never decide.
 */
function errorLists(db: ReadableDb, attempts: PlatformAttempts): Told[] {
  const rows = selectRows(
    db,
    `SELECT f.path, e.file_id AS fileId, e.line, e.at_us AS atUs, e.chain, e.message, e.messages
       FROM error_event e JOIN file f ON f.id = e.file_id WHERE f.kind IN ('result', 'user', 'issues') AND f.path LIKE '%error%'
       ORDER BY e.at_us IS NULL, e.at_us, e.file_id, e.line LIMIT 5000`,
    {
      fileId: 'number',
      line: 'number',
      atUs: 'number?',
      chain: word<JsonText<string[]>>(),
      message: 'text',
      messages: word<JsonText<string[]>>(),
      path: 'text',
    },
  ).all();
  return LISTS.flatMap(([name, pattern]) => {
    const own = rows.filter((row) => pattern.test(row.path));
    const [first] = own;
    if (first === undefined) return [];
    const exception = exceptionOf(first);
    const text = exception === null ? firstLine(first.message) : exceptionText(exception);
    return [
      {
        ...{ witness: 'error_list' as const, claims: 'failed' as const, role: 'pointer' as const },
        ...{
          decided: false,
          overridden: false,
          platformAttempt: attempts.of(first.fileId, first.atUs),
          timeUs: first.atUs,
        },
        message: own.length === 1 ? `${name}: ${text}` : `${name}, ${own.length} entries, first ${text}`,
        ref: { fileId: first.fileId, line: first.line },
        ...{ text, exceptionClass: exception?.class ?? null, isInferred: false, isRestartable: false },
      },
    ];
  });
}

/**
 * Returns good ends that no statement makes: a console reports the end of the inference without a
 * later error, or the job ends after all mini-batches were processed.
 */
function cleanEnds(events: readonly RunEventRow[], told: readonly Told[], attempts: PlatformAttempts): Told[] {
  const isBad = new Set(
    told.filter((one) => one.witness === 'driver' && one.claims !== 'succeeded').map((one) => one.ref.fileId),
  );
  const isProcessed = events.some((event) => event.type === 'all_processed');
  const last = new Map<number, RunEventRow>();
  for (const event of events) {
    if (event.type !== 'run_ended') continue;
    const isInferenceEnd = event.kind === 'driver' && /Inference End|^Cleanup took/.test(event.message ?? '');
    if (isInferenceEnd || isProcessed) last.set(event.fileId, event);
  }
  return [...last.values()]
    .filter((event) => !isBad.has(event.fileId))
    .map((event) => testimonyOf(event, { claims: 'succeeded', role: 'ending', isInferred: true }, attempts));
}
