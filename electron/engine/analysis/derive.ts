/**
 * Joins the statements of separate files into attempts, mini-batches, processes and the story of
 * the run.
 *
 * The writer of a case calls it when the metadata is read (perhaps only part of it) and again at
 * the end. Each call rebuilds all derived tables. Until the attempts are written it needs about 60
 * bytes per event and 90 bytes per attempt.
 *
 * A million attempts (3.2 million events) take about 16 s of processor time on the machine of `npm
 * run bench`: rows of attempts 4, joining 3, indexes 2.5, mini-batches 1.5, reading the events 1.5,
 * summing up the run 1. Passing values into SQLite is most of what a row costs: a row of attempts
 * takes 3 µs, a row of constants that SQLite makes itself 0.4. Tried and rejected: rows through
 * json_each (10.7 µs per row against 3.0 for a bound statement), through a virtual table (4.1),
 * many rows per statement (2.8), and numbers packed to bind fewer values (3.0).
 */
import { outcomes } from '../../contract/batch-records.ts';
import { argsort, at, known, knownInt } from '../base/typed.ts';
import type { WritableDb } from '../store/open.ts';
import { getRunFact, setRunFact } from '../store/run-facts.ts';
import { DERIVED_INDEXES } from '../store/schema.ts';
import {
  type Attempts,
  applyRunEnds,
  type BatchMarks,
  batchOrder,
  collectAttempts,
  decidingAttempt,
  tallyProcesses,
} from './attempts.ts';
import { writeBatchEvents } from './batch-events.ts';
import { storeBatchIds } from './batch-ids.ts';
import { type Clock, estimateClocks, shiftsOf } from './clocks.ts';
import { type AttemptColumns, type BatchColumns, writeColumns } from './columns.ts';
import { type Contradiction, storeContradictions } from './contradictions.ts';
import { Identities, resolveEvents } from './identity.ts';
import { OUTCOME } from './join.ts';
import { reconcileNodes } from './nodes.ts';
import { Processes } from './processes.ts';
import { nameOnlyNode, renameNodes, restoreNodes, tellConflicts } from './rename-nodes.ts';
import { clearStatedError } from './stated-error.ts';
import { summarizeRun } from './summarize.ts';
import { readTaskEvents, type TaskEvents } from './task-events.ts';

/**
 * Rebuilds run_info, attempt, batch, process and finding from the event tables in one transaction.
 * Idempotent.
 */
export function derive(db: WritableDb): void {
  db.transaction(() => {
    clear(db);
    const { nodes, clocks, contradictions, hasInputs } = joinEvents(db);
    db.exec(DERIVED_INDEXES);
    if (hasInputs) writeInputs(db);
    stampGeneration(db, nodes, clocks);
    storeContradictions(db, contradictions);
    summarizeRun(db, nodes);
  })();
}

interface Joined {
  nodes: string[];
  clocks: Clock[];
  contradictions: Contradiction[];
  /** Whether any event names the inputs of its mini-batch. */
  hasInputs: boolean;
}

/**
 * Reads the events and writes attempts, mini-batches and processes. The result does not refer to
 * the events, so their memory is free before the run is summed up.
 */
function joinEvents(db: WritableDb): Joined {
  const events = readTaskEvents(db);
  const identities = identify(db, events);
  const { nodes } = identities;
  const processes = new Processes(identities);
  processes.readSpans(db);
  processes.readEvents(db);
  const clocks = estimateClocks(events, nodes);
  const { attempts, marks } = collectAttempts(events, processes, shiftsOf(clocks, nodes));
  applyRunEnds(attempts, processes);
  tallyProcesses(attempts, processes);
  processes.readFiles(db);
  processes.linkReplacements();
  const moved = processes.arrange();
  for (let i = 0; i < attempts.length; i++) {
    const process = at(attempts.process.data, i);
    if (process >= 0) attempts.process.data[i] = at(moved, process);
  }
  writeProcesses(db, processes, moved, identities);
  const order = batchOrder(events.ids, attempts, marks);
  const byStart = argsort(attempts.startUs.view());
  writeAttempts(db, { events, attempts, processes, byStart, identities });
  const batches = writeBatches(db, { events, attempts, marks, order, byStart });
  writeColumns(db, { attempts: attemptColumns(attempts, byStart, ordinalsOf(order)), batches });
  writeBatchEvents(db, events, marks, order);
  return { nodes, clocks, contradictions: marks.contradictions, hasInputs: events.hasInputs };
}

