/**
 * Deaths: processes that ended without meaning to. A signal ended them (exit code -9, 137), their
 * supervisor found them gone, or they fell silent while they ran a mini-batch and another process
 * took their place. If memory grew to a high level just before, running out of memory is likely.
 * Nothing proves it, because the kernel's log is not part of a run's logs.
 */
import { formatCount } from '../../contract/format.ts';
import type { Confidence, GraphPlace } from '../../contract/run-info.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectCells, selectRows } from '../store/select.ts';
import type { Candidate } from './candidate.ts';
import { ClockAlign } from './clocks.ts';
import { columnsOf } from './columns.ts';
import { MAX_EVIDENCE } from './finding-context.ts';
import { OUTCOME } from './join.ts';
import { type MemorySign, memoryBefore } from './memory.ts';
import type { Ref } from './refs.ts';
import type { DraftFinding, StoredCause } from './run-info.ts';

/**
 * From this percentage on, a node is short of memory. Ray's memory monitor uses 95; psutil's
 * guidance is 90.
 */
const NODE_FULL = 90;
/** … or from this percentage on if use grew until the end, because samples are far apart. */
const NODE_GROWN_TO = 75;
/** A process that uses this much of its node's memory, or has grown to it, is a likely victim. */
const OWN_FULL = 75;
const OWN_GROWN_TO = 50;
/** If the node uses less than this, running out of memory is not plausible. */
const NODE_FREE = 60;
/** A process that uses this much of its node's memory may have asked for the rest in one step. */
const OWN_NOTABLE = 25;
/**
 * Only a sample this close to the end proves that memory was left: a process can fill a node within
 * a minute.
 */
const FRESH_US = 60_000_000;
/** Limit on lines about exits: nobody reads a list of more processes. */
const MAX_ROWS = 2_000;
/**
 * A replacement process starts at most this long after the last sign of life of the process it
 * replaces.
 */
const SUCCESSOR_US = 300_000_000;

/** A process that died. */
export interface Death {
  node: string | null;
  pid: number;
  process: string | null;
  /** On the master's clock as far as it is known; null if unknown. */
  atUs: number | null;
  /** Null if no line tells the exit code. */
  exitCode: number | null;
  /** Signal that ended it; null if unknown. */
  signal: number | null;
  /** Lines that report the death. */
  refs: Ref[];
  /** The mini-batch that it was running. */
  open: { id: string; ref: Ref | null; status: string } | null;
  judged: Judged;
}

/** Why it died, as far as the samples tell. */
interface Judged {
  kind: 'out_of_memory' | 'process_killed';
  confidence: Confidence;
  /** A sentence without a full stop. */
  message: string;
  evidence: Ref[];
  graph: GraphPlace | null;
}

const exitColumns = {
  atUs: 'number?',
  node: 'text?',
  pid: 'number?',
  exitCode: 'number?',
  fileId: 'number',
  /** 1-based. */
  line: 'number',
} as const;
type ExitRow = RowOf<typeof exitColumns>;

const processColumns = {
  id: 'number',
  node: 'text',
  pid: 'number',
  process: 'text?',
  startUs: 'number?',
  endUs: 'number?',
  exitCode: 'number?',
  replacedBy: 'number?',
} as const;

/** Returns all deaths in the order in which they happened. */
export function deaths(db: ReadableDb): Death[] {
  const clock = new ClockAlign(db);
  const found = [...signalled(db, clock), ...vanished(db, clock)];
  return found.sort((a, b) => (a.atUs ?? Number.MAX_SAFE_INTEGER) - (b.atUs ?? Number.MAX_SAFE_INTEGER));
}

const EXITS = `SELECT file_id AS fileId, line, at_us AS atUs, node, pid, exit_code AS exitCode FROM process_event`;

