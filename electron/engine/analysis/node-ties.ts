/**
 * Node ties: the evidence that two names belong to one node, from lines with both names, attempts
 * that both report, and pids that both had.
 */
import { at } from '../base/typed.ts';
import { isSupervisor } from '../formats/process-name.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import { TYPE } from '../store/task-columns.ts';
import { compareNodes } from './identity.ts';
import { START_TOLERANCE_US } from './join.ts';
import type { Ref } from './refs.ts';
import type { TaskEvents } from './task-events.ts';

/** Tells whether two names may belong to one node. */
export type IsPossible = (a: string, b: string) => boolean;

/** The evidence that two names belong to one node. */
export interface Tie {
  a: string;
  b: string;
  /** Lines with both names, one per file. */
  lines: number;
  /** Mini-batches whose pick-up both report. */
  batches: number;
  /** Pids that no other node has. */
  pids: number;
  ref: Ref | null;
}

/** Longer lists of events of one mini-batch prove nothing beyond what shorter ones prove. */
const MAX_EVENTS = 200;

/** Returns all evidence between names, in the order of their names. */
export function tiesOfNodes(
  db: ReadableDb,
  events: TaskEvents,
  names: readonly string[],
  isPossible: IsPossible,
): Tie[] {
  const ties = new Ties(isPossible);
  tieByLines(db, ties);
  tieByBatches(events, ties);
  tieByPids(db, events, names, ties);
  return ties.all();
}

class Ties {
  readonly #byPair = new Map<string, Tie>();
  readonly #isPossible: IsPossible;

  constructor(isPossible: IsPossible) {
    this.#isPossible = isPossible;
  }

