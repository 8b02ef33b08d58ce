/** The run on one axis, from the queue to the end, as far as the logs tell. */
import type { LifeCycle, LifePhase } from '../../contract/analysis.ts';
import type { ReadableDb } from '../store/open.ts';
import { columnsOf, type DerivedColumns } from './columns.ts';
import { OUTCOME } from './join.ts';
import { isBad, workSpan } from './lanes.ts';
import { type LineText, type Ref, RefReader } from './refs.ts';
import { storedRun } from './run-info.ts';
import { at } from './typed.ts';

interface EventRow extends Ref {
  type: string;
  atUs: number;
  name: string | null;
  value: number | null;
  message: string | null;
}

/** Concurrency from this share of its highest on is the plateau. */
const PLATEAU_SHARE = 0.9;
const SLICES = 400;
const MAX_MARKS = 500;

/** Phases in order, and what happened on the way. A phase that the logs do not show is left out. */
export function lifeCycle(db: ReadableDb, lineText: LineText): LifeCycle {
  const refs = new RefReader(db, lineText);
  const events = db
    .prepare(
      `SELECT file_id AS fileId, line, type, at_us AS atUs, name, value, message FROM run_event
       WHERE at_us IS NOT NULL AND type NOT IN ('progress', 'setting', 'cause', 'advice', 'scheduling_progress')
       ORDER BY at_us, file_id, line LIMIT 20000`,
    )
    .all() as EventRow[];
  const run = storedRun(db);
  const columns = columnsOf(db);
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
  return { phases, marks: marksOf(db, columns, events, refs) };
}

/** The time in which nearly as many attempts were under way as ever. */
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

function marksOf(db: ReadableDb, columns: DerivedColumns, events: EventRow[], refs: RefReader): LifeCycle['marks'] {
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
  const { attempts } = columns;
  let firstBad = -1;
  let firstTime = Number.POSITIVE_INFINITY;
  for (let row = 0; row < attempts.outcome.length; row++) {
    if (!isBad(at(attempts.outcome, row))) continue;
    const time = at(attempts.startUs, row) + (at(attempts.duration, row) || 0) * 1e6;
    if (time < firstTime) {
      firstTime = time;
      firstBad = row;
    }
  }
  if (firstBad >= 0) {
    const row = db
      .prepare(
        'SELECT mini_batch_id AS id, outcome, finished_file_id AS fileId, finished_line AS line FROM attempt WHERE id = ?',
      )
      .get(firstBad + 1) as { id: string; outcome: string; fileId: number | null; line: number | null };
    const ref = row.fileId === null || row.line === null ? null : refs.read({ fileId: row.fileId, line: row.line });
    const how = at(attempts.outcome, firstBad) === OUTCOME.timed_out ? 'timed out' : 'failed';
    marks.push({
      kind: 'first_failure',
      timeUs: Math.round(firstTime),
      message: `Mini-batch ${row.id} ${how}, the first to go wrong.`,
      ref,
    });
  }
  const exits = db
    .prepare(
      `SELECT node, pid, process, exit_code AS code, end_us AS timeUs FROM process
       WHERE end_us IS NOT NULL AND exit_code IS NOT NULL AND exit_code NOT IN (0, 82) ORDER BY end_us LIMIT ${MAX_MARKS}`,
    )
    .all() as { node: string; pid: number | null; process: string | null; code: number; timeUs: number }[];
  for (const exit of exits) {
    marks.push({
      kind: 'process_exit',
      timeUs: exit.timeUs,
      message: `${exit.process ?? 'A process'} on ${exit.node} (pid ${exit.pid ?? '?'}) ended with exit code ${exit.code}.`,
      ref: null,
    });
  }
  return marks.sort((a, b) => a.timeUs - b.timeUs).slice(0, MAX_MARKS);
}
