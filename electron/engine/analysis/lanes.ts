/** Lanes: one per worker slot, with a bar per attempt, reduced to the pixels on the screen. */
import type { AnalysisParams, Lane, Lanes, ProcessDetail } from '../../contract/analysis.ts';
import { passesFacet } from '../../contract/facets.ts';
import { at, int32 } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, selectRows } from '../store/select.ts';
import { ClockAlign, type ClockChoice } from './clocks.ts';
import { columnsOf, type DerivedColumns, memoized } from './columns.ts';
import { OUTCOME } from './join.ts';
import { lastStarted, type ProcessAttempts, processAttempts } from './process-attempts.ts';
import { type LineText, RefReader } from './refs.ts';
import { filterKey, selectAttempts } from './selection.ts';

/**
 * Bars at least this wide are drawn separately. Thinner bars that touch and have one outcome merge.
 */
const SINGLE_PIXELS = 3;
/**
 * With more attempts in view than this, all touching bars of one outcome merge, whatever their
 * width.
 */
const MANY_ATTEMPTS = 40_000;
/** Badness of each outcome code. A pixel shows its worst outcome. */
const BADNESS = [0, 1, 4, 3, 2];

const LANE_SQL = `SELECT id AS processId, node, process, pid, start_us AS startUs, end_us AS endUs, exit_code AS exitCode,
  replaced_by AS replacedBy, attempts FROM process`;

/** Returns the first and last time of the attempts; NaN if there are none. */
export function workSpan(columns: DerivedColumns): { fromUs: number; toUs: number } {
  const { startUs, duration } = columns.attempts;
  let fromUs = Number.NaN;
  let toUs = Number.NaN;
  for (let row = 0; row < startUs.length; row++) {
    const start = at(startUs, row);
    if (Number.isNaN(start)) continue;
    if (!(fromUs <= start)) fromUs = start;
    const length = at(duration, row);
    const end = start + (Number.isNaN(length) ? 0 : length * 1e6);
    if (!(toUs >= end)) toUs = end;
  }
  return { fromUs, toUs };
}

type LaneRow = Omit<Lane, 'slot' | 'lastUs'>;

/**
 * Returns all processes, grouped by slot, each with its last sign of life if its end is unknown.
 */
function laneRows(db: ReadableDb): Lane[] {
  const rows = selectRows(db, `${LANE_SQL} ORDER BY id`, {
    processId: 'number',
    node: 'text',
    process: 'text?',
    pid: 'number?',
    startUs: 'number?',
    endUs: 'number?',
    exitCode: 'number?',
    replacedBy: 'number?',
    attempts: 'number',
  }).all();
  const byId = new Map(rows.map((row) => [row.processId, row]));
  const before = new Map<number, number>();
  for (const { processId, replacedBy } of rows) if (replacedBy !== null) before.set(replacedBy, processId);
  const slotOf = (id: number) => {
    const seen = new Set<number>();
    let first = id;
    for (let next = before.get(id); next !== undefined && !seen.has(next); next = before.get(next)) {
      seen.add(next);
      first = next;
    }
    return first;
  };
  const signs = lastSigns(db);
  const start = ({ startUs }: LaneRow) => startUs ?? Number.POSITIVE_INFINITY;
  return rows
    .map((row): Lane => {
      const successor = row.replacedBy === null ? undefined : byId.get(row.replacedBy);
      const sign = row.endUs === null ? signs(row) : null;
      // Its successor may have continued in the same files.
      const lastUs = sign === null ? null : Math.min(sign, successor?.startUs ?? sign);
      return { ...row, slot: slotOf(row.processId), lastUs };
    })
    .sort((a, b) => a.slot - b.slot || start(a) - start(b) || a.processId - b.processId);
}

/**
 * Returns a function that finds the last line or attempt of a process, by node and pid, otherwise
 * by name.
 */
function lastSigns(db: ReadableDb): (row: LaneRow) => number | null {
  const signs = new Map<string, number>();
  const note = (key: string, us: number | null) => {
    if (us !== null && us > (signs.get(key) ?? Number.NEGATIVE_INFINITY)) signs.set(key, us);
  };
  const files = selectRows(
    db,
    'SELECT node, process, pid, max(last_us) AS lastUs FROM file WHERE node IS NOT NULL GROUP BY node, process, pid',
    { node: 'text', process: 'text?', pid: 'number?', lastUs: 'number?' },
  ).all();
  for (const { node, process, pid, lastUs } of files) {
    if (pid !== null) note(`${node} pid ${pid}`, lastUs);
    else if (process !== null) note(`${node} ${process}`, lastUs);
  }
  const attempts = selectRows(
    db,
    'SELECT node, pid, max(coalesce(end_us, start_us)) AS lastUs FROM attempt WHERE pid IS NOT NULL GROUP BY node, pid',
    { node: 'text', pid: 'number', lastUs: 'number?' },
  ).all();
  for (const { node, pid, lastUs } of attempts) note(`${node} pid ${pid}`, lastUs);
  return ({ node, pid, process }) => signs.get(`${node} pid ${pid}`) ?? signs.get(`${node} ${process}`) ?? null;
}

