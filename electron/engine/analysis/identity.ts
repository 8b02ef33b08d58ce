/**
 * Who is meant: nodes by their folder names, processes by (node, pid). Resolves what a line leaves out — the node of a run that
 * has only one, the pid of an alias (`Process-3`) at a time — and never guesses between two.
 */
import type { ReadableDb } from '../store/open.ts';

interface Span {
  pid: number;
  fromUs: number;
  toUs: number;
}

interface SpanRow {
  node: string | null;
  process: string | null;
  pid: number;
  from_us: number | null;
  to_us: number | null;
}

/** Names of supervisors: they start workers and do no mini-batches. */
export function isSupervisor(process: string): boolean {
  return /^main/i.test(process) || /^(master|driver|overview)/i.test(process);
}

/** Nodes and process aliases of a run, as numbers: node codes index {@link Identities.nodes}; -1 is unknown. */
export class Identities {
  readonly nodes: string[] = [];
  private readonly codes = new Map<string, number>();
  private readonly spans = new Map<string, Span[]>();
  /** pid → its node; -2 where several nodes have it. */
  private readonly nodeOfPid = new Map<number, number>();
  private readonly aliasOf = new Map<number, string>();
  private readonly supervisors = new Set<number>();
  private only = -1;

  /**
   * Read the nodes and aliases that the paths, and the lines about processes, name. `more`: nodes that only task events name (these are
   * many, and seldom name another node than their file's: whoever reads them finds out).
   */
  static read(db: ReadableDb, more: readonly string[] = []): Identities {
    const identities = new Identities();
    const rows = db
      .prepare(
        `SELECT node FROM file WHERE node IS NOT NULL UNION SELECT node FROM pid_span WHERE node IS NOT NULL
         UNION SELECT node FROM process_event WHERE node IS NOT NULL`,
      )
      .pluck()
      .all() as string[];
    const named = [...new Set([...rows, ...more])].sort(compareNodes);
    for (const node of named) identities.add(node);
    identities.only = named.length === 1 ? 0 : -1;
    const spans = db
      .prepare(
        `SELECT node, process, pid, min(from_us) AS from_us, max(to_us) AS to_us FROM pid_span
         GROUP BY node, process, pid ORDER BY from_us`,
      )
      .all() as SpanRow[];
    for (const span of spans) identities.addSpan(span);
    return identities;
  }

  private add(node: string): number {
    const code = this.nodes.length;
    this.nodes.push(node);
    this.codes.set(node, code);
    return code;
  }

  private addSpan(row: SpanRow): void {
    const node = this.node(row.node, null);
    if (node >= 0) this.learnPid(node, row.pid);
    if (row.process === null) return;
    if (isSupervisor(row.process)) this.supervisors.add(processKey(node, row.pid));
    else this.learnAlias(node, row.pid, row.process);
    const key = `${node} ${row.process}`;
    const list = this.spans.get(key) ?? [];
    list.push({
      pid: row.pid,
      fromUs: row.from_us ?? Number.NEGATIVE_INFINITY,
      toUs: row.to_us ?? Number.POSITIVE_INFINITY,
    });
    this.spans.set(key, list);
  }

  /** Note that a node has a process of this pid, so that a line with only the pid can be led back to the node. */
  learnPid(node: number, pid: number): void {
    const before = this.nodeOfPid.get(pid);
    if (before === undefined) this.nodeOfPid.set(pid, node);
    else if (before !== node) this.nodeOfPid.set(pid, -2);
  }

  /** Code of a node: as named, else the only node, else the only node that has this pid, else -1. */
  node(name: string | null, pid: number | null): number {
    if (name !== null) return this.codes.get(name) ?? this.add(name);
    if (this.only >= 0) return this.only;
    if (pid === null) return -1;
    const node = this.nodeOfPid.get(pid);
    return node === undefined || node < 0 ? -1 : node;
  }

  /** The pid that wrote as this alias at a time (the nearest span where none holds the time); -1 where unknown. */
  pid(node: number, process: string, timeUs: number): number {
    const spans = this.spans.get(`${node} ${process}`);
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
    return this.aliasOf.get(processKey(node, pid)) ?? null;
  }

  learnAlias(node: number, pid: number, process: string): void {
    const key = processKey(node, pid);
    if (!this.aliasOf.has(key) && !isSupervisor(process)) this.aliasOf.set(key, process);
  }

  /** Whether this pid is a node's supervisor, which does no mini-batches. */
  isSupervisorPid(node: number, pid: number): boolean {
    return this.supervisors.has(processKey(node, pid));
  }

  name(code: number): string | null {
    return this.nodes[code] ?? null;
  }
}

/** One number for (node, pid): exact up to 2^20 nodes. */
export function processKey(node: number, pid: number): number {
  return (node + 1) * 4_294_967_296 + pid;
}

/** Order node names as people expect: addresses and numbers by their numbers. */
export function compareNodes(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
