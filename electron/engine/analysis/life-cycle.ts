/** Places the run on one time axis, from the queue to the end, as far as the logs tell. */
import type { LifeCycle, LifePhase } from '../../contract/analysis.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, type RowOf, selectRows } from '../store/select.ts';
import { batchIds } from './batch-ids.ts';
import { ClockAlign, type ClockChoice } from './clocks.ts';
import { columnsOf, type DerivedColumns } from './columns.ts';
import { OUTCOME } from './join.ts';
import { isBad, workSpan } from './lanes.ts';
import { type LineText, type Ref, RefReader } from './refs.ts';
import { storedRun } from './run-info.ts';

const eventColumns = {
  type: 'text',
  atUs: 'number',
  name: 'text?',
  value: 'number?',
  message: 'text?',
  /** Node of the log with this event. */
  node: 'text?',
  fileId: 'number',
  /** 1-based. */
  line: 'number',
} as const;
type EventRow = RowOf<typeof eventColumns>;

/** Concurrency at or above this share of its maximum is the plateau. */
const PLATEAU_SHARE = 0.9;
const SLICES = 400;
/**
 * More than a person reads. A run that keeps restarting processes has as many marks as attempts.
 */
const MAX_MARKS = 10_000;

/**
 * Returns the phases in order, with marks for what happened. Omits phases that the logs do not
 * show.
 */
export function lifeCycle(db: ReadableDb, lineText: LineText, choice: ClockChoice = 'written'): LifeCycle {
  const refs = new RefReader(db, lineText);
  const events = selectRows(
    db,
    `SELECT e.file_id AS fileId, e.line, e.type, e.at_us AS atUs, e.name, e.value, e.message, f.node
       FROM run_event e JOIN file f ON f.id = e.file_id
       WHERE at_us IS NOT NULL AND type NOT IN ('progress', 'setting', 'cause', 'advice', 'scheduling_progress')
       ORDER BY at_us, file_id, line LIMIT 20000`,
    eventColumns,
  ).all();
  const clock = new ClockAlign(db, choice);
  for (const event of events) event.atUs = clock.align(event.node, event.atUs);
  if (clock.isShifting) events.sort((a, b) => a.atUs - b.atUs);
  const run = storedRun(db);
  const columns = columnsOf(db, choice);
  const find = (test: (event: EventRow) => boolean) => events.find(test);
  const named = (name: RegExp) => find((event) => event.type === 'phase' && name.test(event.name ?? ''));
  const phases: LifePhase[] = [];
  const add = (
    phase: LifePhase['phase'],
    from: number | null | undefined,
    to: number | null | undefined,
    ...evidence: (Ref | undefined)[]
  ) => {
    if (from === null || from === undefined || to === null || to === undefined || !(to > from)) return;
    const lines = evidence.filter((ref) => ref !== undefined);
    phases.push({ phase, fromUs: Math.round(from), toUs: Math.round(to), evidence: refs.readAll(lines) });
  };
  const queued = named(/^Queued$/);
  const preparing = named(/^Preparing$|job preparation$/i);
  const running = named(/^Running$/);
  const started = find((event) => event.type === 'run_started');
  const scheduling = find((event) => event.type === 'scheduling_started');
  const scheduled = find((event) => event.type === 'scheduling_finished');
  const span = workSpan(columns);
  const firstWork = Number.isNaN(span.fromUs) ? null : span.fromUs;
  const lastWork = Number.isNaN(span.toUs) ? null : span.toUs;
  const begin = started?.atUs ?? run?.startUs ?? null;
  add('queue', queued?.atUs, preparing?.atUs ?? running?.atUs ?? begin, queued, preparing ?? running);
  add('preparation', preparing?.atUs, begin ?? running?.atUs, preparing, started);
  add('start', begin, scheduling?.atUs ?? firstWork, started, scheduling);
  add('scheduling', scheduling?.atUs, scheduled?.atUs, scheduling, scheduled);
  add('first_task', scheduling?.atUs ?? begin, firstWork, scheduling);
  const plateau = findPlateau(columns);
  if (plateau !== null) {
    add('ramp_up', firstWork, plateau.fromUs);
    add('plateau', plateau.fromUs, plateau.toUs);
    add('tail', plateau.toUs, lastWork);
  }
  const concat = find((event) => event.type === 'concatenating');
  const concatEnd = events.findLast((event) => event.type === 'concatenating');
  add('concatenation', concat?.atUs, concatEnd?.atUs, concat, concatEnd);
  add('end', Math.max(lastWork ?? 0, concatEnd?.atUs ?? 0) || null, run?.endUs ?? null);
  const marks = marksOf(db, { events, refs, clock, firstBatch: run?.firstCause?.miniBatchId ?? null });
  return { phases, marks: marks.slice(0, MAX_MARKS), moreMarks: Math.max(0, marks.length - MAX_MARKS) };
}