  /** Returns the tie of two names; null if they cannot belong to one node. */
  of(x: string, y: string): Tie | null {
    if (x === y) return null;
    const [a, b] = compareNodes(x, y) < 0 ? [x, y] : [y, x];
    const key = `${a}\0${b}`;
    const known = this.#byPair.get(key);
    if (known !== undefined) return known;
    if (!this.#isPossible(a, b)) return null;
    const tie: Tie = { a, b, lines: 0, batches: 0, pids: 0, ref: null };
    this.#byPair.set(key, tie);
    return tie;
  }

  all(): Tie[] {
    return [...this.#byPair.values()].sort((x, y) => compareNodes(x.a, y.a) || compareNodes(x.b, y.b));
  }
}

/** Ties names that one line has: in a worker's own log, or in a row of a table. */
function tieByLines(db: ReadableDb, ties: Ties): void {
  const rows = selectRows(
    db,
    `SELECT e.node, e.name, e.file_id AS fileId, min(e.line) AS line, f.process FROM run_event e JOIN file f ON f.id = e.file_id
       WHERE e.type = 'node_joined' AND e.node IS NOT NULL AND e.name IS NOT NULL GROUP BY e.node, e.name, e.file_id ORDER BY f.path`,
    { fileId: 'number', line: 'number', node: 'text', name: 'text', process: 'text?' },
  ).all();
  for (const { node, name, fileId, line, process } of rows) {
    if (process !== null && isSupervisor(process)) continue;
    const tie = ties.of(node, name);
    if (tie === null) continue;
    tie.lines++;
    tie.ref ??= { fileId, line };
  }
}

/** Returns the start of the attempt that an event reports; NaN if unknown. */
function startOf(events: TaskEvents, event: number): number {
  const start = at(events.startUs.data, event);
  if (!Number.isNaN(start)) return start;
  const own = at(events.atUs.data, event);
  if (at(events.type.data, event) === TYPE.picked) return own;
  const figure = at(events.figure.data, event);
  return figure < 0 ? Number.NaN : own - at(events.duration.data, figure) * 1e6;
}

/**
 * Returns the end of the attempt that an event reports: from its figures, otherwise when the line
 * that ends it was written; NaN if unknown.
 */
function endOf(events: TaskEvents, event: number): number {
  const type = at(events.type.data, event);
  if (type < TYPE.processed || type > TYPE.aborted) return Number.NaN;
  const start = at(events.startUs.data, event);
  const figure = at(events.figure.data, event);
  const duration = figure < 0 ? Number.NaN : at(events.duration.data, figure);
  return Number.isNaN(start) || Number.isNaN(duration) ? at(events.atUs.data, event) : start + duration * 1e6;
}

/**
 * Returns how far apart two events put the start of an attempt, or its end if a start is missing;
 * NaN if both are.
 */
function gapOf(events: TaskEvents, a: number, b: number): number {
  const gap = Math.abs(startOf(events, a) - startOf(events, b));
  return Number.isNaN(gap) ? Math.abs(endOf(events, a) - endOf(events, b)) : gap;
}

/**
 * Ties names under which a process with the same pid (or, without one, the same alias) began or
 * ended a mini-batch at the same time.
 */
function tieByBatches(events: TaskEvents, ties: Ties): void {
  const count = events.names.length;
  if (count < 2) return;
  const { order, offsets } = events.group();
  const best = new Map<string, { tie: Tie; gap: number; event: number }>();
  for (let code = 0; code < events.ids.length; code++) {
    const from = at(offsets, code);
    const to = at(offsets, code + 1);
    if (to - from < 2 || to - from > MAX_EVENTS) continue;
    best.clear();
    for (let i = from; i < to; i++) {
      const a = at(order, i);
      if (at(events.node.data, a) < 0) continue;
      for (let k = i + 1; k < to; k++) compareStarts(events, ties, a, at(order, k), best);
    }
    if (best.size === 0) continue;
    // Match one to one: another node may have picked up a mini-batch that failed quickly, within
    // the tolerance.
    const taken = new Set<string>();
    for (const [key, { tie, event }] of [...best].sort((x, y) => x[1].gap - y[1].gap || (x[0] < y[0] ? -1 : 1))) {
      const who = key.slice(0, key.indexOf('\n'));
      if (taken.has(`${who} ${tie.a}`) || taken.has(`${who} ${tie.b}`)) continue;
      taken.add(`${who} ${tie.a}`).add(`${who} ${tie.b}`);
      tie.batches++;
      if (tie.ref === null) tie.ref = { fileId: at(events.fileId.data, event), line: at(events.line.data, event) };
    }
  }
}

function compareStarts(
  events: TaskEvents,
  ties: Ties,
  a: number,
  b: number,
  best: Map<string, { tie: Tie; gap: number; event: number }>,
): void {
  const nodeA = at(events.node.data, a);
  const nodeB = at(events.node.data, b);
  if (nodeB < 0 || nodeA === nodeB) return;
  const pidA = at(events.pid.data, a);
  const pidB = at(events.pid.data, b);
  const processA = at(events.process.data, a);
  const areSame = pidA >= 0 && pidB >= 0 ? pidA === pidB : processA >= 0 && processA === at(events.process.data, b);
  if (!areSame) return;
  const gap = gapOf(events, a, b);
  if (!(gap <= START_TOLERANCE_US)) return;
  const tie = ties.of(events.names[nodeA] ?? '', events.names[nodeB] ?? '');
  if (tie === null) return;
  const key = `${pidA >= 0 ? pidA : (events.processes[processA] ?? '')}\n${tie.a}\n${tie.b}`;
  const before = best.get(key);
  if (before === undefined || gap < before.gap) best.set(key, { tie, gap, event: a });
}

/** First and last time at which a name had each pid. */
type Lives = Map<number, [number, number]>;

/** Ties two names that had the same pid at the same time, if no other name had it. */
function tieByPids(db: ReadableDb, events: TaskEvents, names: readonly string[], ties: Ties): void {
  const lives = new Map<string, Lives>(names.map((name) => [name, new Map()]));
  const note = (name: string, pid: number, from: number, to: number) => {
    const own = lives.get(name);
    const known = own?.get(pid);
    if (known === undefined) own?.set(pid, [from, to]);
    else own?.set(pid, [Math.min(known[0], from), Math.max(known[1], to)]);
  };
  const rows = selectRows(
    db,
    `SELECT node, pid, min(from_us) AS "from", max(to_us) AS "to" FROM pid_span
         WHERE node IS NOT NULL AND (process IS NULL OR process NOT LIKE '%main%') GROUP BY node, pid
       UNION ALL SELECT node, pid, min(from_us), max(to_us) FROM series WHERE node <> '' AND pid IS NOT NULL GROUP BY node, pid`,
    { node: 'text', pid: 'number', from: 'number?', to: 'number?' },
  ).all();
  for (const { node, pid, from, to } of rows) if (from !== null && to !== null) note(node, pid, from, to);
  for (let i = 0; i < events.length; i++) {
    const time = startOf(events, i);
    const name = events.names[at(events.node.data, i)];
    const pid = at(events.pid.data, i);
    if (name !== undefined && pid >= 0 && !Number.isNaN(time)) note(name, pid, time, time);
  }
  const holders = new Map<number, string[]>();
  for (const [name, own] of lives) {
    for (const pid of own.keys()) {
      const owners = holders.get(pid);
      if (owners === undefined) holders.set(pid, [name]);
      // Three owners prove as little as more would.
      else if (owners.length < 3) owners.push(name);
    }
  }
  for (const [pid, owners] of [...holders].sort(([a], [b]) => a - b)) {
    const [a, b, more] = owners;
    if (a === undefined || b === undefined || more !== undefined) continue;
    const [x, y] = [lives.get(a)?.get(pid), lives.get(b)?.get(pid)];
    if (x === undefined || y === undefined || x[0] > y[1] || y[0] > x[1]) continue;
    const tie = ties.of(a, b);
    if (tie !== null) tie.pids++;
  }
}
