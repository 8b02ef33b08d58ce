/**
 * What came first. Not what the service reported last: ten mini-batches that raised and then an exceeded threshold are
 * `run_exception`. Each kind of trouble gives a candidate with the time of its first sign; what made the run end says which
 * candidates can have caused it, and of these the earliest is named.
 */
import type { CauseKind } from '../../contract/records.ts';
import type { ReadableDb } from '../store/open.ts';
import { firstBadAttempts } from './bad-attempts.ts';
import type { Candidate } from './candidate.ts';
import type { RunCounts } from './counts.ts';
import type { Evidence, RunEventRow } from './evidence.ts';
import { firstKills } from './kills.ts';
import type { Ref } from './refs.ts';
import type { StoredCause } from './run-info.ts';
import { silentNodes } from './silence.ts';
import { firstLine, troubleOf } from './trouble.ts';

const MAX_EVIDENCE = 12;

/** The first cause of a run that failed or was cancelled; null for any other. */
export function findFirstCause(db: ReadableDb, evidence: Evidence, counts: RunCounts): StoredCause | null {
  if (evidence.status !== 'failed' && evidence.status !== 'cancelled') return null;
  const candidate = choose(db, evidence, counts);
  const { atUs: _atUs, ...cause } = candidate;
  const finals = evidence.finals.filter((event) => event.type === 'failure').map(refOfEvent);
  return {
    ...cause,
    exception: null,
    frame: null,
    item: null,
    nextStep: null,
    evidence: uniqueRefs([...cause.evidence, ...finals]).slice(0, MAX_EVIDENCE),
  };
}

function choose(db: ReadableDb, evidence: Evidence, counts: RunCounts): Candidate {
  const { terminals } = evidence;
  if (evidence.status === 'cancelled') return cancelled(evidence);
  const fromStart = beforeWork(db, evidence, counts);
  if (fromStart !== null) return fromStart;
  if (terminals.has('init_exception') || terminals.has('init_timeout')) {
    const init = initCause(db, evidence);
    if (init !== null) return init;
  }
  const strict = [...firstBadAttempts(db, counts), ...firstKills(db, true), ...lostNodes(db, evidence, true)];
  // Logs that do not tell of pick-ups cannot show what a process had in hand when it ended.
  const troubles = strict.length > 0 ? strict : [...firstKills(db, false), ...lostNodes(db, evidence, false)];
  troubles.sort(byTime);
  const first = troubles[0];
  if (first !== undefined) return first;
  const init = initCause(db, evidence);
  if (init !== null && !terminals.has('no_progress')) return init;
  return ownWord(db, evidence, counts) ?? init ?? unknownCause(evidence);
}

function byTime(a: Candidate, b: Candidate): number {
  return (a.atUs ?? Number.MAX_SAFE_INTEGER) - (b.atUs ?? Number.MAX_SAFE_INTEGER);
}

function refOfEvent(event: Ref): Ref {
  return { fileId: event.fileId, line: event.line };
}

