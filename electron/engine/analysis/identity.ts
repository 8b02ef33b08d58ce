/**
 * Identities: each node under one name, each process as (node, pid). Fills in what a line omits,
 * such as the node if the run has only one, or the pid that a name such as `Process-3` had at a
 * time. Never guesses between two candidates.
 */
import { at } from '../base/typed.ts';
import { isSupervisor } from '../formats/process-name.ts';
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectCells, selectRows } from '../store/select.ts';
import type { Ref } from './refs.ts';
import type { TaskEvents } from './task-events.ts';

interface Span {
  pid: number;
  fromUs: number;
  toUs: number;
}

/** A process named by task events. `name` and `code` index the texts of {@link TaskEvents}. */
interface Told extends Span {
  name: number;
  code: number;
}

const spanColumns = {
  node: 'text?',
  process: 'text?',
  pid: 'number',
  from_us: 'number?',
  to_us: 'number?',
} as const;
type SpanRow = RowOf<typeof spanColumns>;

/** Contradictory evidence about an identity. `ref` is one of the lines. */
export interface Conflict {
  message: string;
  ref: Ref | null;
}

/**
 * Numbers the nodes and process aliases of a run. Node codes index {@link Identities.nodes}; -1
 * means unknown.
 */
export class Identities {
  readonly nodes: string[] = [];
  readonly #codes = new Map<string, number>();
  readonly #spans = new Map<string, Span[]>();
  /** Node of each pid; -2 if several nodes have the pid. */
  readonly #nodeOfPid = new Map<number, number>();
  readonly #aliasOf = new Map<number, string>();
  readonly #supervisors = new Set<number>();
  readonly #otherNames = new Map<string, { node: number; pid: number; process: string; known: string }>();
  #only = -1;
  readonly #aliases: ReadonlyMap<string, string>;

  private constructor(aliases: ReadonlyMap<string, string>) {
    this.#aliases = aliases;
  }

  /**
   * Reads the nodes and process names in paths and lines. The tables must have one name per node
   * (see `renameNodes`). `aliases` maps the other names, which task events still use.
   */
  static read(db: ReadableDb, events: TaskEvents, aliases: ReadonlyMap<string, string>): Identities {
    const identities = new Identities(aliases);
    const rows = selectCells(
      db,
      `SELECT node FROM file WHERE node IS NOT NULL UNION SELECT node FROM pid_span WHERE node IS NOT NULL
         UNION SELECT node FROM process_event WHERE node IS NOT NULL`,
      'text',
    ).all();
    const named = new Set([...rows, ...events.names.map((name) => aliases.get(name) ?? name)]);
    for (const node of [...named].sort(compareNodes)) identities.#add(node);
    identities.#only = named.size === 1 ? 0 : -1;
    const spans = selectRows(
      db,
      `SELECT node, process, pid, min(from_us) AS from_us, max(to_us) AS to_us FROM pid_span
         GROUP BY node, process, pid ORDER BY from_us, node, process, pid`,
      spanColumns,
    ).all();
    for (const span of spans) identities.#addSpan(span);
    identities.#learnEvents(events);
    return identities;
  }

