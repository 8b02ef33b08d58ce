/** Slow attempts, slow nodes, the tail of the run, and what a timeout would have cut. */
import type { AnalysisParams, Stragglers, WhatIf } from '../../contract/analysis.ts';
import { quantile, selectQuantiles, spreadOf } from '../base/statistics.ts';
import { at, float64, int32 } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, selectCells, selectRows } from '../store/select.ts';
import { batchIds } from './batch-ids.ts';
import { eachAttempt } from './charts.ts';
import { columnsOf, type DerivedColumns, memoized } from './columns.ts';
import { OUTCOME } from './join.ts';
import { workSpan } from './lanes.ts';
import { addLost, type LostTime } from './lost-time.ts';
import { storedRun } from './run-info.ts';
import { filterKey } from './selection.ts';
import { numberSetting } from './settings.ts';

/**
 * An attempt is slow above the median plus this many robust standard deviations (Iglewicz and
 * Hoaglin use 3.5) …
 */
const SLOW_DEVIATIONS = 3.5;
/** … and this many times the median, so that a run of equal attempts has no stragglers. */
export const SLOW_TIMES = 3;
/** A node is slow if its median is this many times that of all nodes. */
const SLOW_NODE_RATIO = 1.5;
/** Fewer attempts than this say nothing about a node. */
const MIN_NODE_ATTEMPTS = 5;
/** Share of mini-batches that form the tail. */
const TAIL_SHARE = 0.05;
const MAX_ROWS = 200;

/**
 * Returns slow attempts, slow nodes and the tail. Only finished attempts count: an early failure is
 * not fast.
 */
export function stragglers(db: ReadableDb, params: Pick<AnalysisParams<'analysis.stragglers'>, 'filter'>): Stragglers {
  return memoized(db, `stragglers ${filterKey(params.filter)}`, (columns) => find(db, columns, params.filter));
}

function find(
  db: ReadableDb,
  columns: DerivedColumns,
  filter: AnalysisParams<'analysis.stragglers'>['filter'],
): Stragglers {
  const { attempts, nodes, processes } = columns;
  const rowsFinished = int32();
  eachAttempt(db, filter, (row) => {
    const outcome = at(attempts.outcome, row);
    if (outcome <= OUTCOME.partial && !Number.isNaN(at(attempts.duration, row))) rowsFinished.push(row);
  });
  const finished = rowsFinished.view();
  const lengths = new Float64Array(finished.length);
  for (let i = 0; i < finished.length; i++) lengths[i] = at(attempts.duration, at(finished, i));
  const middle = selectQuantiles(lengths, [0.5])[0] ?? Number.NaN;
  const limit = Math.max(middle + SLOW_DEVIATIONS * spreadOf(lengths, middle), SLOW_TIMES * middle);
  const perNode = nodeMedians(columns, finished, middle);
  const slowNodes = new Set(perNode.filter((node) => node.slow).map((node) => node.node));
  const slow = [...finished.filter((row) => at(attempts.duration, row) > limit)];
  slow.sort((a, b) => at(attempts.duration, b) - at(attempts.duration, a) || a - b);
  const ids = batchIds(db);
  const rows = slow.slice(0, MAX_ROWS).map((row) => {
    const node = nodes[at(attempts.node, row)] ?? null;
    const duration = at(attempts.duration, row);
    const isNodeSlow = node !== null && slowNodes.has(node);
    return {
      attemptId: row + 1,
      miniBatchId: ids.idOf(at(attempts.batch, row)) ?? '',
      attempt: at(attempts.attempt, row),
      node,
      pid: processes.pid[at(attempts.process, row)] ?? null,
      durationSeconds: Math.round(duration * 1e3) / 1e3,
      times: Math.round((duration / middle) * 100) / 100,
      cause: isNodeSlow
        ? ('node' as const)
        : wasSlowElsewhere(columns, row, limit)
          ? ('input' as const)
          : ('unknown' as const),
    };
  });
  return {
    attempts: rows,
    slowCount: slow.length,
    medianSeconds: Number.isNaN(middle) ? null : Math.round(middle * 1e3) / 1e3,
    nodes: perNode,
    tail: tailOf(db, columns, finished),
    time: timeSplit(db, columns, filter),
  };
}