function uniqueRefs(refs: readonly Ref[]): Ref[] {
  const seen = new Set<string>();
  return refs.filter((ref) => {
    const key = `${ref.fileId}:${ref.line}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function fromEvents(kind: CauseKind, events: readonly RunEventRow[], fallback: string): Candidate {
  return {
    kind,
    confidence: 'certain',
    message: firstLine(events[0]?.message ?? fallback),
    atUs: events[0]?.atUs ?? null,
    node: null,
    pid: null,
    miniBatchId: null,
    evidence: events.map(refOfEvent),
  };
}

function cancelled(evidence: Evidence): Candidate {
  const events = evidence.events.filter(
    (event) => event.type === 'cancelled' || (event.type === 'result' && event.name === 'cancelled'),
  );
  return fromEvents('cancelled', events, 'The run was cancelled.');
}

/** Trouble before any mini-batch was picked up: input, mount, download, environment. */
function beforeWork(db: ReadableDb, evidence: Evidence, counts: RunCounts): Candidate | null {
  const hasWork = db.prepare('SELECT EXISTS (SELECT 1 FROM attempt)').pluck().get() === 1;
  if (hasWork) return null;
  for (const kind of ['first_task_timeout', 'no_input'] as const) {
    if (!evidence.terminals.has(kind)) continue;
    const events = evidence.finals.filter((event) => troubleOf(event.message ?? '') === kind);
    return fromEvents(kind, events.length > 0 ? events : evidence.finals, kind);
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
  if (counts.miniBatches.total === 0) return fromEvents('no_input', evidence.finals, 'There were no mini-batches.');
  return null;
}

/** A preparation that ended badly, named by the step that it was in: a guess from the order of lines, so `likely`. */
function failedPreparation(db: ReadableDb, evidence: Evidence): Candidate | null {
  const phases = evidence.events.filter((event) => event.type === 'phase');
  const failed = phases.find((event) => event.name === 'failed' || (event.name === 'exit' && (event.value ?? 0) !== 0));
  if (failed === undefined) return null;
  const before = phases.filter((event) => event.fileId === failed.fileId && event.line < failed.line).at(-1);
  const step = before?.message ?? '';
  const kind: CauseKind = /mount/i.test(step)
    ? 'mount_failed'
    : /fetch|download|snapshot|pull/i.test(step)
      ? 'download_failed'
      : 'unknown';
  const base = fromEvents(kind, before === undefined ? [failed] : [failed, before], kind);
  const message = `${firstLine(failed.message ?? 'The preparation failed.')} The last step before: ${firstLine(step) || 'none'}`;
  const errors = db
    .prepare(
      'SELECT file_id AS fileId, line, message, NULL AS chain FROM error_event WHERE file_id = ? AND line < ? ORDER BY line LIMIT 4',
    )
    .all(failed.fileId, failed.line) as ErrorRow[];
  return {
    ...base,
    confidence: kind === 'unknown' ? 'possible' : 'likely',
    message: errors.length > 0 ? `${message}; ${firstLine(errors[0]?.message ?? '')}` : message,
    evidence: [...errors.map(refOfEvent), ...base.evidence],
  };
}

interface ErrorRow extends Ref {
  atUs: number | null;
  node: string | null;
  pid: number | null;
  chain: string;
  message: string;
  miniBatchId: string | null;
}

/** The first error or final text, in files of these kinds, whose words name a kind of trouble. */
function spokenTrouble(db: ReadableDb, evidence: Evidence, kinds: readonly string[]): Candidate | null {
  const rows = db
    .prepare(
      `SELECT e.file_id AS fileId, e.line, e.at_us AS atUs, e.node, e.pid, e.chain, e.message, e.mini_batch_id AS miniBatchId
       FROM error_event e JOIN file f ON f.id = e.file_id WHERE f.kind IN (${kinds.map(() => '?').join(', ')})
       ORDER BY e.at_us IS NULL, e.at_us, e.file_id, e.line LIMIT 2000`,
    )
    .all(...kinds) as ErrorRow[];
  let found: Candidate | null = null;
  for (const row of rows) {
    const kind = troubleOf(`${row.chain} ${row.message}`);
    if (kind === null || (found !== null && found.kind !== kind)) continue;
    if (found === null) {
      found = { ...row, kind, confidence: 'certain', message: firstLine(row.message), evidence: [] };
    }
    if (found.evidence.length < 4) found.evidence.push(refOfEvent(row));
  }
  for (const event of evidence.events) {
    if (event.type !== 'failure' && event.type !== 'cause' && event.type !== 'phase') continue;
    const kind = troubleOf(event.message ?? '');
    if (kind === null) continue;
    if (found === null)
      found = kind === 'import_error' ? missingModule(evidence, event) : fromEvents(kind, [event], kind);
    else if (found.kind === kind) found.evidence.push(refOfEvent(event));
  }
  if (found === null) return null;
  return { ...found, evidence: found.evidence.slice(0, 6) };
}

/**
 * The console names the module just before the driver gives up with a code that says nothing (42). That the line nearest to the exit
 * is the reason is not said anywhere: `likely`.
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
  return { ...fromEvents('import_error', exit === undefined ? [named] : [named, exit], ''), confidence: 'likely' };
}

interface InitRow extends Ref {
  type: string;
  atUs: number | null;
  node: string | null;
  pid: number | null;
  detail: string | null;
}

/** init() that failed or did not end; `import_error` where it failed for want of a module. */
function initCause(db: ReadableDb, evidence: Evidence): Candidate | null {
  const rows = db
    .prepare(
      `SELECT file_id AS fileId, line, type, at_us AS atUs, node, pid, detail FROM process_event
       WHERE type IN ('init_failed', 'init_timed_out') ORDER BY at_us IS NULL, at_us, file_id, line LIMIT 200`,
    )
    .all() as InitRow[];
  const said = evidence.events.filter(
    (event) =>
      (event.type === 'cause' && (event.name === 'init_failed' || event.name === 'init_timeout')) ||
      (event.type === 'failure' && /\binit\(\)/.test(event.message ?? '')),
  );
  const first = rows[0];
  if (first === undefined && said.length === 0) return null;
  const isTimeout =
    first !== undefined
      ? first.type === 'init_timed_out'
      : evidence.terminals.has('init_timeout') && !evidence.terminals.has('init_exception');
  const errors = isTimeout ? [] : initErrors(db, first);
  const error = errors[0];
  const text = `${first?.detail ?? ''} ${error?.chain ?? ''} ${error?.message ?? ''} ${said.map((event) => event.message).join(' ')}`;
  const kind = isTimeout ? 'init_timeout' : troubleOf(text) === 'import_error' ? 'import_error' : 'init_failed';
  const trouble = isTimeout ? null : troubleOf(text);
  const named =
    trouble === 'disk_full' || trouble === 'out_of_memory' || trouble === 'download_failed' ? trouble : kind;
  const message = error?.message ?? first?.detail ?? said[0]?.message ?? 'init() failed';
  return {
    kind: named,
    confidence: 'certain',
    message: `init() ${isTimeout ? 'did not end in time' : 'raised'}: ${firstLine(message)}`,
    atUs: first?.atUs ?? error?.atUs ?? said[0]?.atUs ?? null,
    node: first?.node ?? error?.node ?? null,
    pid: first?.pid ?? error?.pid ?? null,
    miniBatchId: null,
    evidence: [...errors.slice(0, 4), ...rows.slice(0, 4), ...said.slice(0, 2)].map(refOfEvent),
  };
}

/** Tracebacks of the first process whose init() failed, else the first tracebacks in user logs. */
function initErrors(db: ReadableDb, first: InitRow | undefined): ErrorRow[] {
  const select = `SELECT e.file_id AS fileId, e.line, e.at_us AS atUs, e.node, e.pid, e.chain, e.message, NULL AS miniBatchId
    FROM error_event e JOIN file f ON f.id = e.file_id WHERE e.chain <> '[]' AND f.kind IN ('user', 'worker', 'issues')`;
  const order = "ORDER BY f.kind <> 'user', e.at_us IS NULL, e.at_us, e.file_id, e.line LIMIT 4";
  if (first?.pid !== null && first?.pid !== undefined) {
    const rows = db.prepare(`${select} AND e.pid = ? ${order}`).all(first.pid) as ErrorRow[];
    if (rows.length > 0) return rows;
  }
  return db.prepare(`${select} ${order}`).all() as ErrorRow[];
}

/** A node that the run says it lost, or that fell silent with mini-batches in hand while others went on. */
function lostNodes(db: ReadableDb, evidence: Evidence, mustHaveUnfinished: boolean): Candidate[] {
  const said = evidence.events.filter(
    (event) =>
      event.type === 'node_left' ||
      ((event.type === 'failure' || event.type === 'stop_reason') && troubleOf(event.message ?? '') === 'node_lost'),
  );
  const silent = silentNodes(db, mustHaveUnfinished && said.length === 0)[0];
  if (said.length === 0 && silent === undefined) return [];
  const told = said.map((event) => event.node ?? nodeIn(event.name)).find((node) => node !== null) ?? null;
  const named = told === null ? null : knownNode(db, evidence, told);
  const node = named ?? silent?.node ?? told;
  const own = silent !== undefined && (named === null || named === silent.node) ? silent : undefined;
  const quiet =
    own === undefined
      ? ''
      : `its ${own.processes} processes stopped writing without an exit, ${Math.round(own.silentSeconds)} s before the other nodes${own.unfinished > 0 ? `, with ${own.unfinished} mini-batches in hand` : ''}`;
  return [
    {
      kind: 'node_lost',
      confidence: said.length > 0 ? 'certain' : mustHaveUnfinished ? 'likely' : 'possible',
      message: `Node ${node ?? '?'} was lost: ${quiet === '' ? firstLine(said[0]?.message ?? 'the logs say so') : quiet}`,
      atUs: own?.lastUs ?? said[0]?.atUs ?? null,
      node,
      pid: null,
      miniBatchId: null,
      evidence: [...said.slice(0, 3).map(refOfEvent), ...(own?.evidence ?? [])],
    },
  ];
}

/** The name by which the logs' folders call a node of which a line gives the address; null where neither is known. */
function knownNode(db: ReadableDb, evidence: Evidence, name: string): string | null {
  const alias = evidence.events.find(
    (event) => event.type === 'node_joined' && event.name === name && event.node !== null,
  );
  if (alias !== undefined) return alias.node;
  const has = db.prepare('SELECT EXISTS (SELECT 1 FROM file WHERE node = ?)').pluck().get(name) === 1;
  return has ? name : null;
}

function nodeIn(name: string | null): string | null {
  return name === null || name === '' ? null : name;
}

/** Nothing came before it: then the reason that the run itself gives. */
function ownWord(db: ReadableDb, evidence: Evidence, counts: RunCounts): Candidate | null {
  const { terminals } = evidence;
  const kinds: [typeof terminals extends Set<infer T> ? T : never, CauseKind][] = [
    ['threshold', 'error_threshold_exceeded'],
    ['no_progress', 'no_progress'],
    ['no_result', 'bad_return_type'],
    ['run_exception', 'run_exception'],
    ['run_timeout', 'run_timeout'],
    ['node_lost', 'node_lost'],
  ];
  for (const [terminal, kind] of kinds) {
    if (!terminals.has(terminal)) continue;
    const events = evidence.finals.filter((event) => event.message !== null);
    const cause = fromEvents(kind, events, kind);
    return {
      ...cause,
      confidence: kind === 'no_progress' && counts.miniBatches.unfinished === 0 ? 'likely' : 'certain',
    };
  }
  return spokenTrouble(db, evidence, ['driver', 'compute', 'progress', 'result', 'master', 'issues', 'worker', 'user']);
}

function unknownCause(evidence: Evidence): Candidate {
  const events =
    evidence.finals.length > 0 ? evidence.finals : evidence.events.filter((event) => event.type === 'driver_exit');
  return { ...fromEvents('unknown', events, 'The logs do not say why the run failed.'), confidence: 'possible' };
}