  #add(node: string): number {
    const code = this.nodes.length;
    this.nodes.push(node);
    this.#codes.set(node, code);
    return code;
  }

  #addSpan(row: SpanRow): void {
    const node = this.node(row.node, null);
    if (node >= 0) this.learnPid(node, row.pid);
    if (row.process === null) return;
    if (isSupervisor(row.process)) this.#supervisors.add(processKey(node, row.pid));
    else this.learnAlias(node, row.pid, row.process);
    const key = `${node} ${row.process}`;
    const list = this.#spans.get(key) ?? [];
    list.push({
      pid: row.pid,
      fromUs: row.from_us ?? Number.NEGATIVE_INFINITY,
      toUs: row.to_us ?? Number.POSITIVE_INFINITY,
    });
    this.#spans.set(key, list);
  }

  /**
   * Learns processes that task events give by both name and pid, for names whose pid is in no log.
   */
  #learnEvents(events: TaskEvents): void {
    const told = new Map<string, Told>();
    let last: Told | undefined;
    for (let i = 0; i < events.length; i++) {
      const pid = at(events.pid.data, i);
      if (pid < 0) continue;
      const name = at(events.node.data, i);
      const code = at(events.process.data, i);
      if (last === undefined || last.pid !== pid || last.name !== name || last.code !== code) {
        const key = `${name} ${pid} ${code}`;
        last = told.get(key) ?? { name, pid, code, fromUs: Number.POSITIVE_INFINITY, toUs: Number.NEGATIVE_INFINITY };
        told.set(key, last);
      }
      const time = at(events.atUs.data, i);
      if (time < last.fromUs) last.fromUs = time;
      if (time > last.toUs) last.toUs = time;
    }
    const known = new Set(this.#spans.keys());
    const named: { node: number; process: string; span: Span }[] = [];
    for (const { name, pid, code, fromUs, toUs } of told.values()) {
      const node = name < 0 ? this.#only : this.node(events.names[name] ?? null, null);
      if (node < 0) continue;
      this.learnPid(node, pid);
      const process = events.processes[code];
      if (process !== undefined && !isSupervisor(process)) named.push({ node, process, span: { pid, fromUs, toUs } });
    }
    named.sort((a, b) => a.span.fromUs - b.span.fromUs || a.span.pid - b.span.pid || (a.process < b.process ? -1 : 1));
    for (const { node, process, span } of named) {
      this.learnAlias(node, span.pid, process);
      const key = `${node} ${process}`;
      if (known.has(key)) continue;
      const spans = this.#spans.get(key) ?? [];
      if (!spans.some((other) => other.pid === span.pid)) spans.push(span);
      this.#spans.set(key, spans);
    }
  }

  /**
   * Records that a node has a process with this pid, so that a line with only the pid leads to the
   * node.
   */
  learnPid(node: number, pid: number): void {
    const before = this.#nodeOfPid.get(pid);
    if (before === undefined) this.#nodeOfPid.set(pid, node);
    else if (before !== node) this.#nodeOfPid.set(pid, -2);
  }

  /**
   * Returns the code of a node: the named one, otherwise the only node, otherwise the only node
   * with this pid, otherwise -1.
   */
  node(name: string | null, pid: number | null): number {
    if (name !== null) return this.#codes.get(this.#aliases.get(name) ?? name) ?? this.#add(name);
    if (this.#only >= 0) return this.#only;
    if (pid === null) return -1;
    const node = this.#nodeOfPid.get(pid);
    return node === undefined || node < 0 ? -1 : node;
  }

  /**
   * Returns the pid that used this alias at a time, or in the nearest span if none contains the
   * time; -1 if unknown.
   */
  pid(node: number, process: string, timeUs: number): number {
    const spans = this.#spans.get(`${node} ${process}`);
    if (spans === undefined) return -1;
    const first = spans[0];
    if (spans.length === 1 && first !== undefined) return first.pid;
    if (Number.isNaN(timeUs)) return -1;
    let best = -1;
    let distance = Number.POSITIVE_INFINITY;
    for (const span of spans) {
      const gap = timeUs < span.fromUs ? span.fromUs - timeUs : timeUs > span.toUs ? timeUs - span.toUs : 0;
      if (gap < distance) {
        distance = gap;
        best = span.pid;
      }
    }
    return best;
  }

  /** Returns the alias of a process, such as `Process-3`; null if no path or line gives one. */
  alias(node: number, pid: number): string | null {
    return this.#aliasOf.get(processKey(node, pid)) ?? null;
  }

  /** Records the name of a process. The first name stays; a different one is a conflict. */
  learnAlias(node: number, pid: number, process: string): void {
    if (isSupervisor(process)) return;
    const key = processKey(node, pid);
    const known = this.#aliasOf.get(key);
    if (known === undefined) this.#aliasOf.set(key, process);
    else if (known !== process) this.#otherNames.set(`${key} ${process}`, { node, pid, process, known });
  }

  /** Processes that the logs give several names. */
  get conflicts(): Conflict[] {
    return [...this.#otherNames.values()].map(({ node, pid, process, known }) => ({
      message: `the logs give the process ${pid}${node < 0 ? '' : ` on node ${this.name(node)}`} two names: ${known} and ${process}; it is shown as ${known}`,
      ref: null,
    }));
  }

  /** Returns true for the pid of a node's supervisor, which runs no mini-batches. */
  isSupervisorPid(node: number, pid: number): boolean {
    return this.#supervisors.has(processKey(node, pid));
  }

  name(code: number): string | null {
    return this.nodes[code] ?? null;
  }
}

/** Replaces names of nodes with codes, and fills in nodes and pids as far as the logs tell. */
export function resolveEvents(events: TaskEvents, identities: Identities): void {
  const codes = Int32Array.from(events.names, (name) => identities.node(name, null));
  for (let i = 0; i < events.length; i++) {
    const name = at(events.node.data, i);
    const pid = at(events.pid.data, i);
    const node = name >= 0 ? at(codes, name) : identities.node(null, pid < 0 ? null : pid);
    events.node.data[i] = node;
    const process = events.processes[at(events.process.data, i)];
    if (pid >= 0 || process === undefined || (node < 0 && identities.nodes.length > 0)) continue;
    const startUs = at(events.startUs.data, i);
    events.pid.data[i] = identities.pid(node, process, Number.isNaN(startUs) ? at(events.atUs.data, i) : startUs);
  }
}

/** Combines node and pid into one number. Exact up to 2^20 nodes. */
export function processKey(node: number, pid: number): number {
  return (node + 1) * 4_294_967_296 + pid;
}

/** Compares node names as people expect: numbers and addresses by value. */
export function compareNodes(a: string, b: string): number {
  return byNumbers.compare(a, b);
}

const byNumbers = new Intl.Collator('en', { numeric: true });
