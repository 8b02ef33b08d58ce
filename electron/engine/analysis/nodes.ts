/**
 * Decides which names belong to one node. A node is one machine. A later generation numbers nodes
 * in log paths but still writes addresses into lines and other paths. Two names belong to one node
 * if a line has both, if two files report the same pick-up of a mini-batch by the same process, or
 * if both names share a pid that only one node can have. If the evidence contradicts itself,
 * nothing is merged and the problem list says why. The result does not depend on the order in which
 * files are read.
 */
import { isIP } from 'node:net';
import { at } from '../base/typed.ts';
import { isSupervisor } from '../formats/process-name.ts';
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectCells, selectRows } from '../store/select.ts';
import { TYPE } from '../store/task-columns.ts';
import { type Conflict, compareNodes } from './identity.ts';
import { START_TOLERANCE_US } from './join.ts';
import type { Ref } from './refs.ts';
import type { TaskEvents } from './task-events.ts';

export interface NodeNames {
  /** Maps each other name of a node to the name that is shown. */
  aliases: Map<string, string>;
  conflicts: Conflict[];
}

/** The evidence that two names belong to one node. */
interface Tie {
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

/**
 * A tie by mini-batches beats another tie of the same name if it has this many times its
 * mini-batches. Few match by chance.
 */
const CLEARLY = 10;
/** Longer lists of events of one mini-batch prove nothing beyond what shorter ones prove. */
const MAX_EVENTS = 200;

const fileNodeColumns = {
  path: 'text',
  kind: 'text',
  node: 'text',
} as const;
type FileNode = RowOf<typeof fileNodeColumns>;

/**
 * Finds the names that belong to one node. `events` must be as read, with nodes under their written
 * names.
 */
export function reconcileNodes(db: ReadableDb, events: TaskEvents): NodeNames {
  const files = selectRows(db, 'SELECT path, kind, node FROM file WHERE node IS NOT NULL', fileNodeColumns).all();
  const names = namesOf(db, files, events);
  const folders = foldersOf(files);
  const isPossible = possibility(folders);
  if (!isMixed(names, folders, isPossible)) return { aliases: new Map(), conflicts: [] };
  const ties = new Ties(isPossible);
  tieByLines(db, ties);
  tieByBatches(events, ties);
  tieByPids(db, events, names, ties);
  const { classes, conflicts } = merge(names, ties.all(), isPossible);
  if (classes.length === 0 && conflicts.length === 0 && saysOneNode(db) && areOne(names, isPossible))
    classes.push(names);
  const aliases = new Map<string, string>();
  const rank = ranking(files);
  for (const members of classes) {
    const [shown, ...others] = [...members].sort((a, b) => rank(a) - rank(b) || compareNodes(a, b));
    for (const other of others) if (shown !== undefined) aliases.set(other, shown);
  }
  return { aliases, conflicts };
}

function namesOf(db: ReadableDb, files: readonly FileNode[], events: TaskEvents): string[] {
  const rows = selectCells(
    db,
    `SELECT node FROM pid_span WHERE node IS NOT NULL UNION SELECT node FROM process_event WHERE node IS NOT NULL
       UNION SELECT node FROM series WHERE node <> ''
       UNION SELECT e.node FROM run_event e WHERE e.type = 'node_joined' AND e.node IS NOT NULL AND e.name IS NOT NULL
       UNION SELECT e.name FROM run_event e WHERE e.type = 'node_joined' AND e.node IS NOT NULL AND e.name IS NOT NULL`,
    'text',
  ).all();
  return [...new Set([...files.map((file) => file.node), ...rows, ...events.names])].sort(compareNodes);
}

type Folders = ReadonlyMap<string, ReadonlySet<string>>;
type IsPossible = (a: string, b: string) => boolean;

/** Returns the parent folders in which each node's folders are. */
function foldersOf(files: readonly FileNode[]): Folders {
  const folders = new Map<string, Set<string>>();
  for (const { path, node } of files) {
    const at = `/${path}`.indexOf(`/${node}`);
    if (at < 0) continue;
    const set = folders.get(node) ?? new Set<string>();
    folders.set(node, set.add(path.slice(0, at)));
  }
  return folders;
}

/** Classifies a name. Two numbers, or two addresses, are never one node. */
function kindOf(name: string): 'number' | 'address' | 'other' {
  if (/^\d+$/.test(name)) return 'number';
  return isIP(name) === 0 ? 'other' : 'address';
}

/**
 * Returns a test for two names that may belong to one node. Two addresses, two numbers, or two
 * folders side by side are two nodes.
 */
function possibility(folders: Folders): IsPossible {
  return (a, b) => {
    const kind = kindOf(a);
    if (kind !== 'other' && kind === kindOf(b)) return false;
    const other = folders.get(b);
    return ![...(folders.get(a) ?? [])].some((folder) => other?.has(folder));
  };
}

/**
 * Returns true if any two names may belong to one node. Two names represent all of one kind in the
 * same folders, because there can be as many names as files.
 */
function isMixed(names: readonly string[], folders: Folders, isPossible: IsPossible): boolean {
  const alike = new Map<string, string[]>();
  for (const name of names) {
    const key = JSON.stringify([kindOf(name), [...(folders.get(name) ?? [])].sort()]);
    const members = alike.get(key);
    if (members === undefined) alike.set(key, [name]);
    else if (members.length === 1) members.push(name);
  }
  const some = [...alike.values()].flat();
  return some.some((a, i) => some.slice(i + 1).some((b) => isPossible(a, b)));
}

/** Ranks names for display: names of folders with worker logs first, then names of other files. */
function ranking(files: readonly FileNode[]): (name: string) => number {
  const order = ['worker', 'user', 'tasks', 'issues', 'resources'];
  const ranks = new Map<string, number>();
  for (const { kind, node } of files) {
    const place = order.indexOf(kind);
    const rank = place < 0 ? order.length : place;
    ranks.set(node, Math.min(rank, ranks.get(node) ?? rank));
  }
  return (name) => ranks.get(name) ?? order.length + 1;
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

/** A single shared pid may be two nodes that both used it. This many are no coincidence. */
const MIN_PIDS = 2;

interface Merged {
  /** Groups of two or more names of one node. */
  classes: string[][];
  conflicts: Conflict[];
}

function merge(names: readonly string[], ties: readonly Tie[], isPossible: IsPossible): Merged {
  const strong = ties.filter((tie) => tie.lines + tie.batches > 0);
  const rivals = tiesByName(strong);
  const kept = strong.filter((tie) => !isChance(tie, rivals, isPossible));
  const tied = new Set(kept.flatMap(({ a, b }) => [a, b]));
  const weak = ties.filter((tie) => tie.pids >= MIN_PIDS && !tied.has(tie.a) && !tied.has(tie.b));
  const classes: string[][] = [];
  const conflicts: Conflict[] = [];
  const all = [...kept, ...weak];
  const tiesOf = tiesByName(all);
  for (const members of componentsOf(names, tiesOf)) {
    if (areOne(members, isPossible)) classes.push(members);
    else conflicts.push(conflictOf(members, all, tiesOf, isPossible));
  }
  return { classes, conflicts };
}

/** Returns the ties of each name, in order. */
function tiesByName(ties: readonly Tie[]): Map<string, Tie[]> {
  const found = new Map<string, Tie[]>();
  for (const tie of ties) {
    for (const name of [tie.a, tie.b]) {
      const own = found.get(name);
      if (own === undefined) found.set(name, [tie]);
      else own.push(tie);
    }
  }
  return found;
}

function otherEnd(tie: Tie, name: string): string | null {
  if (tie.a === name) return tie.b;
  return tie.b === name ? tie.a : null;
}

/**
 * Returns true if a tie rests on only a few mini-batches and one of its names has a far better tie
 * that excludes it.
 */
function isChance(tie: Tie, rivals: ReadonlyMap<string, Tie[]>, isPossible: IsPossible): boolean {
  if (tie.lines > 0) return false;
  return [tie.a, tie.b].some((name) => {
    const own = otherEnd(tie, name) ?? '';
    return (rivals.get(name) ?? []).some((rival) => {
      const other = rival === tie ? null : otherEnd(rival, name);
      return other !== null && !isPossible(own, other) && rival.batches >= CLEARLY * tie.batches;
    });
  });
}

function areOne(members: readonly string[], isPossible: IsPossible): boolean {
  return members.length > 1 && members.every((a, i) => members.slice(i + 1).every((b) => isPossible(a, b)));
}

/** Returns groups of two or more names that ties connect. */
function componentsOf(names: readonly string[], tiesOf: ReadonlyMap<string, Tie[]>): string[][] {
  const left = new Set(names);
  const components: string[][] = [];
  for (const name of names) {
    if (!left.delete(name)) continue;
    const members = [name];
    for (let i = 0; i < members.length; i++) {
      const name = members[i] ?? '';
      for (const tie of tiesOf.get(name) ?? []) {
        const other = otherEnd(tie, name);
        if (other !== null && left.delete(other)) members.push(other);
      }
    }
    if (members.length > 1) components.push(members.sort(compareNodes));
  }
  return components;
}

/** Describes the first name with ties to two others that cannot be one node. */
function conflictOf(
  members: readonly string[],
  ties: readonly Tie[],
  tiesOf: ReadonlyMap<string, Tie[]>,
  isPossible: IsPossible,
): Conflict {
  for (const name of members) {
    const own = tiesOf.get(name) ?? [];
    for (const first of own) {
      for (const second of own) {
        const [x, y] = [otherEnd(first, name) ?? '', otherEnd(second, name) ?? ''];
        if (first === second || isPossible(x, y)) continue;
        return {
          message: `the logs disagree on which node ${name} is: ${x} (${reasonOf(first)}) or ${y} (${reasonOf(second)}); they are shown as separate nodes`,
          ref: second.ref ?? first.ref,
        };
      }
    }
  }
  const first = ties.find((tie) => members.includes(tie.a));
  return {
    message: `the logs disagree on which of ${members.join(', ')} are one node; they are shown as separate nodes`,
    ref: first?.ref ?? null,
  };
}

function reasonOf({ lines, batches, pids }: Tie): string {
  const parts = [
    lines > 0 ? `${lines} ${lines === 1 ? 'file names' : 'files name'} both` : '',
    batches > 0 ? `the same attempt at ${batches} ${batches === 1 ? 'mini-batch' : 'mini-batches'}` : '',
    lines + batches === 0 ? `${pids} pids in common` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** Returns true if the run's settings ask for one node. */
function saysOneNode(db: ReadableDb): boolean {
  const values = selectCells(
    db,
    `SELECT DISTINCT coalesce(message, CAST(value AS TEXT)) FROM run_event WHERE type = 'setting'
       AND lower(replace(name, '_', '')) IN ('numberofnodes', 'nodecount')`,
    'text?',
  ).all();
  return values.length > 0 && values.every((value) => Number(value) === 1);
}
