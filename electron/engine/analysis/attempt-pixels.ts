/**
 * Reduces attempts to the pixels of a graph: marks at their ends, and dots by start and duration. A
 * few thousand numbers draw a graph of a million attempts without leaving any out.
 */
import type { AnalysisParams, AttemptDots, EndMarks } from '../../contract/analysis.ts';
import { at } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectCells } from '../store/select.ts';
import { eachAttempt, emptyBuckets, endOf } from './charts.ts';
import { columnsOf } from './columns.ts';

/**
 * Counts attempts by end time, per bucket and outcome, for each node or process. Unfinished
 * attempts count at their start.
 */
export function endMarks(db: ReadableDb, params: AnalysisParams<'analysis.endMarks'>): EndMarks {
  const columns = columnsOf(db, params.filter.clock);
  const { attempts, nodes, processes } = columns;
  const { fromUs, toUs, bucketUs } = emptyBuckets(db, { ...params, buckets: params.buckets });
  const isNode = params.by === 'node';
  const groups = new Map<number, Map<number, number>>();
  eachAttempt(db, params.filter, (row) => {
    const bucket = Math.floor((endOf(columns, row) - fromUs) / bucketUs);
    const key = isNode ? at(attempts.node, row) : at(attempts.process, row);
    if (key < 0 || !(bucket >= 0 && bucket < params.buckets)) return;
    let cells = groups.get(key);
    if (cells === undefined) {
      cells = new Map();
      groups.set(key, cells);
    }
    const cell = bucket * 8 + at(attempts.outcome, row);
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  });
  const nodeOfProcess = isNode ? [] : processNodes(db);
  return {
    fromUs,
    toUs,
    bucketUs,
    groups: [...groups].map(([key, cells]) => ({
      node: (isNode ? nodes[key] : nodeOfProcess[key]) ?? '',
      pid: isNode || at(processes.pid, key) < 0 ? null : at(processes.pid, key),
      marks: [...cells].sort(([a], [b]) => a - b).flatMap(([cell, count]) => [cell >> 3, cell & 7, count]),
    })),
  };
}

function processNodes(db: ReadableDb): string[] {
  return selectCells(db, 'SELECT node FROM process ORDER BY id', 'text').all();
}

/**
 * Returns attempts as dots by start and duration on a grid, with those of some nodes separate. The
 * longest attempt sets the height of the grid.
 */
export function attemptDots(db: ReadableDb, params: AnalysisParams<'analysis.attemptDots'>): AttemptDots {
  const columns = columnsOf(db, params.filter.clock);
  const { attempts } = columns;
  const { fromUs, toUs, bucketUs } = emptyBuckets(db, { ...params, buckets: params.columns });
  const apart = new Set(params.apart.map((node) => columns.nodes.indexOf(node)));
  let maxSeconds = 0;
  let total = 0;
  const visible = (visit: (row: number, column: number, seconds: number) => void) =>
    eachAttempt(db, params.filter, (row) => {
      const seconds = at(attempts.duration, row);
      const column = Math.floor((at(attempts.startUs, row) - fromUs) / bucketUs);
      if (seconds >= 0 && column >= 0 && column < params.columns) visit(row, column, seconds);
    });
  visible((_row, _column, seconds) => {
    total++;
    if (seconds > maxSeconds) maxSeconds = seconds;
  });
  const step = maxSeconds / params.rows || 1;
  const cells = new Map<number, number>();
  visible((row, column, seconds) => {
    const level = Math.min(params.rows - 1, Math.floor(seconds / step));
    const cell = (column * params.rows + level) * 2 + Number(apart.has(at(attempts.node, row)));
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  });
  const dots: AttemptDots = { fromUs, toUs, total, maxSeconds, others: [], apart: [] };
  for (const [cell, count] of [...cells].sort(([a], [b]) => a - b)) {
    const place = cell >> 1;
    const column = Math.floor(place / params.rows);
    const list = (cell & 1) === 1 ? dots.apart : dots.others;
    list.push(fromUs + (column + 0.5) * bucketUs, ((place % params.rows) + 0.5) * step, count);
  }
  return dots;
}