/** Returns processes that a signal ended, from the lines that give their exit code. */
function signalled(db: ReadableDb, clock: ClockAlign): Death[] {
  const rows = selectRows(
    db,
    `${EXITS} WHERE (exit_code < 0 OR exit_code IN (134, 137, 139)) AND pid IS NOT NULL
       ORDER BY at_us IS NULL, at_us, file_id, line LIMIT ${MAX_ROWS}`,
    exitColumns,
  ).all();
  const resolve = selectCells(db, 'SELECT node FROM process WHERE pid = ? AND exit_code = ?', 'text');
  const groups = new Map<string, ExitRow[]>();
  for (const row of rows) {
    const node = row.node ?? resolve.get(row.pid, row.exitCode) ?? null;
    const key = `${node} ${row.pid} ${row.exitCode}`;
    groups.set(key, [...(groups.get(key) ?? []), { ...row, node }]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || first.pid === null || first.exitCode === null) return [];
    // The time is on the clock of the log that reports it: the node's supervisor's or the master's.
    const told = group.map((row) => (row.atUs === null ? Number.NaN : timeOf(db, clock, row)));
    const atUs = told.reduce((least, time) => (time < least ? time : least), told[0] ?? Number.NaN);
    const signal = first.exitCode < 0 ? -first.exitCode : first.exitCode - 128;
    return [
      deathOf(db, clock, { node: first.node, pid: first.pid, atUs, exitCode: first.exitCode, signal, refs: group }),
    ];
  });
}

function timeOf(db: ReadableDb, clock: ClockAlign, row: ExitRow): number {
  const writer = selectCells(db, 'SELECT node FROM file WHERE id = ?', 'text?').get(row.fileId) ?? null;
  return clock.align(writer, row.atUs ?? Number.NaN);
}

/**
 * Returns processes without an exit that were running a mini-batch and that their supervisor gave
 * up or another process replaced.
 */
function vanished(db: ReadableDb, clock: ClockAlign): Death[] {
  const hasOpen = processesWithOpenAttempt(db);
  const open = selectRows(
    db,
    `SELECT id, node, pid, process, start_us AS startUs, end_us AS endUs, exit_code AS exitCode, replaced_by AS replacedBy
       FROM process WHERE exit_code IS NULL AND pid IS NOT NULL ORDER BY id`,
    processColumns,
  )
    .all()
    .filter(({ id }) => hasOpen.has(id))
    .slice(0, MAX_ROWS);
  if (open.length === 0) return [];
  const last = selectCells(
    db,
    `SELECT max(time) FROM (SELECT max(to_us) AS time FROM pid_span WHERE node IS @node AND pid = @pid
       UNION ALL SELECT max(start_us) FROM attempt WHERE node IS @node AND pid = @pid)`,
    'number?',
  );
  const next = selectCells(
    db,
    'SELECT start_us FROM process WHERE node IS ? AND id <> ? AND start_us > ? AND start_us < ?',
    'number',
  );
  const given = selectRows(
    db,
    `${EXITS} WHERE type IN ('killed', 'replaced') AND (pid = ? OR (pid IS NULL AND process = ?)) AND (node IS ? OR node IS NULL)
     ORDER BY at_us, file_id, line`,
    exitColumns,
  );
  // Each start fills one place, so as many silent processes count as replaced as there are new
  // ones.
  const taken = new Set<number>();
  const result: Death[] = [];
  for (const process of open) {
    const lastUs = last.get({ node: process.node, pid: process.pid }) ?? null;
    const refs = given.all(process.pid, process.process, process.node);
    const starts = lastUs === null ? [] : next.all(process.node, process.id, lastUs, lastUs + SUCCESSOR_US);
    const successor = starts.sort((a, b) => a - b).find((start) => !taken.has(start));
    if (refs.length === 0 && process.replacedBy === null && successor === undefined) continue;
    if (successor !== undefined) taken.add(successor);
    const atUs = clock.align(process.node, lastUs ?? process.endUs ?? Number.NaN);
    result.push(deathOf(db, clock, { node: process.node, pid: process.pid, atUs, exitCode: null, signal: null, refs }));
  }
  return result;
}

