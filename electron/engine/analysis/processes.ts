/**
 * Worker processes of a run, from their own events, from the pids that wrote files, and from their
 * attempts.
 */
import { isSupervisor } from '../formats/process-name.ts';
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectRows } from '../store/select.ts';
import { type Identities, processKey } from './identity.ts';

/** Exit codes after which the service replaces a process (formats/README.md#worker-exits). */
const REPLACED_CODES = new Set([71, 72, 73, 74]);
/** A replacement starts at most this long after the exit, including init of the environment. */
const REPLACEMENT_WINDOW_US = 300_000_000;

/**
 * A process under construction. Times are in microseconds; NaN means unknown. `index` is its id in
 * the table, from 0.
 */
export interface ProcessDraft {
  index: number;
  node: number;
  pid: number;
  process: string | null;
  startUs: number;
  endUs: number;
  /** Last sign of life: a line, a sample or an attempt. */
  lastUs: number;
  exitCode: number | null;
  wasReplaced: boolean;
  replacedBy: number | null;
  initStartUs: number;
  initEndUs: number;
  initFailed: boolean;
  initTimedOut: boolean;
  attempts: number;
  succeeded: number;
  failed: number;
  /** Whole microseconds, so that the sum does not depend on the order of its parts. */
  busyUs: number;
  /** Ends of run() that the process reports without naming a mini-batch, in time order. */
  runEnds: { atUs: number; kind: 'failed' | 'timed_out' }[];
}

const eventColumns = {
  type: 'text',
  node: 'text?',
  process: 'text?',
  pid: 'number?',
  at_us: 'number?',
  exit_code: 'number?',
} as const;
type EventRow = RowOf<typeof eventColumns>;

/** All processes of the run, by (node, pid), or by alias if no log has the pid. */
export class Processes {
  readonly list: ProcessDraft[] = [];
  readonly #byKey = new Map<number, ProcessDraft>();
  readonly #byAlias = new Map<string, ProcessDraft>();
  readonly #identities: Identities;

  constructor(identities: Identities) {
    this.#identities = identities;
  }

  /** Returns the process of a node and pid, creating it if needed. */
  of(node: number, pid: number): ProcessDraft {
    const key = processKey(node, pid);
    let process = this.#byKey.get(key);
    if (process === undefined) {
      process = this.#make(node, pid, this.#identities.alias(node, pid));
      this.#byKey.set(key, process);
    }
    return process;
  }

  find(node: number, pid: number): ProcessDraft | undefined {
    return this.#byKey.get(processKey(node, pid));
  }

  #ofAlias(node: number, alias: string): ProcessDraft {
    const key = `${node} ${alias}`;
    let process = this.#byAlias.get(key);
    if (process === undefined) {
      process = this.#make(node, -1, alias);
      this.#byAlias.set(key, process);
    }
    return process;
  }

  #make(node: number, pid: number, process: string | null): ProcessDraft {
    const draft: ProcessDraft = {
      index: this.list.length,
      node,
      pid,
      process,
      startUs: Number.NaN,
      endUs: Number.NaN,
      lastUs: Number.NaN,
      exitCode: null,
      wasReplaced: false,
      replacedBy: null,
      initStartUs: Number.NaN,
      initEndUs: Number.NaN,
      initFailed: false,
      initTimedOut: false,
      attempts: 0,
      succeeded: 0,
      failed: 0,
      busyUs: 0,
      runEnds: [],
    };
    this.list.push(draft);
    return draft;
  }

  /** Reads which process wrote which file, and when. */
  readSpans(db: ReadableDb): void {
    const rows = selectRows(
      db,
      `SELECT s.node AS node, s.process AS process, s.pid AS pid, min(s.from_us) AS from_us, max(s.to_us) AS to_us
         FROM pid_span s WHERE s.process IS NOT NULL GROUP BY s.node, s.process, s.pid`,
      { node: 'text?', process: 'text', pid: 'number', from_us: 'number?', to_us: 'number?' },
    ).all();
    for (const row of rows) {
      if (isSupervisor(row.process)) continue;
      const process = this.of(this.#identities.node(row.node, row.pid), row.pid);
      process.startUs = earlier(process.startUs, row.from_us ?? Number.NaN);
      process.lastUs = later(process.lastUs, row.to_us ?? Number.NaN);
    }
  }

  /** Reads what the logs say about the lives of processes. */
  readEvents(db: ReadableDb): void {
    const rows = selectRows(
      db,
      'SELECT type, node, process, pid, at_us, exit_code FROM process_event ORDER BY at_us, file_id, line',
      eventColumns,
    ).iterate();
    for (const row of rows) {
      if (row.process !== null && isSupervisor(row.process) && row.pid === null) continue;
      const atUs = row.at_us ?? Number.NaN;
      const node = this.#identities.node(row.node, row.pid);
      let pid = row.pid ?? -1;
      if (pid < 0 && row.process !== null) pid = this.#identities.pid(node, row.process, atUs);
      if (pid >= 0 && row.process !== null) this.#identities.learnAlias(node, pid, row.process);
      if (pid >= 0 && this.#identities.isSupervisorPid(node, pid)) continue;
      const isKnown = pid >= 0 && this.find(node, pid) !== undefined;
      // A pid without a node, named only by the master, may be any process.
      if (node < 0 && !isKnown) continue;
      if (pid < 0 && row.process === null) continue;
      const process = pid >= 0 ? this.of(node, pid) : this.#ofAlias(node, row.process ?? '');
      applyEvent(process, row, atUs);
    }
  }

  /** Names each process with an alias learned after its creation. */
  #name(): void {
    for (const process of this.list) process.process ??= this.#identities.alias(process.node, process.pid);
  }

  /**
   * Adds aliases that only files name, such as a stdout file or a resource table. They are
   * processes too.
   */
  readFiles(db: ReadableDb): void {
    const rows = selectRows(
      db,
      `SELECT DISTINCT node, process FROM file
         WHERE process IS NOT NULL AND kind IN ('worker', 'user', 'tasks', 'resources')`,
      { node: 'text?', process: 'text' },
    ).all();
    this.#name();
    const seen = new Set(this.list.map((draft) => `${draft.node} ${draft.process}`));
    for (const row of rows) {
      if (isSupervisor(row.process)) continue;
      const node = this.#identities.node(row.node, null);
      if (!seen.has(`${node} ${row.process}`)) this.#ofAlias(node, row.process);
    }
  }

  /** Sorts the processes by node, name and start. Returns the new index of each old one. */
  arrange(): Int32Array {
    this.#name();
    const moved = new Int32Array(this.list.length);
    const byName = new Intl.Collator('en', { numeric: true });
    this.list.sort(
      (a, b) =>
        a.node - b.node ||
        byName.compare(a.process ?? '', b.process ?? '') ||
        (a.startUs || 0) - (b.startUs || 0) ||
        a.pid - b.pid,
    );
    for (const [index, process] of this.list.entries()) {
      moved[process.index] = index;
      process.index = index;
    }
    return moved;
  }

  /**
   * Finds the successor of each replaced process: the same alias first, otherwise the next to start
   * on the node.
   */
  linkReplacements(): void {
    const byNode = new Map<number, ProcessDraft[]>();
    for (const process of this.list) {
      const list = byNode.get(process.node) ?? [];
      list.push(process);
      byNode.set(process.node, list);
    }
    for (const list of byNode.values()) linkNode(list);
  }
}

