/** Adds up failed items over time against the run's error threshold. */
import type { ErrorBudget } from '../../contract/analysis.ts';
import { argsort, at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { only, selectRows } from '../store/select.ts';
import { itemsGiven } from './batch-items.ts';
import { ClockAlign } from './clocks.ts';
import { columnsOf } from './columns.ts';
import { OUTCOME } from './join.ts';
import { storedRun } from './run-info.ts';

const MAX_POINTS = 500;

interface Failure {
  timeUs: number;
  items: number;
}

/**
 * Returns the items that failed in the deciding attempt of each mini-batch, ordered by end time on
 * the master's clock. A mini-batch that failed without figures counts with all the items it was
 * given, if the logs tell how many.
 */
export function errorBudget(db: ReadableDb): ErrorBudget {
  const { attempts, batches, nodes } = columnsOf(db);
  const shifts = new ClockAlign(db).shifts(nodes);
  const failures: Failure[] = [];
  const withoutFigures: number[] = [];
  for (let ordinal = 0; ordinal < batches.status.length; ordinal++) {
    const row = at(batches.last, ordinal);
    const status = at(batches.status, ordinal);
    const total = row < 0 ? -1 : at(attempts.total, row);
    if (total < 0) {
      if (status === OUTCOME.failed || status === OUTCOME.timed_out) withoutFigures.push(ordinal);
      continue;
    }
    const items = total - Math.max(0, at(attempts.succeeded, row));
    if (items <= 0) continue;
    const duration = at(attempts.duration, row);
    const end = at(attempts.startUs, row) + (Number.isNaN(duration) ? 0 : duration * 1e6);
    failures.push({ timeUs: Math.round(end - (shifts[at(attempts.node, row)] ?? 0)), items });
  }
  const given = givenUp(db, withoutFigures);
  const threshold = storedRun(db)?.items.errorThreshold ?? null;
  return {
    threshold,
    ...addUp([...failures, ...given], threshold),
    assumedMiniBatches: given.length,
    unknownMiniBatches: withoutFigures.length - given.length,
  };
}

const givenColumns = {
  id: 'text',
  node: 'text?',
  endUs: 'number?',
  inputs: 'text?',
} as const;

/**
 * Returns those mini-batches that failed without figures but whose time and number of items are
 * known.
 */
function givenUp(db: ReadableDb, ordinals: readonly number[]): Failure[] {
  if (ordinals.length === 0) return [];
  const itemsOf = itemsGiven(db, columnsOf(db));
  const clock = new ClockAlign(db);
  const read = selectRows(
    db,
    'SELECT id, node, coalesce(end_us, start_us) AS endUs, inputs FROM mini_batch WHERE ordinal = ?',
    givenColumns,
  );
  let poisonedAt: Map<string, number> | null = null;
  return ordinals.flatMap((ordinal) => {
    const row = only(read, ordinal);
    const items = itemsOf(row.id, row.inputs);
    const endUs = row.endUs === null ? null : clock.align(row.node, row.endUs);
    if (endUs === null) poisonedAt ??= readPoisoned(db);
    const timeUs = endUs ?? poisonedAt?.get(row.id);
    return items === null || timeUs === undefined ? [] : [{ timeUs: Math.round(timeUs), items }];
  });
}

/**
 * Reads when the service gave up on each mini-batch. Nothing else is known if only the master
 * mentions it. Scans all events once.
 */
function readPoisoned(db: ReadableDb): Map<string, number> {
  const rows = selectRows(
    db,
    `SELECT mini_batch_id AS id, min(at_us) AS atUs FROM task_event
       WHERE type = 'poisoned' AND at_us IS NOT NULL GROUP BY mini_batch_id`,
    { id: 'text', atUs: 'number' },
  ).all();
  return new Map(rows.map((row) => [row.id, row.atUs]));
}

function addUp(
  failures: readonly Failure[],
  threshold: number | null,
): Pick<ErrorBudget, 'points' | 'failed' | 'exceededUs'> {
  const order = argsort(Float64Array.from(failures, (failure) => failure.timeUs));
  const step = Math.max(1, Math.ceil(order.length / MAX_POINTS));
  const points: ErrorBudget['points'] = [];
  let failed = 0;
  let exceededUs: number | null = null;
  for (let i = 0; i < order.length; i++) {
    const failure = failures[at(order, i)];
    if (failure === undefined) continue;
    failed += failure.items;
    const { timeUs } = failure;
    const isCrossing = threshold !== null && threshold >= 0 && exceededUs === null && failed > threshold;
    if (isCrossing) exceededUs = timeUs;
    if (isCrossing || i % step === step - 1 || i === order.length - 1) points.push({ timeUs, failed });
  }
  return { points, failed, exceededUs };
}
