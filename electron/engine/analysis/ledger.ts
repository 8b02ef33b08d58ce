/** Accounts for the run's capacity: worker-seconds held, busy, idle and lost. */
import type { Ledger } from '../../contract/analysis.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import { type DerivedColumns, memoized } from './columns.ts';
import { OUTCOME } from './join.ts';
import { workSpan } from './lanes.ts';
import { addLost, type LostTime } from './lost-time.ts';
import { storedRun } from './run-info.ts';

const processColumns = {
  node: 'text',
  startUs: 'number?',
  endUs: 'number?',
  init: 'number?',
} as const;

/**
 * Returns the worker-seconds of the run. A process without an exit counts as held until the run's
 * end, or until the last attempt if that end is unknown.
 */
export function ledger(db: ReadableDb): Ledger {
  return memoized(db, 'ledger', (columns) => addUp(db, columns));
}

function addUp(db: ReadableDb, columns: DerivedColumns): Ledger {
  const { attempts, nodes } = columns;
  const run = storedRun(db);
  const span = workSpan(columns);
  const runEnd = run?.endUs ?? (Number.isNaN(span.toUs) ? null : span.toUs);
  const perNode = new Map(
    nodes.map((node) => [
      node,
      { node, heldSeconds: 0, busySeconds: 0, startUpSeconds: 0, afterLastSuccessSeconds: 0 },
    ]),
  );
  let busySeconds = 0;
  const lost: LostTime = { toRetries: 0, toFailures: 0 };
  let process = 0;
  let elapsed = 0;
  let lastSuccess = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < attempts.outcome.length; row++) {
    const duration = at(attempts.duration, row);
    const outcome = at(attempts.outcome, row);
    if (Number.isNaN(duration)) continue;
    busySeconds += duration;
    const node = perNode.get(nodes[at(attempts.node, row)] ?? '');
    if (node !== undefined) node.busySeconds += duration;
    addLost(columns, row, lost);
    if (outcome > OUTCOME.partial) continue;
    lastSuccess = Math.max(lastSuccess, at(attempts.startUs, row) + duration * 1e6);
    const cpu = at(attempts.processSeconds, row);
    if (Number.isNaN(cpu)) continue;
    process += cpu;
    elapsed += duration;
  }
  const rows = selectRows(
    db,
    'SELECT node, start_us AS startUs, end_us AS endUs, init_seconds AS init FROM process',
    processColumns,
  ).all();
  let heldSeconds = 0;
  let startUpSeconds = 0;
  let afterLastSuccessSeconds = 0;
  const held = new Map<string, { fromUs: number; toUs: number }>();
  for (const row of rows) {
    const end = row.endUs ?? runEnd;
    if (row.startUs === null || end === null || end < row.startUs) continue;
    const seconds = (end - row.startUs) / 1e6;
    heldSeconds += seconds;
    startUpSeconds += Math.min(row.init ?? 0, seconds);
    const after =
      lastSuccess === Number.NEGATIVE_INFINITY ? 0 : Math.max(0, (end - Math.max(lastSuccess, row.startUs)) / 1e6);
    afterLastSuccessSeconds += after;
    const node = perNode.get(row.node);
    if (node !== undefined) {
      node.heldSeconds += seconds;
      node.startUpSeconds += Math.min(row.init ?? 0, seconds);
      node.afterLastSuccessSeconds += after;
    }
    const own = held.get(row.node);
    held.set(row.node, {
      fromUs: Math.min(own?.fromUs ?? row.startUs, row.startUs),
      toUs: Math.max(own?.toUs ?? end, end),
    });
  }
  const round = (seconds: number) => Math.round(seconds * 10) / 10;
  const nodeSeconds = [...held.values()].reduce((sum, one) => sum + (one.toUs - one.fromUs) / 1e6, 0);
  return {
    heldSeconds: round(heldSeconds),
    busySeconds: round(busySeconds),
    idleSeconds: round(Math.max(0, heldSeconds - busySeconds - startUpSeconds)),
    startUpSeconds: round(startUpSeconds),
    lostToRetriesSeconds: round(lost.toRetries),
    lostToFailuresSeconds: round(lost.toFailures),
    afterLastSuccessSeconds: round(afterLastSuccessSeconds),
    nodeHours: Math.round((nodeSeconds / 3600) * 1000) / 1000,
    processShare: elapsed > 0 ? Math.round((process / elapsed) * 1000) / 1000 : null,
    perNode: [...perNode.values()].map((node) => ({
      ...node,
      heldSeconds: round(node.heldSeconds),
      busySeconds: round(node.busySeconds),
      startUpSeconds: round(node.startUpSeconds),
      afterLastSuccessSeconds: round(node.afterLastSuccessSeconds),
    })),
  };
}