function ordinalsOf(order: Int32Array): Int32Array {
  const ordinals = new Int32Array(order.length);
  for (let ordinal = 0; ordinal < order.length; ordinal++) ordinals[at(order, ordinal)] = ordinal;
  return ordinals;
}

/** Resolves names of nodes and processes, and writes the result to the tables and the events. */
function identify(db: WritableDb, events: TaskEvents): Identities {
  restoreNodes(db);
  const names = reconcileNodes(db, events);
  renameNodes(db, names);
  let identities = Identities.read(db, events, names.aliases);
  const only = identities.nodes.length === 1 ? identities.nodes[0] : undefined;
  if (only !== undefined && nameOnlyNode(db, only)) identities = Identities.read(db, events, names.aliases);
  tellConflicts(db, [...names.conflicts, ...identities.conflicts]);
  resolveEvents(events, identities);
  return identities;
}

/** Marks everything that readers cached from the case as outdated. */
function stampGeneration(db: WritableDb, nodes: string[], clocks: Clock[]): void {
  setRunFact(db, 'generation', (getRunFact<number>(db, 'generation') ?? 0) + 1);
  setRunFact(db, 'nodes', nodes);
  setRunFact(db, 'clocks', clocks);
}

const INDEX_NAMES = ['attempt_batch', 'attempt_process', 'batch_id'];

function clear(db: WritableDb): void {
  // Rows go in twice as fast without indexes, which are created again at the end.
  for (const name of INDEX_NAMES) db.exec(`DROP INDEX IF EXISTS ${name}`);
  for (const table of ['attempt', 'batch', 'process', 'finding']) db.exec(`DELETE FROM ${table}`);
  clearStatedError(db);
}