/**
 * Returns the bars of a viewport of lanes. The default range runs from the first sign of a process
 * to the last.
 */
export function lanes(db: ReadableDb, params: AnalysisParams<'analysis.lanes'>): Lanes {
  const { clock } = params.filter;
  const columns = columnsOf(db, clock);
  const rows = memoized(db, `lanes ${clock}`, () => allLanes(db, clock));
  const { node, pid, process } = params.filter;
  const isShown = (row: Lane) =>
    passesFacet(node, row.node) && passesFacet(pid, row.pid) && passesFacet(process, row.process);
  const shown = rows.filter(isShown);
  const span = memoized(db, `laneSpan ${clock}`, () => {
    const work = workSpan(columns);
    const starts = rows.map((row) => row.startUs).filter((time) => time !== null);
    const ends = rows.map((row) => row.endUs).filter((time) => time !== null);
    return {
      fromUs: starts.reduce(
        (least, time) => (time < least ? time : least),
        Number.isNaN(work.fromUs) ? Number.MAX_SAFE_INTEGER : work.fromUs,
      ),
      toUs: ends.reduce((most, time) => (time > most ? time : most), Number.isNaN(work.toUs) ? 0 : work.toUs),
    };
  });
  const fromUs = params.fromUs ?? (span.fromUs === Number.MAX_SAFE_INTEGER ? 0 : span.fromUs);
  const toUs = Math.max(params.toUs ?? span.toUs, fromUs + 1);
  const page = shown.slice(params.start, params.start + params.count);
  const kept = keptRows(db, params, columns);
  const bars = int32();
  const of = processAttempts(db, clock);
  let inView = 0;
  for (const row of page) {
    const process = row.processId - 1;
    const begin = Math.max(lastStarted(of, process, fromUs), at(of.offsets, process));
    inView += Math.max(0, lastStarted(of, process, toUs) - begin + 1);
  }
  const single = inView > MANY_ATTEMPTS ? Number.POSITIVE_INFINITY : SINGLE_PIXELS;
  const view = { fromUs, scale: params.width / (toUs - fromUs), width: params.width, kept, single };
  for (const [lane, row] of page.entries()) drawLane(columns, of, row, lane, view, bars);
  return { total: shown.length, fromUs, toUs, lanes: page, bars: [...bars.view()] };
}

/** Returns all lanes with times on the chosen clock. */
function allLanes(db: ReadableDb, choice: ClockChoice): Lane[] {
  const clock = new ClockAlign(db, choice);
  return laneRows(db).map((row) => ({
    ...row,
    startUs: clock.alignKnown(row.node, row.startUs),
    endUs: clock.alignKnown(row.node, row.endUs),
    lastUs: clock.alignKnown(row.node, row.lastUs),
  }));
}

/**
 * Marks the attempts that the filter lets through; null means all. Ignores node, pid and time,
 * which lanes handle themselves.
 */
function keptRows(
  db: ReadableDb,
  params: AnalysisParams<'analysis.lanes'>,
  columns: DerivedColumns,
): Uint8Array | null {
  const filter = {
    ...params.filter,
    fromUs: null,
    toUs: null,
    node: { include: [], exclude: [] },
    pid: { include: [], exclude: [] },
  };
  const rows = selectAttempts(db, filter);
  if (rows === null) return null;
  return memoized(db, `laneMarks ${filterKey(filter)}`, () => {
    const marks = new Uint8Array(columns.attempts.startUs.length);
    for (let i = 0; i < rows.length; i++) marks[at(rows, i)] = 1;
    return marks;
  });
}

interface View {
  fromUs: number;
  /** Pixels per microsecond. */
  scale: number;
  width: number;
  kept: Uint8Array | null;
  /** Width in pixels from which a bar is drawn separately. */
  single: number;
}