/** Returns the ids of processes on known nodes that have an unfinished attempt. */
function processesWithOpenAttempt(db: ReadableDb): Set<number> {
  const { outcome, process, node } = columnsOf(db).attempts;
  const found = new Set<number>();
  for (let row = 0; row < outcome.length; row++) {
    if (outcome[row] === OUTCOME.unfinished && at(node, row) >= 0) found.add(at(process, row) + 1);
  }
  return found;
}

type Told = Pick<Death, 'pid' | 'node' | 'exitCode' | 'signal' | 'refs'> & { atUs: number };

function deathOf(db: ReadableDb, clock: ClockAlign, told: Told): Death {
  const process = selectRows(db, 'SELECT process, start_us AS startUs FROM process WHERE node IS ? AND pid = ?', {
    process: 'text?',
    startUs: 'number?',
  }).get(told.node, told.pid);
  const attempt = selectRows(
    db,
    `SELECT a.mini_batch_id AS id, a.picked_file_id AS fileId, a.picked_line AS line, b.status
       FROM attempt a JOIN mini_batch b ON b.id = a.mini_batch_id
       WHERE a.node IS ? AND a.pid = ? AND a.outcome = 'unfinished' ORDER BY a.start_us DESC LIMIT 1`,
    { id: 'text', fileId: 'number?', line: 'number?', status: 'text' },
  ).get(told.node, told.pid);
  const ref =
    attempt === undefined || attempt.fileId === null || attempt.line === null
      ? null
      : { fileId: attempt.fileId, line: attempt.line };
  const atUs = Number.isNaN(told.atUs) ? null : told.atUs;
  const own = atUs === null ? Number.NaN : clock.written(told.node, atUs);
  const sign = Number.isNaN(own)
    ? { node: null, own: null }
    : memoryBefore(db, told.node, told.pid, { fromUs: process?.startUs ?? Number.NaN, atUs: own });
  const death = {
    ...told,
    atUs,
    process: process?.process ?? null,
    refs: told.refs.map(({ fileId, line }) => ({ fileId, line })),
    open: attempt === undefined ? null : { id: attempt.id, status: attempt.status, ref },
  };
  return { ...death, judged: judge(death, sign) };
}

function judge(death: Omit<Death, 'judged'>, sign: MemorySign): Judged {
  const { pid, process, node, exitCode, signal, open } = death;
  const who = `The process ${pid}${process === null ? '' : ` (${process})`}${node === null ? '' : ` on node ${node}`}`;
  const how =
    signal === null ? 'ended without a word' : `ended by signal ${signal} (exit code ${exitCode ?? 'unknown'})`;
  const base = `${who} ${how}${open === null ? '' : ` while it ran mini-batch ${open.id}`}`;
  const evidence = [sign.own, sign.node].flatMap((use) => (use === null ? [] : [use.ref]));
  const killed = (more: string, confidence: Confidence): Judged => ({
    kind: 'process_killed',
    confidence,
    message: `${base}${more}`,
    evidence,
    graph: sign.node?.graph ?? sign.own?.graph ?? null,
  });
  // A signal other than 9 is a crash or was sent on purpose.
  if (signal !== null && signal !== 9) return { ...killed('', 'certain'), evidence: [], graph: null };
  const told: Confidence = signal === null ? 'possible' : 'certain';
  const figures = figuresOf(sign);
  const isNodeHigh = reaches(sign.node, NODE_FULL, NODE_GROWN_TO);
  const isOwnHigh = reaches(sign.own, OWN_FULL, OWN_GROWN_TO);
  if (isNodeHigh || isOwnHigh) {
    return {
      kind: 'out_of_memory',
      confidence: 'likely',
      message: `${base}; just before, ${figures}: probably out of memory`,
      evidence,
      graph: (isOwnHigh ? sign.own?.graph : sign.node?.graph) ?? null,
    };
  }
  if (hadRoom(sign, death.atUs)) return killed(`; just before, ${figures}: want of memory was not the reason`, told);
  return killed(
    `; possibly out of memory${figures === '' ? ', there are no samples to show it' : `: just before, ${figures}`}`,
    signal === null ? 'possible' : 'likely',
  );
}

/**
 * Decides whether the node had memory left at the end, and the process neither used much of it nor
 * grew.
 */