function writeProcesses(db: WritableDb, processes: Processes, moved: Int32Array, identities: Identities): void {
  const insert = db.prepare(
    `INSERT INTO process (id, node, process, pid, start_us, end_us, exit_code, replaced_by, init_seconds, attempts, succeeded,
       failed, busy_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const process of processes.list) {
    const init = (process.initEndUs - process.initStartUs) / 1e6;
    insert.run(
      process.index + 1,
      identities.name(process.node) ?? '',
      process.process,
      knownInt(process.pid),
      known(process.startUs),
      known(process.endUs),
      process.exitCode,
      process.replacedBy === null ? null : at(moved, process.replacedBy) + 1,
      known(init),
      process.attempts,
      process.succeeded,
      process.failed,
      process.busyUs / 1e6,
    );
  }
}

interface AttemptSources {
  events: TaskEvents;
  attempts: Attempts;
  processes: Processes;
  byStart: Int32Array;
  identities: Identities;
}

function writeAttempts(db: WritableDb, sources: AttemptSources): void {
  const { events, attempts, processes, byStart, identities } = sources;
  const insert = db.prepare(
    `INSERT INTO attempt (id, mini_batch_id, attempt, node, pid, process, start_us, end_us, duration_seconds, process_seconds,
       run_method_seconds, total, succeeded, failed, outcome, error, picked_file_id, picked_line, finished_file_id, finished_line)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const errorOf = db.prepare('SELECT error FROM task_event WHERE id = ?').pluck();
  for (let id = 1; id <= byStart.length; id++) {
    const i = at(byStart, id - 1);
    const errorRow = at(attempts.errorRow.data, i);
    const picked = at(attempts.picked.data, i);
    const finished = at(attempts.finished.data, i);
    insert.run(
      id,
      events.ids[at(attempts.batch.data, i)],
      at(attempts.number.data, i),
      identities.name(at(attempts.node.data, i)),
      knownInt(at(attempts.pid.data, i)),
      processes.list[at(attempts.process.data, i)]?.process ?? null,
      at(attempts.startUs.data, i),
      at(attempts.endUs.data, i),
      at(attempts.duration.data, i),
      at(attempts.processSeconds.data, i),
      at(attempts.runSeconds.data, i),
      knownInt(at(attempts.total.data, i)),
      knownInt(at(attempts.succeeded.data, i)),
      knownInt(at(attempts.failed.data, i)),
      outcomes[at(attempts.outcome.data, i)],
      errorRow === 0 ? null : errorOf.get(errorRow),
      picked < 0 ? null : at(events.fileId.data, picked),
      picked < 0 ? null : at(events.line.data, picked),
      finished < 0 ? null : at(events.fileId.data, finished),
      finished < 0 ? null : at(events.line.data, finished),
    );
  }
}

interface BatchSources {
  events: TaskEvents;
  attempts: Attempts;
  marks: BatchMarks;
  order: Int32Array;
  byStart: Int32Array;
}

function writeBatches(db: WritableDb, sources: BatchSources): BatchColumns {
  const { events, attempts, marks, order, byStart } = sources;
  const count = order.length;
  const insert = db.prepare('INSERT INTO batch (ordinal, id, status, attempts, attempt_id) VALUES (?, ?, ?, ?, ?)');
  const rowOf = new Int32Array(byStart.length);
  for (let row = 0; row < byStart.length; row++) rowOf[at(byStart, row)] = row;
  const columns: BatchColumns = {
    status: new Uint8Array(count),
    attempts: new Uint8Array(count),
    last: new Int32Array(count).fill(-1),
  };
  let areOrdinals = true;
  for (let ordinal = 0; ordinal < count; ordinal++) {
    const code = at(order, ordinal);
    areOrdinals &&= events.ids[code] === String(ordinal);
    const from = at(marks.firstAttempt, code);
    const to = at(marks.firstAttempt, code + 1);
    const last = decidingAttempt(attempts, from, to);
    let status: number = last < 0 ? OUTCOME.unfinished : at(attempts.outcome.data, last);
    // The service gave up on it, so it is not merely unfinished.
    if (status === OUTCOME.unfinished && at(marks.poisoned, code) === 1) status = OUTCOME.failed;
    columns.status[ordinal] = status;
    const picks = to > from ? at(attempts.number.data, to - 1) : 0;
    columns.attempts[ordinal] = Math.min(picks, 255);
    if (last >= 0) columns.last[ordinal] = at(rowOf, last);
    insert.run(ordinal, events.ids[code], outcomes[status], picks, last < 0 ? null : at(rowOf, last) + 1);
  }
  storeBatchIds(db, areOrdinals);
  return columns;
}

/** Writes the inputs of mini-batches that events give, through the index on their ids. */
function writeInputs(db: WritableDb): void {
  db.exec(
    `UPDATE batch SET inputs = given.inputs
     FROM (SELECT mini_batch_id, min(inputs) AS inputs FROM task_event WHERE inputs IS NOT NULL GROUP BY mini_batch_id) AS given
     WHERE batch.id = given.mini_batch_id`,
  );
}

function attemptColumns(attempts: Attempts, byStart: Int32Array, ordinals: Int32Array): AttemptColumns {
  const count = byStart.length;
  const columns = {
    startUs: new Float64Array(count),
    duration: new Float32Array(count),
    processSeconds: new Float32Array(count),
    runSeconds: new Float32Array(count),
    process: new Int32Array(count),
    batch: new Int32Array(count),
    attempt: new Uint8Array(count),
    outcome: new Uint8Array(count),
    node: new Int32Array(count),
    total: new Int32Array(count),
    succeeded: new Int32Array(count),
    processed: new Uint8Array(count),
  };
  for (let row = 0; row < count; row++) {
    const i = at(byStart, row);
    columns.startUs[row] = at(attempts.startUs.data, i);
    columns.duration[row] = at(attempts.duration.data, i);
    columns.processSeconds[row] = at(attempts.processSeconds.data, i);
    columns.runSeconds[row] = at(attempts.runSeconds.data, i);
    columns.process[row] = at(attempts.process.data, i);
    columns.batch[row] = at(ordinals, at(attempts.batch.data, i));
    columns.attempt[row] = Math.min(at(attempts.number.data, i), 255);
    columns.outcome[row] = at(attempts.outcome.data, i);
    columns.node[row] = at(attempts.node.data, i);
    columns.total[row] = at(attempts.total.data, i);
    columns.succeeded[row] = at(attempts.succeeded.data, i);
    columns.processed[row] = at(attempts.processed.data, i);
  }
  return columns;
}
