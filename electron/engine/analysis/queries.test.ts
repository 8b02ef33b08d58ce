import { beforeAll, expect, test } from 'vitest';
import { analysisCommands } from '../../contract/analysis.ts';
import { emptyFilter } from '../../contract/empty-filter.ts';
import { filterSchema } from '../../contract/filter.ts';
import { attemptDots, endMarks } from './attempt-pixels.ts';
import { durations, overTime, retries, spread } from './charts.ts';
import { columnsOf } from './columns.ts';
import { derive } from './derive.ts';
import { errorBudget } from './error-budget.ts';
import { lanes, processDetail } from './lanes.ts';
import { ledger } from './ledger.ts';
import { attemptPage, miniBatchGet, miniBatchPage } from './pages.ts';
import { quartiles } from './quartiles.ts';
import { rerunList } from './rerun.ts';
import { processList, runInfo } from './run-info.ts';
import { stragglers, whatIf } from './stragglers.ts';
import { CaseBuilder, t } from './testing/case-builder.ts';

const nodes = ['10.0.0.4', '10.0.0.10'];
const build = new CaseBuilder();
const lineText = (fileId: number, line: number) => `text ${fileId}:${line}`;

/**
 * Two nodes with two processes each; 40 mini-batches of 1 … 10 s; every 10th lost an item, 13
 * raised once, 27 never finished.
 */
beforeAll(() => {
  const clock = [0, 0, 0, 0];
  const master = build.file('logs/sys/master.txt', { kind: 'master' });
  build.run(master, { type: 'scheduling_finished', atUs: t(0), scheduled: 40, total: 40, errorThreshold: 2 });
  const files = clock.map((_, p) =>
    build.file(`logs/sys/worker/${nodes[p >> 1]}/Process-${p + 1}.txt`, {
      node: nodes[p >> 1],
      process: `Process-${p + 1}`,
    }),
  );
  for (let p = 0; p < 4; p++)
    build.span(files[p] ?? 0, nodes[p >> 1] ?? '', `Process-${p + 1}`, 100 + p, t(-5), t(200));
  const attempt = (id: number, p: number, seconds: number, how: 'ok' | 'partial' | 'raise' | 'open') => {
    const common = { miniBatchId: String(id), node: nodes[p >> 1], pid: 100 + p, process: `Process-${p + 1}` };
    const file = files[p] ?? 0;
    const start = clock[p] ?? 0;
    build.task(file, { ...common, type: 'picked', atUs: t(start), inputs: `["input-${id}"]` });
    clock[p] = start + seconds + 0.5;
    if (how === 'open') return;
    if (how === 'raise')
      build.task(file, { ...common, type: 'failed', atUs: t(start + seconds), error: 'ValueError: no' });
    else {
      const succeeded = how === 'ok' ? 4 : 3;
      build.task(file, {
        ...common,
        type: 'processed',
        atUs: t(start + seconds),
        durationSeconds: seconds,
        processSeconds: seconds / 2,
        runMethodSeconds: seconds * 0.9,
        total: 4,
        succeeded,
      });
    }
  };
  for (let id = 0; id < 40; id++) {
    const p = id % 4;
    const seconds = 1 + (id % 10);
    if (id === 13) attempt(id, p, 1, 'raise');
    attempt(id, id === 13 ? 0 : p, seconds, id === 27 ? 'open' : id % 10 === 9 ? 'partial' : 'ok');
  }
  derive(build.db);
});

const page = (more: object) =>
  miniBatchPage(build.db, {
    caseId: '',
    filter: emptyFilter,
    sort: 'miniBatchId',
    descending: false,
    start: 0,
    count: 100,
    ...more,
  });

test('mini-batches sort by every column, unknown last', () => {
  expect(page({ start: 38 }).rows.map((row) => row.miniBatchId)).toEqual(['38', '39']);
  expect(page({ sort: 'durationSeconds', descending: true }).rows[0]?.durationSeconds).toBe(10);
  expect(page({ sort: 'durationSeconds', descending: true }).rows.at(-1)?.miniBatchId).toBe('27');
  expect(page({ sort: 'attempts', descending: true }).rows[0]).toMatchObject({
    miniBatchId: '13',
    attempts: 2,
    status: 'succeeded',
  });
  expect(page({ sort: 'status', descending: true }).rows[0]).toMatchObject({ miniBatchId: '27', status: 'unfinished' });
  expect(
    page({ sort: 'failed', descending: true })
      .rows.slice(0, 4)
      .map((row) => row.miniBatchId),
  ).toEqual(['9', '19', '29', '39']);
  const starts = page({ sort: 'startUs' }).rows.map((row) => row.startUs ?? 0);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
});

