/**
 * The four charts that people build by hand: ends over time, spread over nodes and processes,
 * durations, retries.
 */
import type {
  AnalysisParams,
  Durations,
  OutcomeCounts,
  OverTime,
  Retries,
  SpreadRow,
} from '../../contract/analysis.ts';
import { type Outcome, outcomes } from '../../contract/batch-records.ts';
import type { Filter } from '../../contract/filter.ts';
import { selectQuantiles } from '../base/statistics.ts';
import { at, float64, int32 } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import { columnsOf, type DerivedColumns, memoized } from './columns.ts';
import { workSpan } from './lanes.ts';
import { filterKey, selectAttempts, selectBatches } from './selection.ts';

const none = (): OutcomeCounts => [0, 0, 0, 0, 0];

/** Calls `visit` for each attempt that the filter lets through. */
export function eachAttempt(
  db: ReadableDb,
  filter: AnalysisParams<'analysis.spread'>['filter'],
  visit: (row: number) => void,
): void {
  const rows = selectAttempts(db, filter);
  const total = rows === null ? columnsOf(db).attempts.startUs.length : rows.length;
  for (let i = 0; i < total; i++) visit(rows === null ? i : at(rows, i));
}

function eachBatch(
  db: ReadableDb,
  filter: AnalysisParams<'analysis.spread'>['filter'],
  visit: (ordinal: number) => void,
): void {
  const ordinals = selectBatches(db, filter);
  const total = ordinals === null ? columnsOf(db).batches.status.length : ordinals.length;
  for (let i = 0; i < total; i++) visit(ordinals === null ? i : at(ordinals, i));
}

/** Returns when an attempt ended, or its start if it has no end. */
export function endOf({ attempts }: DerivedColumns, row: number): number {
  const duration = at(attempts.duration, row);
  return at(attempts.startUs, row) + (Number.isNaN(duration) ? 0 : duration * 1e6);
}

export function emptyBuckets(
  db: ReadableDb,
  params: { filter: Filter; fromUs: number | null; toUs: number | null; buckets: number },
): OverTime {
  const { clock } = params.filter;
  const span = memoized(db, `workSpan ${clock}`, () => workSpan(columnsOf(db, clock)));
  const fromUs = params.fromUs ?? (Number.isNaN(span.fromUs) ? 0 : span.fromUs);
  // Put the last end into the last bucket.
  const toUs = Math.max(params.toUs ?? (Number.isNaN(span.toUs) ? 0 : span.toUs + 1), fromUs + 1);
  return {
    fromUs,
    toUs,
    bucketUs: (toUs - fromUs) / params.buckets,
    counts: Array.from({ length: params.buckets }, none),
  };
}

function add(into: OverTime, timeUs: number, outcome: number): void {
  const bucket = into.counts[Math.floor((timeUs - into.fromUs) / into.bucketUs)];
  if (bucket !== undefined && timeUs < into.toUs) bucket[outcome] = (bucket[outcome] ?? 0) + 1;
}

/**
 * Counts attempts, or mini-batches by their deciding attempt, over the time of their ends and by
 * status.
 */
export function overTime(db: ReadableDb, params: AnalysisParams<'analysis.overTime'>): OverTime {
  const columns = columnsOf(db, params.filter.clock);
  const result = emptyBuckets(db, params);
  if (params.of === 'attempts') {
    eachAttempt(db, params.filter, (row) => add(result, endOf(columns, row), at(columns.attempts.outcome, row)));
  } else {
    eachBatch(db, params.filter, (ordinal) => {
      const last = at(columns.batches.last, ordinal);
      if (last >= 0) add(result, endOf(columns, last), at(columns.batches.status, ordinal));
    });
  }
  return result;
}

/**
 * Summarizes attempts by node or process: their outcomes and durations. Includes nodes and
 * processes without attempts. With a time range in the filter, only time within it counts as busy.
 */