/** Returns the time span in which nearly the maximum number of attempts were running. */
function findPlateau(columns: DerivedColumns): { fromUs: number; toUs: number } | null {
  const { startUs, duration } = columns.attempts;
  const span = workSpan(columns);
  if (Number.isNaN(span.fromUs) || span.toUs <= span.fromUs) return null;
  const slice = (span.toUs - span.fromUs) / SLICES;
  const change = new Int32Array(SLICES + 2);
  for (let row = 0; row < startUs.length; row++) {
    const length = at(duration, row);
    if (Number.isNaN(length)) continue;
    const from = Math.floor((at(startUs, row) - span.fromUs) / slice);
    const to = Math.min(SLICES, Math.floor((at(startUs, row) + length * 1e6 - span.fromUs) / slice));
    change[from] = at(change, from) + 1;
    change[to + 1] = at(change, to + 1) - 1;
  }
  const under: number[] = [];
  let sum = 0;
  for (let i = 0; i <= SLICES; i++) {
    sum += at(change, i);
    under.push(sum);
  }
  const most = under.reduce((a, b) => Math.max(a, b), 0);
  const first = under.findIndex((value) => value >= PLATEAU_SHARE * most);
  const last = under.findLastIndex((value) => value >= PLATEAU_SHARE * most);
  return { fromUs: span.fromUs + first * slice, toUs: Math.min(span.toUs, span.fromUs + (last + 1) * slice) };
}

interface Told {
  events: readonly EventRow[];
  refs: RefReader;
  clock: ClockAlign;
  /** The mini-batch that the first cause names; null if none. */
  firstBatch: string | null;
}

function marksOf(db: ReadableDb, told: Told): LifeCycle['marks'] {
  const { events, refs, clock } = told;
  const marks: LifeCycle['marks'] = [];
  const kinds: ReadonlyMap<string, LifeCycle['marks'][number]['kind']> = new Map(
    Object.entries({
      failover: 'failover',
      node_joined: 'node_joined',
      node_left: 'node_left',
      cancelled: 'cancelled',
      stop_reason: 'stop',
    } satisfies Record<string, LifeCycle['marks'][number]['kind']>),
  );
  for (const event of events) {
    const kind = kinds.get(event.type);
    if (kind === undefined) continue;
    marks.push({ kind, timeUs: event.atUs, message: event.message ?? event.name ?? event.type, ref: refs.read(event) });
  }
  const first = firstFailure(db, told);
  if (first !== null) marks.push(first);
  const exits = selectRows(
    db,
    `SELECT node, pid, process, exit_code AS code, end_us AS timeUs FROM process
       WHERE end_us IS NOT NULL AND exit_code IS NOT NULL AND exit_code NOT IN (0, 82) ORDER BY end_us, node, process, pid`,
    { node: 'text', pid: 'number?', process: 'text?', code: 'number', timeUs: 'number' },
  ).all();
  for (const exit of exits) {
    marks.push({
      kind: 'process_exit',
      timeUs: clock.align(exit.node, exit.timeUs),
      message: `${exit.process ?? 'A process'} on ${exit.node} (pid ${exit.pid ?? '?'}) ended with exit code ${exit.code}.`,
      ref: null,
    });
  }
  return marks.sort((a, b) => a.timeUs - b.timeUs);
}

/**
 * Returns the first mini-batch to go wrong: the one that the first cause names, otherwise the first
 * by the master's clock. Mini-batches that never succeeded come before those that did in the end.
 */
function firstFailure(db: ReadableDb, { refs, clock, firstBatch }: Told): LifeCycle['marks'][number] | null {
  const { attempts, batches } = columnsOf(db, 'aligned');
  const ordinal = firstBatch === null ? null : batchIds(db).ordinalOf(firstBatch);
  let found = -1;
  let leastTime = Number.POSITIVE_INFINITY;
  let isLeastSaved = true;
  for (let row = 0; row < attempts.outcome.length; row++) {
    const outcome = at(attempts.outcome, row);
    const batch = at(attempts.batch, row);
    const isNamed = ordinal !== null && batch === ordinal;
    if (ordinal === null ? !isBad(outcome) : !isNamed || outcome <= OUTCOME.partial) continue;
    const time = at(attempts.startUs, row) + (at(attempts.duration, row) || 0) * 1e6;
    const isSaved = at(batches.status, batch) <= OUTCOME.partial;
    const isBefore = isSaved === isLeastSaved ? time < leastTime : !isSaved;
    if (!isBefore) continue;
    leastTime = time;
    isLeastSaved = isSaved;
    found = row;
  }
  if (found < 0) return null;
  const row = only(
    selectRows(
      db,
      `SELECT mini_batch_id AS id, node, outcome, coalesce(end_us, start_us) AS endUs, coalesce(finished_file_id, picked_file_id) AS fileId,
         coalesce(finished_line, picked_line) AS line FROM attempt WHERE id = ?`,
      { id: 'text', node: 'text?', outcome: 'text', endUs: 'number?', fileId: 'number?', line: 'number?' },
    ),
    found + 1,
  );
  if (row.endUs === null) return null;
  const how =
    row.outcome === 'timed_out' ? 'timed out' : row.outcome === 'unfinished' ? 'was left unfinished' : 'failed';
  return {
    kind: 'first_failure',
    timeUs: Math.round(clock.align(row.node, row.endUs)),
    message: `Mini-batch ${row.id} ${how}, the first to go wrong.`,
    ref: row.fileId === null || row.line === null ? null : refs.read({ fileId: row.fileId, line: row.line }),
  };
}