test('filters by node, pid, mini-batch, outcome and time', () => {
  const filtered = (filter: object) => page({ filter: filterSchema.parse(filter) });
  expect(filtered({ outcome: { include: ['partial'] } }).rows.map((row) => row.miniBatchId)).toEqual([
    '9',
    '19',
    '29',
    '39',
  ]);
  expect(filtered({ pid: { include: [102] } }).total).toBe(10);
  expect(filtered({ process: { include: ['Process-3'] } }).total).toBe(10);
  expect(filtered({ process: { exclude: ['Process-3'] } }).total).toBe(filtered({}).total - 10);
  expect(filtered({ node: { exclude: ['10.0.0.4'] } }).total).toBe(20);
  expect(filtered({ miniBatch: { include: ['13', '7', 'none'] } }).rows.map((row) => row.miniBatchId)).toEqual([
    '7',
    '13',
  ]);
  // Both nodes tried 13.
  expect(filtered({ miniBatch: { include: ['13'] }, pid: { include: [101] } }).total).toBe(1);
  expect(filtered({ fromUs: t(0), toUs: t(0.5) }).rows.map((row) => row.miniBatchId)).toEqual(['0', '1', '2', '3']);
  const raised = attemptPage(
    build.db,
    { caseId: '', filter: filterSchema.parse({ outcome: { include: ['failed'] } }), start: 0, count: 5 },
    lineText,
  );
  expect(raised).toMatchObject({ total: 1, rows: [{ miniBatchId: '13', attempt: 1, error: 'ValueError: no' }] });
});

test('a mini-batch has its attempts in order, with their lines', () => {
  const found = miniBatchGet(build.db, { miniBatchId: '13' }, lineText);
  expect(found?.attempts.map((attempt) => [attempt.attempt, attempt.pid, attempt.outcome])).toEqual([
    [1, 101, 'failed'],
    [2, 100, 'succeeded'],
  ]);
  expect(found?.attempts[0]?.pickedUp?.file).toBe('logs/sys/worker/10.0.0.4/Process-2.txt');
  expect(miniBatchGet(build.db, { miniBatchId: 'x' }, lineText)).toBeNull();
});

test('pages are read by key, never by a sort or scan of the table', () => {
  for (const sql of [
    'SELECT * FROM mini_batch WHERE ordinal = ?',
    'SELECT * FROM mini_batch WHERE id = ?',
    'SELECT * FROM attempt WHERE id = ?',
    'SELECT * FROM attempt WHERE mini_batch_id = ? ORDER BY attempt',
  ]) {
    const plan = build.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(1) as { detail: string }[];
    expect(plan.map((step) => step.detail).join('; ')).toMatch(
      /^SEARCH (b|attempt) USING (INDEX|INTEGER PRIMARY KEY)[^;]*(; SEARCH a USING INTEGER PRIMARY KEY[^;]*)?$/,
    );
  }
});

test('the record of the run agrees with the tables', () => {
  const info = runInfo(build.db, lineText);
  expect(info.miniBatches).toEqual({ total: 40, processed: 39, succeeded: 35, failed: 0, unfinished: 1, retried: 1 });
  expect(info.items).toMatchObject({ succeeded: 152, failed: 4, errorThreshold: 2 });
  expect(info.nodes.map((node) => [node.node, node.processes, node.miniBatches])).toEqual([
    ['10.0.0.4', 2, 20],
    ['10.0.0.10', 2, 20],
  ]);
  expect(processList(build.db).map((row) => [row.node, row.process, row.pid, row.attempts, row.files.length])).toEqual([
    ['10.0.0.4', 'Process-1', 100, 11, 1],
    ['10.0.0.4', 'Process-2', 101, 10, 1],
    ['10.0.0.10', 'Process-3', 102, 10, 1],
    ['10.0.0.10', 'Process-4', 103, 10, 1],
  ]);
});