function drawLane(
  { attempts }: DerivedColumns,
  of: ProcessAttempts,
  row: Lane,
  lane: number,
  view: View,
  bars: ReturnType<typeof int32>,
): void {
  const process = row.processId - 1;
  const end = at(of.offsets, process + 1);
  let first = lastStarted(of, process, view.fromUs);
  if (first < 0) first = at(of.offsets, process);
  let from = -1;
  let to = -1;
  let outcome = -1;
  let count = 0;
  let id = 0;
  const flush = () => {
    if (count === 0 || to <= from) return;
    for (const value of [lane, from, to, outcome, count, count === 1 ? id : 0]) bars.push(value);
  };
  for (let i = first; i < end; i++) {
    const attempt = at(of.rows, i);
    if (view.kept !== null && view.kept[attempt] !== 1) continue;
    const start = at(of.starts, i);
    const left = (start - view.fromUs) * view.scale;
    if (left >= view.width) break;
    const length = at(attempts.duration, attempt);
    const right = Number.isNaN(length) ? openEnd(of, row, i, end, view) : left + length * 1e6 * view.scale;
    if (right < 0 || Number.isNaN(left)) continue;
    let x0 = Math.max(0, Math.floor(left));
    const x1 = Math.min(view.width, Math.max(x0 + 1, Math.round(right)));
    const code = at(attempts.outcome, attempt);
    if (count > 0 && x0 <= to && x1 - x0 < view.single && code === outcome && (count > 1 || to - from < view.single)) {
      to = Math.max(to, x1);
      count++;
      continue;
    }
    if (count > 0 && x0 < to) {
      if ((BADNESS[code] ?? 0) > (BADNESS[outcome] ?? 0)) to = Math.max(from, x0);
      else if (x1 <= to) {
        count++;
        continue;
      } else x0 = to;
    }
    flush();
    from = x0;
    to = x1;
    outcome = code;
    count = 1;
    id = attempt + 1;
  }
  flush();
}

/**
 * Returns the right edge of an unfinished attempt: the process's next pick-up, its exit, its last
 * sign of life, or the edge of the view.
 */
function openEnd(of: ProcessAttempts, row: Lane, index: number, end: number, view: View): number {
  const next = index + 1 < end ? at(of.starts, index + 1) : (row.endUs ?? row.lastUs ?? Number.POSITIVE_INFINITY);
  return Math.min(view.width, (next - view.fromUs) * view.scale);
}

/**
 * Returns a process with its lineage and the steps of its life; null if there is no process with
 * that id.
 */
export function processDetail(
  db: ReadableDb,
  params: Pick<AnalysisParams<'analysis.process'>, 'processId'>,
  lineText: LineText,
): ProcessDetail | null {
  const rows = memoized(db, 'lanes', () => laneRows(db));
  const lane = rows.find(({ processId }) => processId === params.processId);
  if (lane === undefined) return null;
  const more = only(
    selectRows(db, 'SELECT init_seconds AS init, busy_seconds AS busy, succeeded, failed FROM process WHERE id = ?', {
      init: 'number?',
      busy: 'number',
      succeeded: 'number',
      failed: 'number',
    }),
    params.processId,
  );
  const slot = rows.filter((row) => row.slot === lane.slot);
  const place = slot.indexOf(lane);
  const predecessors = slot.slice(0, place);
  const successors = slot.slice(place + 1);
  const refs = new RefReader(db, lineText);
  const events = selectRows(
    db,
    `SELECT type, at_us AS timeUs, exit_code AS exitCode, detail, file_id AS fileId, line FROM process_event
       WHERE (node IS ? OR node IS NULL) AND (pid IS ? OR (pid IS NULL AND process IS ?))
       ORDER BY at_us IS NULL, at_us, file_id, line LIMIT 1000`,
    { type: 'text', timeUs: 'number?', exitCode: 'number?', detail: 'text?', fileId: 'number', line: 'number' },
  ).all(lane.node, lane.pid, lane.process);
  const lived = lane.startUs === null || lane.endUs === null ? null : (lane.endUs - lane.startUs) / 1e6;
  return {
    lane,
    initSeconds: more.init,
    busySeconds: more.busy,
    idleSeconds: lived === null ? null : Math.max(0, lived - more.busy - (more.init ?? 0)),
    succeeded: more.succeeded,
    failed: more.failed,
    predecessors,
    successors,
    events: events.map(({ fileId, line, ...event }) => ({ ...event, ref: refs.read({ fileId, line }) })),
  };
}

/** Returns true for an outcome that went wrong. */
export function isBad(outcome: number): boolean {
  return outcome === OUTCOME.failed || outcome === OUTCOME.timed_out;
}
