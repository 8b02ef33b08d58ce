/**
 * Who is meant: nodes under the one name that each is shown by, processes by (node, pid). Resolves
 * what a line leaves out (the node of a run that has only one, the pid of a process name such as
 * `Process-3` at a time) and never guesses between two.
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

/** A process as task events name it; `name` and `code` index the texts of {@link TaskEvents}. */
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

/** Evidence on who is who that contradicts itself; `ref` is one of the lines. */
export interface Conflict {
  message: string;
  ref: Ref | null;
}

/**
 * Nodes and process aliases of a run, as numbers: node codes index {@link Identities.nodes}; -1 is
 * unknown.
 */
export class Identities {
  readonly nodes: string[] = [];
  readonly #codes = new Map<string, number>();
  readonly #spans = new Map<string, Span[]>();
  /** pid → its node; -2 where several nodes have it. */
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
   * Read the nodes and the names of processes that paths and lines give. Needs the tables with one
   * name a node (see `renameNodes`); `aliases`: the other names, which task events still have.
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
   * What task events tell of processes by both name and pid, for names of which no log has the pid.
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
   * Note that a node has a process of this pid, so that a line with only the pid can be led back to
   * the node.
   */
  learnPid(node: number, pid: number): void {
    const before = this.#nodeOfPid.get(pid);
    if (before === undefined) this.#nodeOfPid.set(pid, node);
    else if (before !== node) this.#nodeOfPid.set(pid, -2);
  }

  /**
   * Code of a node: as named, else the only node, else the only node that has this pid, else -1.
   */
  node(name: string | null, pid: number | null): number {
    if (name !== null) return this.#codes.get(this.#aliases.get(name) ?? name) ?? this.#add(name);
    if (this.#only >= 0) return this.#only;
    if (pid === null) return -1;
    const node = this.#nodeOfPid.get(pid);
    return node === undefined || node < 0 ? -1 : node;
  }

  /**
   * The pid that wrote as this alias at a time (the nearest span where none holds the time); -1
   * where unknown.
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

  /** Alias of a process, `Process-3`; null where no path or line names one. */
  alias(node: number, pid: number): string | null {
    return this.#aliasOf.get(processKey(node, pid)) ?? null;
  }

  /** Note the name of a process. The first that is told stays; another is a conflict. */
  learnAlias(node: number, pid: number, process: string): void {
    if (isSupervisor(process)) return;
    const key = processKey(node, pid);
    const known = this.#aliasOf.get(key);
    if (known === undefined) this.#aliasOf.set(key, process);
    else if (known !== process) this.#otherNames.set(`${key} ${process}`, { node, pid, process, known });
  }

  /** Processes to which the logs give several names. */
  get conflicts(): Conflict[] {
    return [...this.#otherNames.values()].map(({ node, pid, process, known }) => ({
      message: `the logs give the process ${pid}${node < 0 ? '' : ` on node ${this.name(node)}`} two names: ${known} and ${process}; it is shown as ${known}`,
      ref: null,
    }));
  }

  /** Whether this pid is a node's supervisor, which does no mini-batches. */
  isSupervisorPid(node: number, pid: number): boolean {
    return this.#supervisors.has(processKey(node, pid));
  }

  name(code: number): string | null {
    return this.nodes[code] ?? null;
  }
}

/**
 * Put the codes of nodes in the place of their names, and fill in nodes and pids as far as the logs
 * tell.
 */
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

/** One number for (node, pid): exact up to 2^20 nodes. */
export function processKey(node: number, pid: number): number {
  return (node + 1) * 4_294_967_296 + pid;
}

/** Order node names as people expect: addresses and numbers by their numbers. */
export function compareNodes(a: string, b: string): number {
  return byNumbers.compare(a, b);
}

const byNumbers = new Intl.Collator('en', { numeric: true });