test('charts count every attempt once', () => {
  const sum = (counts: number[][]) => counts.flat().reduce((a, b) => a + b, 0);
  const over = overTime(build.db, {
    caseId: '',
    filter: emptyFilter,
    fromUs: null,
    toUs: null,
    buckets: 7,
    of: 'attempts',
  });
  expect(sum(over.counts)).toBe(41);
  const rows = spread(build.db, { caseId: '', filter: emptyFilter, by: 'process' });
  expect(rows.map((row) => row.attempts)).toEqual([11, 10, 10, 10]);
  const lengths = durations(build.db, { caseId: '', filter: emptyFilter, bins: 10 });
  expect(sum(lengths.counts)).toBe(40);
  expect(lengths.quantiles[0]).toMatchObject({ outcome: null, count: 40, max: 10 });
  expect(lengths.edges.at(-1)).toBeCloseTo(10, 3);
  expect(retries(build.db, { caseId: '', filter: emptyFilter, fromUs: null, toUs: null, buckets: 5 })).toMatchObject({
    byPicks: [0, 39, 1],
    moved: 0,
    ended: [1, 0, 0, 0, 0],
  });
});

test('graphs of attempts are cut to their pixels, and no attempt is lost', () => {
  const range = { caseId: '', filter: emptyFilter, fromUs: null, toUs: null };
  const third = (values: number[]) => values.filter((_, index) => index % 3 === 2).reduce((a, b) => a + b, 0);
  const byNode = endMarks(build.db, { ...range, buckets: 5, by: 'node' });
  expect(byNode.groups.map(({ node, pid, marks }) => [node, pid, third(marks)])).toEqual([
    ['10.0.0.4', null, 21],
    ['10.0.0.10', null, 20],
  ]);
  const bad = filterSchema.parse({ outcome: { include: ['failed', 'unfinished'] } });
  const own = endMarks(build.db, { ...range, filter: bad, buckets: 1, by: 'process' });
  // Outcome 2 is failed, 4 unfinished: mini-batch 13 raised once, 27 never finished.
  expect(own.groups.map(({ pid, marks }) => [pid, marks])).toEqual([
    [101, [0, 2, 1]],
    [103, [0, 4, 1]],
  ]);
  const dots = attemptDots(build.db, { ...range, columns: 3, rows: 2, apart: ['10.0.0.10'] });
  expect([dots.total, dots.maxSeconds, third(dots.others), third(dots.apart)]).toEqual([40, 10, 21, 19]);
  const [us = 0, seconds = 0] = dots.others;
  expect(us > dots.fromUs && us < dots.toUs && [2.5, 7.5].includes(seconds)).toBe(true);
});

test('min, quartiles and max of each figure, of all attempts and by node', () => {
  const [all, ...byNode] = quartiles(build.db, { caseId: '', filter: emptyFilter });
  expect(all).toMatchObject({
    node: null,
    attempts: 41,
    duration: { count: 40, min: 1, p25: 3, p50: 5, p75: 8, max: 10 },
    processTime: { count: 39, min: 0.5, max: 5 },
    runMethodTime: { count: 39, min: 0.9, max: 9 },
    items: { min: 4, p50: 4, max: 4 },
  });
  expect(byNode.map(({ node, attempts }) => [node, attempts])).toEqual([
    ['10.0.0.4', 21],
    ['10.0.0.10', 20],
  ]);
});

test('only what lies within the range counts as busy', () => {
  const busy = (filter: object) =>
    spread(build.db, { caseId: '', filter: filterSchema.parse(filter), by: 'process' })[0]?.busySeconds;
  // The first process runs mini-batch 0 for a second, then 4 from 1.5 s for five seconds.
  expect(busy({ fromUs: t(0.5), toUs: t(2.5) })).toBeCloseTo(1.5, 3);
});

test('what a timeout would have cut', () => {
  const cut = whatIf(build.db, { caseId: '', filter: emptyFilter, timeoutSeconds: 9.5, maxTries: 3 });
  expect(cut).toMatchObject({ cutAttempts: 4, lostMiniBatches: 4 });
  expect(cut.savedSeconds).toBeCloseTo(2, 5);
  expect(whatIf(build.db, { caseId: '', filter: emptyFilter, timeoutSeconds: 60, maxTries: 3 }).cutAttempts).toBe(0);
});

test('what to run again, with inputs and reason', () => {
  const again = rerunList(build.db, { caseId: '', filter: emptyFilter, start: 0, count: 10 });
  expect(again.rows.map((row) => [row.miniBatchId, row.status, row.inputs])).toEqual([
    ['9', 'partial', '["input-9"]'],
    ['19', 'partial', '["input-19"]'],
    ['27', 'unfinished', '["input-27"]'],
    ['29', 'partial', '["input-29"]'],
    ['39', 'partial', '["input-39"]'],
  ]);
  expect(again.rows[0]?.reason).toBe('1 of 4 items failed');
});