export function spread(db: ReadableDb, params: AnalysisParams<'analysis.spread'>): SpreadRow[] {
  const columns = columnsOf(db, params.filter.clock);
  const { attempts, nodes } = columns;
  const isNode = params.by === 'node';
  const fromUs = params.filter.fromUs ?? Number.NEGATIVE_INFINITY;
  const toUs = params.filter.toUs ?? Number.POSITIVE_INFINITY;
  const groups: SpreadRow[] = isNode
    ? nodes.map((node) => ({
        node,
        process: null,
        pid: null,
        attempts: 0,
        counts: none(),
        busySeconds: 0,
        medianSeconds: null,
      }))
    : selectRows(db, 'SELECT node, process, pid FROM process ORDER BY id', {
        node: 'text',
        process: 'text?',
        pid: 'number?',
      })
        .all()
        .map((row) => ({ ...row, attempts: 0, counts: none(), busySeconds: 0, medianSeconds: null }));
  const sizes = new Int32Array(groups.length + 1);
  const chosen = int32();
  eachAttempt(db, params.filter, (row) => {
    const index = isNode ? at(attempts.node, row) : at(attempts.process, row);
    const group = groups[index];
    if (group === undefined) return;
    group.attempts++;
    const outcome = at(attempts.outcome, row);
    group.counts[outcome] = (group.counts[outcome] ?? 0) + 1;
    const duration = at(attempts.duration, row);
    if (Number.isNaN(duration)) return;
    const start = at(attempts.startUs, row);
    const within = (Math.min(start + duration * 1e6, toUs) - Math.max(start, fromUs)) / 1e6;
    // Without a start, the duration is all that is known.
    group.busySeconds += Number.isNaN(start) ? duration : Math.min(duration, Math.max(0, within));
    sizes[index + 1] = at(sizes, index + 1) + 1;
    chosen.push(row);
  });
  for (let i = 1; i < sizes.length; i++) sizes[i] = at(sizes, i) + at(sizes, i - 1);
  const values = new Float32Array(chosen.length);
  const next = sizes.slice();
  for (const row of chosen.view()) {
    const index = isNode ? at(attempts.node, row) : at(attempts.process, row);
    const place = at(next, index);
    values[place] = at(attempts.duration, row);
    next[index] = place + 1;
  }
  for (const [index, group] of groups.entries()) {
    const own = values.subarray(at(sizes, index), at(sizes, index + 1));
    if (own.length > 0) group.medianSeconds = round(selectQuantiles(own, [0.5])[0] ?? 0);
  }
  return groups;
}

/** Rounds to milliseconds, the precision of the columns. */
function round(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}

const SHARES = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

/** Returns durations in logarithmic bins by outcome, with quantiles. */
export function durations(db: ReadableDb, params: AnalysisParams<'analysis.durations'>): Durations {
  return memoized(db, `durations ${params.bins} ${filterKey(params.filter)}`, (columns) => {
    const { attempts } = columns;
    const perOutcome = outcomes.map(() => float64());
    const all = float64();
    eachAttempt(db, params.filter, (row) => {
      const duration = at(attempts.duration, row);
      if (Number.isNaN(duration)) return;
      perOutcome[at(attempts.outcome, row)]?.push(duration);
      all.push(duration);
    });
    const ofAll = selectQuantiles(all.view(), SHARES);
    const low = Math.max(all.length === 0 ? 0.1 : (ofAll[0] ?? 0.1), 0.001);
    const high = Math.max(all.length === 0 ? 1 : (ofAll.at(-1) ?? 1), low * 1.01);
    const step = Math.log(high / low) / params.bins;
    const edges = Array.from({ length: params.bins }, (_, bin) => low * Math.exp(step * (bin + 1)));
    const counts = perOutcome.map((values) => {
      const bins = new Array<number>(params.bins).fill(0);
      for (let i = 0; i < values.length; i++) {
        const value = at(values.data, i);
        const bin = Math.min(params.bins - 1, Math.max(0, Math.floor(Math.log(Math.max(value, low) / low) / step)));
        bins[bin] = (bins[bin] ?? 0) + 1;
      }
      return bins;
    });
    const line = (outcome: Outcome | null, count: number, values: number[]) => {
      const [, p05 = 0, p25 = 0, p50 = 0, p75 = 0, p95 = 0, p99 = 0, max = 0] = values.map(round);
      return { outcome, count, p05, p25, p50, p75, p95, p99, max };
    };
    const quantiles = all.length === 0 ? [] : [line(null, all.length, ofAll)];
    for (const [code, outcome] of outcomes.entries()) {
      const values = perOutcome[code];
      if (values === undefined || values.length === 0) continue;
      quantiles.push(line(outcome, values.length, selectQuantiles(values.view(), SHARES)));
    }
    return { edges, counts, quantiles };
  });
}

/**
 * Counts pick-ups per mini-batch, the times of second and later pick-ups, and how retried
 * mini-batches ended.
 */
export function retries(db: ReadableDb, params: AnalysisParams<'analysis.retries'>): Retries {
  const columns = columnsOf(db, params.filter.clock);
  const { attempts, batches } = columns;
  const byPicks: number[] = [];
  const ended = none();
  eachBatch(db, params.filter, (ordinal) => {
    const picks = at(batches.attempts, ordinal);
    while (byPicks.length <= picks) byPicks.push(0);
    byPicks[picks] = (byPicks[picks] ?? 0) + 1;
    if (picks > 1) {
      const status = at(batches.status, ordinal);
      ended[status] = (ended[status] ?? 0) + 1;
    }
  });
  const over = emptyBuckets(db, params);
  const firstNode = new Int32Array(batches.status.length).fill(-1);
  const movedMarks = new Uint8Array(batches.status.length);
  let moved = 0;
  eachAttempt(db, params.filter, (row) => {
    const batch = at(attempts.batch, row);
    const node = at(attempts.node, row);
    if (at(firstNode, batch) < 0) firstNode[batch] = node;
    else if (node >= 0 && node !== at(firstNode, batch) && movedMarks[batch] === 0) {
      movedMarks[batch] = 1;
      moved++;
    }
    if (at(attempts.attempt, row) > 1) add(over, at(attempts.startUs, row), at(attempts.outcome, row));
  });
  return { byPicks, overTime: over, ended, moved };
}