/**
 * Returns true if the same mini-batch was slow in another attempt too: its input is heavy. Searches
 * the attempts only if it was retried.
 */
function wasSlowElsewhere({ attempts, batches }: DerivedColumns, row: number, limit: number): boolean {
  const batch = at(attempts.batch, row);
  if (at(batches.attempts, batch) < 2) return false;
  let slow = 0;
  for (let other = 0; other < attempts.batch.length; other++) {
    if (at(attempts.batch, other) === batch && at(attempts.duration, other) > limit) slow++;
  }
  return slow > 1;
}

function nodeMedians({ attempts, nodes }: DerivedColumns, finished: Int32Array, middle: number): Stragglers['nodes'] {
  const own = nodes.map(() => float64());
  for (let i = 0; i < finished.length; i++) {
    const row = at(finished, i);
    own[at(attempts.node, row)]?.push(at(attempts.duration, row));
  }
  const result: Stragglers['nodes'] = [];
  for (const [index, values] of own.entries()) {
    if (values.length === 0) continue;
    const medianSeconds = Math.round((selectQuantiles(values.view(), [0.5])[0] ?? 0) * 1e3) / 1e3;
    const ratio = Math.round((medianSeconds / middle) * 100) / 100;
    const slow = values.length >= MIN_NODE_ATTEMPTS && nodes.length > 1 && ratio >= SLOW_NODE_RATIO;
    result.push({ node: nodes[index] ?? '', attempts: values.length, medianSeconds, ratio, slow });
  }
  return result.sort((a, b) => b.ratio - a.ratio || (a.node < b.node ? -1 : 1));
}

/**
 * Returns the time in which the last 5 % of the mini-batches ended, and how long all workers
 * together were idle in it.
 */
function tailOf(db: ReadableDb, columns: DerivedColumns, finished: Int32Array): Stragglers['tail'] {
  const { attempts } = columns;
  if (finished.length < 20) return null;
  const ends = new Float64Array(finished.length);
  for (let i = 0; i < finished.length; i++) {
    const row = at(finished, i);
    ends[i] = at(attempts.startUs, row) + at(attempts.duration, row) * 1e6;
  }
  const span = workSpan(columns);
  const [from = 0, last = 0] = selectQuantiles(ends, [1 - TAIL_SHARE, 1]);
  const seconds = (last - from) / 1e6;
  const total = (last - span.fromUs) / 1e6;
  const workers = only(selectCells(db, 'SELECT count(*) FROM process WHERE attempts > 0', 'number'));
  let busy = 0;
  for (const row of finished) {
    const start = at(attempts.startUs, row);
    const end = start + at(attempts.duration, row) * 1e6;
    if (end > from) busy += (end - Math.max(start, from)) / 1e6;
  }
  return {
    miniBatches: Math.max(1, Math.round(finished.length * TAIL_SHARE)),
    seconds: Math.round(seconds * 1e3) / 1e3,
    shareOfRun: total > 0 ? Math.round((seconds / total) * 1e4) / 1e4 : 0,
    idleWorkerSeconds: Math.max(0, Math.round(workers * seconds - busy)),
  };
}

/**
 * Splits the seconds of all workers that did any work: in run() and around it if the result
 * counted, lost, and idle between their starts and the last end of the run.
 */