function hadRoom({ node, own }: MemorySign, atUs: number | null): boolean {
  if (node === null || atUs === null || atUs - node.graph.timeUs > FRESH_US) return false;
  const isOwnLarge = own !== null && (own.hasGrown || own.percent >= OWN_NOTABLE);
  return node.percent < NODE_FREE && !node.hasGrown && !isOwnLarge;
}

function reaches(use: MemorySign['node'], full: number, grownTo: number): boolean {
  return use !== null && (use.percent >= full || (use.hasGrown && use.percent >= grownTo));
}

function figuresOf({ node, own }: MemorySign): string {
  const grown = (hasGrown: boolean) => (hasGrown ? ' and growing' : '');
  const parts = [
    own === null || Number.isNaN(own.percent)
      ? ''
      : `${Math.round(own.percent)} % of the node's memory was in this process${grown(own.hasGrown)}`,
    node === null || Number.isNaN(node.percent)
      ? ''
      : `memory in use on the node was at ${Math.round(node.percent)} %${grown(node.hasGrown)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/**
 * Returns the first death that can have brought the run down, as a candidate for its first cause.
 * It must be of a process with a mini-batch that did not succeed later. If `mustHaveOpen` is false
 * (logs without pick-ups), a process ended by a signal also counts.
 */
export function firstDeath(all: readonly Death[], mustHaveOpen: boolean): Candidate[] {
  const first = all.find(
    ({ open, signal }) =>
      (open !== null || (!mustHaveOpen && signal !== null)) &&
      open?.status !== 'succeeded' &&
      open?.status !== 'partial',
  );
  if (first === undefined) return [];
  const { judged, node, pid, atUs, open, refs } = first;
  const evidence = [...refs.slice(0, 3), ...(open === null || open.ref === null ? [] : [open.ref]), ...judged.evidence];
  return [{ ...judged, node, pid, atUs, miniBatchId: open?.id ?? null, evidence }];
}

/**
 * Returns findings about deaths: the number by exit code, and those that probably ran out of
 * memory. `cause` is already reported and not repeated.
 */
export function deathFindings(all: readonly Death[], cause: StoredCause | null): DraftFinding[] {
  const findings: DraftFinding[] = [];
  const bySignal = new Map<string, Death[]>();
  for (const death of all) {
    const key = death.exitCode === null ? '' : String(death.exitCode);
    bySignal.set(key, [...(bySignal.get(key) ?? []), death]);
  }
  const starved = all.filter(({ judged }) => judged.kind === 'out_of_memory');
  // The first cause covers those that died the same way.
  const others = cause?.kind === 'out_of_memory' ? [] : starved;
  const [worst] = others;
  if (worst !== undefined) {
    const more = others.length > 1 ? `; ${others.length - 1} more processes died the same way` : '';
    findings.push({
      kind: 'out_of_memory',
      confidence: 'likely',
      message: `${worst.judged.message}${more}.`,
      evidence: [...worst.refs, ...others.flatMap(({ judged }) => judged.evidence)].slice(0, MAX_EVIDENCE),
      graph: worst.judged.graph,
    });
  }
  for (const group of [...bySignal.values()].sort((a, b) => b.length - a.length)) {
    const [first] = group;
    if (first === undefined) continue;
    const count = formatCount(group.length, 'process', 'processes');
    const isOpen = group.every(({ judged }) => judged.message.includes('possibly out of memory'));
    const how =
      first.signal === null
        ? 'ended without a word while they had a mini-batch in hand, and others took their place'
        : `ended by signal ${first.signal} (exit code ${first.exitCode})`;
    findings.push({
      kind: 'processes_killed',
      confidence: first.signal === null ? 'likely' : 'certain',
      message: `${count} ${how}${isOpen ? '; possibly out of memory' : ''}.`,
      evidence: group
        .flatMap(({ refs, open }) => [...refs.slice(0, 1), ...(refs.length === 0 && open?.ref ? [open.ref] : [])])
        .slice(0, MAX_EVIDENCE),
    });
  }
  return findings;
}