test('the error budget is crossed by the third failed item', () => {
  const budget = errorBudget(build.db);
  expect(budget.points.map((point) => point.failed)).toEqual([1, 2, 3, 4]);
  expect(budget.exceededUs).toBe(budget.points[2]?.timeUs);
});

test('a mini-batch that failed without figures counts with its inputs, with the size of all, or is said to be unknown', () => {
  const failed = (settings: [string, string][], scheduled: [number, number] | null) => {
    const one = new CaseBuilder();
    const log = one.file('logs/sys/worker/a/Process-1.txt', { node: 'a', process: 'Process-1' });
    const common = { node: 'a', pid: 7, process: 'Process-1' };
    one.task(log, { ...common, type: 'failed', miniBatchId: '0', atUs: t(1), inputs: '["x","y","z"]', error: 'E' });
    one.task(log, { ...common, type: 'failed', miniBatchId: '1', atUs: t(2), inputs: '[1]', error: 'E' });
    one.task(log, { ...common, type: 'failed', miniBatchId: '2', atUs: t(3), error: 'E' });
    for (const [name, message] of settings) one.run(log, { type: 'setting', name, message });
    if (scheduled) one.run(log, { type: 'scheduling_finished', items: scheduled[0], total: scheduled[1] });
    derive(one.db);
    const { points, failed: items, assumedMiniBatches, unknownMiniBatches } = errorBudget(one.db);
    return [points.map((point) => point.failed), items, assumedMiniBatches, unknownMiniBatches];
  };
  expect(failed([], null)).toEqual([[3], 3, 1, 2]);
  // An unconfirmed size may be bytes.
  expect(failed([['mini_batch_size', '1048576']], null)).toEqual([[3], 3, 1, 2]);
  expect(failed([['mini_batch_size', '4']], [10, 3])).toEqual([[3, 7, 9], 9, 3, 0]);
});

test('the ledger adds up', () => {
  const books = ledger(build.db);
  expect(books.busySeconds).toBeCloseTo(
    books.perNode.reduce((sum, node) => sum + node.busySeconds, 0),
    0,
  );
  expect(books.lostToRetriesSeconds).toBe(1);
  expect(books.processShare).toBeCloseTo(0.5, 2);
  expect(stragglers(build.db, { filter: emptyFilter }).slowCount).toBe(0);
});

const laneParams = (more: object) =>
  analysisCommands['analysis.lanes'].params.parse({ caseId: 'c', width: 200, ...more });

test('lanes hold every attempt once, in pixels, and zoom', () => {
  const all = lanes(build.db, laneParams({}));
  expect(all.lanes.map((lane) => lane.process)).toEqual(['Process-1', 'Process-2', 'Process-3', 'Process-4']);
  let count = 0;
  for (let i = 0; i < all.bars.length; i += 6) {
    count += all.bars[i + 4] ?? 0;
    expect(all.bars[i + 2] ?? 0).toBeGreaterThan(all.bars[i + 1] ?? 0);
    expect(all.bars[i + 2] ?? 0).toBeLessThanOrEqual(200);
  }
  expect(count).toBe(41);
  const zoomed = lanes(build.db, laneParams({ fromUs: t(0), toUs: t(1), start: 1, count: 1 }));
  expect(zoomed.bars).toEqual([0, 0, 200, 0, 1, expect.any(Number)]);
});

test('a bar that went wrong is never hidden by its neighbours', () => {
  const bars = lanes(build.db, laneParams({ width: 3 })).bars;
  const outcomes = new Set<number>();
  for (let i = 0; i < bars.length; i += 6) outcomes.add(bars[i + 3] ?? -1);
  expect(outcomes.has(2)).toBe(true);
});

test('a process tells of its life', () => {
  expect(processDetail(build.db, { processId: 2 }, lineText)).toMatchObject({
    lane: { pid: 101, attempts: 10 },
    predecessors: [],
    successors: [],
    failed: 1,
  });
  expect(processDetail(build.db, { processId: 99 }, lineText)).toBeNull();
});

test('columns follow the case when it is derived again', () => {
  const before = columnsOf(build.db);
  expect(columnsOf(build.db)).toBe(before);
  derive(build.db);
  expect(columnsOf(build.db)).not.toBe(before);
  expect(columnsOf(build.db).attempts.startUs).toEqual(before.attempts.startUs);
});