function timeSplit(
  db: ReadableDb,
  columns: DerivedColumns,
  filter: AnalysisParams<'analysis.stragglers'>['filter'],
): Stragglers['time'] {
  const { attempts } = columns;
  let busy = 0;
  let run = 0;
  let known = 0;
  const lost: LostTime = { toRetries: 0, toFailures: 0 };
  eachAttempt(db, filter, (row) => {
    const duration = at(attempts.duration, row);
    if (Number.isNaN(duration)) return;
    busy += duration;
    if (addLost(columns, row, lost)) return;
    const inRun = at(attempts.runSeconds, row);
    if (Number.isNaN(inRun)) return;
    run += inRun;
    known += duration;
  });
  const span = workSpan(columns);
  const rows = selectRows(db, 'SELECT start_us AS startUs, end_us AS endUs FROM process WHERE attempts > 0', {
    startUs: 'number?',
    endUs: 'number?',
  }).all();
  let total = 0;
  for (const row of rows) {
    const start = row.startUs ?? span.fromUs;
    total += Math.max(0, (Math.max(row.endUs ?? span.toUs, start) - start) / 1e6);
  }
  const round = (seconds: number) => Math.round(seconds * 10) / 10;
  return {
    runMethod: known > 0 ? round(run) : null,
    overhead: known > 0 ? round(known - run) : null,
    idle: round(Math.max(0, total - busy)),
    busy: round(busy),
    retried: round(lost.toRetries),
    failed: round(lost.toFailures),
    total: round(total),
  };
}

/**
 * Computes what a timeout would have cut. Exact for the durations that the logs give; omits
 * attempts without one.
 */
export function whatIf(db: ReadableDb, params: AnalysisParams<'analysis.whatIf'>): WhatIf {
  const { attempts, batches } = columnsOf(db);
  const { timeoutSeconds, maxTries } = params;
  let cutAttempts = 0;
  let savedSeconds = 0;
  const tries = new Uint8Array(batches.status.length);
  const isSaved = new Uint8Array(batches.status.length);
  const isTouched = new Uint8Array(batches.status.length);
  const lengths = float64();
  eachAttempt(db, params.filter, (row) => {
    const duration = at(attempts.duration, row);
    const batch = at(attempts.batch, row);
    const outcome = at(attempts.outcome, row);
    if (Number.isNaN(duration)) return;
    const isDone = outcome <= OUTCOME.partial;
    if (isDone) lengths.push(duration);
    const isCut = duration > timeoutSeconds;
    if (isCut) {
      savedSeconds += duration - timeoutSeconds;
      isTouched[batch] = 1;
      if (isDone) cutAttempts++;
    }
    const number = at(tries, batch) + 1;
    tries[batch] = Math.min(number, 255);
    if (isDone && !isCut && number <= maxTries) isSaved[batch] = 1;
  });
  let lost = 0;
  for (let batch = 0; batch < isTouched.length; batch++) {
    const status = at(batches.status, batch);
    if (isTouched[batch] === 1 && isSaved[batch] === 0 && status <= OUTCOME.partial) lost++;
  }
  const curve = memoized(db, `whatIf ${filterKey(params.filter)}`, () => curveOf(lengths.view()));
  const settings = storedRun(db)?.settings ?? {};
  return {
    timeoutSeconds,
    maxTries,
    cutAttempts,
    lostMiniBatches: lost,
    savedSeconds: Math.round(savedSeconds * 10) / 10,
    curve,
    configuredTimeoutSeconds: numberSetting(settings, 'run_invocation_timeout'),
    overheadTimeoutSeconds: numberSetting(settings, 'task_overhead_timeout'),
  };
}

/**
 * Counts how many finished attempts each timeout would have cut, at 200 quantiles of their
 * durations.
 */
function curveOf(lengths: Float64Array): WhatIf['curve'] {
  if (lengths.length === 0) return [];
  lengths.sort();
  return Array.from({ length: 200 }, (_, index) => {
    const share = index / 199;
    const seconds = Math.round(quantile(lengths, share) * 1e3) / 1e3;
    return { seconds, cut: lengths.length - Math.ceil(share * lengths.length) };
  });
}
