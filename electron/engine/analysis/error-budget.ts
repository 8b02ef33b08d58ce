/** Failed items over time against the run's error threshold. */
import type { ErrorBudget } from '../../contract/analysis.ts';
import type { ReadableDb } from '../store/open.ts';
import { ClockAlign } from './clocks.ts';
import { columnsOf } from './columns.ts';
import { OUTCOME } from './join.ts';
import { storedRun } from './run-info.ts';
import { argsort, at } from './typed.ts';

const MAX_POINTS = 500;

/** Items that failed in the deciding attempt of each mini-batch, in the order of their ends on the master's clock. */
export function errorBudget(db: ReadableDb): ErrorBudget {
  const { attempts, batches, nodes } = columnsOf(db);
  const shifts = new ClockAlign(db).shifts(nodes);
  const times: number[] = [];
  const items: number[] = [];
  let unknownMiniBatches = 0;
  for (let ordinal = 0; ordinal < batches.status.length; ordinal++) {
    const row = at(batches.last, ordinal);
    if (row < 0) continue;
    const total = at(attempts.total, row);
    const status = at(batches.status, ordinal);
    if (total < 0) {
      if (status === OUTCOME.failed || status === OUTCOME.timed_out) unknownMiniBatches++;
      continue;
    }
    const failed = total - Math.max(0, at(attempts.succeeded, row));
    if (failed <= 0) continue;
    const duration = at(attempts.duration, row);
    times.push(
      Math.round(
        at(attempts.startUs, row) +
          (Number.isNaN(duration) ? 0 : duration * 1e6) -
          (shifts[at(attempts.node, row)] ?? 0),
      ),
    );
    items.push(failed);
  }
  const threshold = storedRun(db)?.items.errorThreshold ?? null;
  const order = argsort(Float64Array.from(times));
  const step = Math.max(1, Math.ceil(order.length / MAX_POINTS));
  const points: ErrorBudget['points'] = [];
  let failed = 0;
  let exceededUs: number | null = null;
  for (let i = 0; i < order.length; i++) {
    const index = at(order, i);
    failed += items[index] ?? 0;
    const timeUs = times[index] ?? 0;
    const isCrossing = threshold !== null && threshold >= 0 && exceededUs === null && failed > threshold;
    if (isCrossing) exceededUs = timeUs;
    if (isCrossing || i % step === step - 1 || i === order.length - 1) points.push({ timeUs, failed });
  }
  return { threshold, points, exceededUs, failed, unknownMiniBatches };
}