function applyEvent(process: ProcessDraft, row: EventRow, atUs: number): void {
  process.startUs = earlier(process.startUs, atUs);
  process.lastUs = later(process.lastUs, atUs);
  switch (row.type) {
    case 'init_started':
      process.initStartUs = earlier(process.initStartUs, atUs);
      break;
    case 'init_done':
      process.initEndUs = earlier(process.initEndUs, atUs);
      break;
    case 'init_failed':
      process.initFailed = true;
      process.initEndUs = earlier(process.initEndUs, atUs);
      break;
    case 'init_timed_out':
      process.initTimedOut = true;
      process.initEndUs = earlier(process.initEndUs, atUs);
      break;
    case 'run_failed':
      process.runEnds.push({ atUs, kind: 'failed' });
      break;
    case 'run_timed_out':
      process.runEnds.push({ atUs, kind: 'timed_out' });
      break;
    case 'exited':
    case 'killed':
      process.endUs = earlier(process.endUs, atUs);
      if (row.exit_code !== null) process.exitCode = row.exit_code;
      if (row.exit_code === 71 && !process.initTimedOut) process.runEnds.push({ atUs, kind: 'timed_out' });
      break;
    case 'replaced':
      process.wasReplaced = true;
      break;
  }
}

function linkNode(list: ProcessDraft[]): void {
  const starts = list.filter((process) => !Number.isNaN(process.startUs)).sort((a, b) => a.startUs - b.startUs);
  const gone = list
    .filter((process) => !Number.isNaN(process.endUs) && mayBeReplaced(process))
    .sort((a, b) => a.endUs - b.endUs);
  const taken = new Set<ProcessDraft>();
  for (const process of gone) {
    let choice: ProcessDraft | null = null;
    for (const candidate of starts) {
      if (candidate === process || taken.has(candidate) || candidate.startUs < process.endUs - 1_000_000) continue;
      const isSameAlias = candidate.process !== null && candidate.process === process.process;
      if (!isSameAlias && candidate.startUs > process.endUs + REPLACEMENT_WINDOW_US) continue;
      if (choice === null) choice = candidate;
      if (isSameAlias) {
        choice = candidate;
        break;
      }
    }
    if (choice === null) continue;
    taken.add(choice);
    process.replacedBy = choice.index;
  }
}

function mayBeReplaced(process: ProcessDraft): boolean {
  return process.wasReplaced || (process.exitCode !== null && REPLACED_CODES.has(process.exitCode));
}

/** Returns the earlier of two times, either of which may be unknown. */
export function earlier(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return b < a ? b : a;
}

/** Returns the later of two times, either of which may be unknown. */
export function later(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return b > a ? b : a;
}
