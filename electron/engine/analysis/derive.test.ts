import { expect, test } from 'vitest';
import { derive } from './derive.ts';
import { CaseBuilder, t } from './testing/case-builder.ts';

const A = '10.0.0.4';
const B = '10.0.0.5';

function attemptsOf(build: CaseBuilder): Record<string, unknown>[] {
  derive(build.db);
  return build.db.prepare('SELECT * FROM attempt ORDER BY mini_batch_id, attempt').all() as Record<string, unknown>[];
}

function oneAttempt(build: CaseBuilder): Record<string, unknown> {
  const rows = attemptsOf(build);
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
}

const told: Record<string, (build: CaseBuilder) => void> = {
  'worker log': (build) => {
    const file = build.file('logs/sys/worker/10.0.0.4/Process-1.txt', { node: A, process: 'Process-1' });
    build.task(file, { type: 'picked', miniBatchId: '7', node: A, pid: 11, process: 'Process-1', atUs: t(10.002) });
    build.task(file, {
      type: 'processed',
      miniBatchId: '7',
      node: A,
      pid: 11,
      process: 'Process-1',
      atUs: t(15.003),
      durationSeconds: 5,
      processSeconds: 3,
      runMethodSeconds: 4,
      total: 10,
      succeeded: 9,
    });
  },
  'task table': (build) => {
    const file = build.file('logs/sys/worker/10.0.0.4/Process-1.task.csv', {
      kind: 'tasks',
      node: A,
      process: 'Process-1',
    });
    const common = {
      source: 'task_table' as const,
      miniBatchId: '7',
      dequeueCount: 1,
      node: A,
      pid: 11,
      process: 'Process-1',
    };
    build.task(file, { ...common, type: 'picked', startUs: t(10.001234), atUs: t(10.001234) });
    build.task(file, {
      ...common,
      type: 'processed',
      startUs: t(10.001234),
      durationSeconds: 5.0004,
      processSeconds: 3,
      runMethodSeconds: 4,
      total: 10,
      succeeded: 9,
      failed: 1,
    });
  },
  master: (build) => {
    const file = build.file('logs/sys/master.txt', { kind: 'master' });
    const common = { source: 'master_log' as const, miniBatchId: '7', dequeueCount: 1, node: A, pid: 11 };
    build.task(file, { ...common, type: 'picked', startUs: t(10.001), atUs: t(13) });
    build.task(file, {
      ...common,
      type: 'processed',
      startUs: t(10.001),
      atUs: t(18),
      durationSeconds: 5.0004,
      processSeconds: 3,
      runMethodSeconds: 4,
      total: 10,
      succeeded: 9,
      failed: 1,
    });
  },
  report: (build) => {
    const file = build.file('logs/sys/report/processed_tasks.csv', { kind: 'tasks' });
    build.task(file, {
      source: 'report',
      type: 'processed',
      miniBatchId: '7',
      node: A,
      pid: 11,
      startUs: t(10.001),
      durationSeconds: 5.0004,
      processSeconds: 3,
      runMethodSeconds: 4,
      total: 10,
      succeeded: 9,
      failed: 1,
    });
  },
};

for (const [name, tell] of Object.entries(told)) {
  test(`an attempt is told by the ${name} alone`, () => {
    const build = new CaseBuilder();
    tell(build);
    const row = oneAttempt(build);
    expect(row).toMatchObject({
      mini_batch_id: '7',
      attempt: 1,
      node: A,
      pid: 11,
      total: 10,
      succeeded: 9,
      failed: 1,
      outcome: 'partial',
      process_seconds: 3,
      run_method_seconds: 4,
    });
    expect(Number(row.duration_seconds)).toBeCloseTo(5, 2);
    expect(Math.abs(Number(row.start_us) - t(10.001))).toBeLessThan(3_000);
  });
}

test('all sources together give the same attempt once, with the most precise figures and the most readable evidence', () => {
  const build = new CaseBuilder();
  for (const tell of Object.values(told)) tell(build);
  const row = oneAttempt(build);
  expect(row).toMatchObject({
    start_us: t(10.001234),
    duration_seconds: 5.0004,
    process: 'Process-1',
    picked_file_id: 1,
  });
});

test('a report in local time is led to its attempt by the duration', () => {
  const build = new CaseBuilder();
  told['task table']?.(build);
  const file = build.file('logs/sys/report/processed_tasks.csv', { kind: 'tasks' });
  build.task(file, {
    source: 'report',
    type: 'processed',
    miniBatchId: '7',
    node: A,
    pid: 11,
    startUs: t(10.001 + 7200),
    durationSeconds: 5.0004,
    total: 10,
    succeeded: 9,
  });
  expect(oneAttempt(build)).toMatchObject({ start_us: t(10.001234) });
});

test('retries on one process within a second stay apart, told by two sources', () => {
  const build = new CaseBuilder();
  const log = build.file('logs/sys/worker/10.0.0.4/Process-1.txt', { node: A, process: 'Process-1' });
  const table = build.file('logs/sys/worker/10.0.0.4/Process-1.task.csv', {
    kind: 'tasks',
    node: A,
    process: 'Process-1',
  });
  for (let k = 0; k < 3; k++) {
    const start = 10 + k * 0.3;
    const common = { miniBatchId: '7', node: A, pid: 11, process: 'Process-1' };
    build.task(log, { ...common, type: 'picked', atUs: t(start) });
    build.task(log, { ...common, type: 'failed', atUs: t(start + 0.2), dequeueCount: k + 1, error: `no ${k}` });
    build.task(table, {
      ...common,
      source: 'task_table',
      type: 'picked',
      startUs: t(start),
      atUs: t(start),
      dequeueCount: k + 1,
    });
  }
  const rows = attemptsOf(build);
  expect(rows.map((row) => [row.attempt, row.outcome, row.error])).toEqual([
    [1, 'failed', 'no 0'],
    [2, 'failed', 'no 1'],
    [3, 'failed', 'no 2'],
  ]);
  expect(build.db.prepare('SELECT status, attempts FROM mini_batch').get()).toEqual({ status: 'failed', attempts: 3 });
});

test('two lines of one log about the same end are one end', () => {
  const build = new CaseBuilder();
  const log = build.file('logs/sys/worker/10.0.0.4/Process-1.txt', { node: A, process: 'Process-1' });
  const common = { miniBatchId: '7', node: A, pid: 11, process: 'Process-1' };
  build.task(log, { ...common, type: 'picked', atUs: t(10) });
  build.task(log, { ...common, type: 'timed_out', atUs: t(100) });
  build.task(log, { ...common, type: 'aborted', atUs: t(100.4) });
  expect(oneAttempt(build)).toMatchObject({ outcome: 'timed_out', duration_seconds: 90 });
});

test('a late result of the first attempt wins over the unfinished second', () => {
  const build = new CaseBuilder();
  const log = build.file('logs/sys/worker/10.0.0.4/Process-1.txt', { node: A, process: 'Process-1' });
  build.task(log, { type: 'picked', miniBatchId: '7', node: A, pid: 11, atUs: t(10) });
  build.task(log, { type: 'picked', miniBatchId: '7', node: B, pid: 12, atUs: t(100) });
  build.task(log, {
    type: 'processed',
    miniBatchId: '7',
    node: A,
    pid: 11,
    atUs: t(105),
    durationSeconds: 95,
    total: 4,
    succeeded: 4,
  });
  const rows = attemptsOf(build);
  expect(rows.map((row) => [row.node, row.attempt, row.outcome])).toEqual([
    [A, 1, 'succeeded'],
    [B, 2, 'unfinished'],
  ]);
  expect(build.db.prepare('SELECT status, node, attempts FROM mini_batch').get()).toEqual({
    status: 'succeeded',
    node: A,
    attempts: 2,
  });
});

test('clocks of nodes differ: attempts go by their dequeue count', () => {
  const build = new CaseBuilder();
  const file = build.file('logs/sys/worker/10.0.0.4/Process-1.task.csv', {
    kind: 'tasks',
    node: A,
    process: 'Process-1',
  });
  const common = { source: 'task_table' as const, miniBatchId: '7' };
  build.task(file, { ...common, type: 'picked', node: A, pid: 11, dequeueCount: 1, startUs: t(20), atUs: t(20) });
  build.task(file, { ...common, type: 'failed', node: A, pid: 11, dequeueCount: 1, atUs: t(21) });
  build.task(file, { ...common, type: 'picked', node: B, pid: 12, dequeueCount: 2, startUs: t(14), atUs: t(14) });
  build.task(file, {
    ...common,
    type: 'processed',
    node: B,
    pid: 12,
    dequeueCount: 2,
    startUs: t(14),
    durationSeconds: 3,
    total: 1,
    succeeded: 1,
  });
  expect(attemptsOf(build).map((row) => row.node)).toEqual([A, B]);
});

test('all items failed is failed, none given is succeeded', () => {
  const build = new CaseBuilder();
  const file = build.file('logs/sys/report/processed_tasks.csv', { kind: 'tasks' });
  const common = { source: 'report' as const, type: 'processed' as const, node: A, pid: 11, durationSeconds: 1 };
  build.task(file, { ...common, miniBatchId: '0', startUs: t(1), total: 4, succeeded: 0, failed: 4 });
  build.task(file, { ...common, miniBatchId: '1', startUs: t(3), total: 0, succeeded: 0 });
  build.task(file, { ...common, miniBatchId: '2', startUs: t(5) });
  expect(attemptsOf(build).map((row) => row.outcome)).toEqual(['failed', 'succeeded', 'succeeded']);
});

test('node and pid that a line leaves out come from the only node and from who wrote the file', () => {
  const build = new CaseBuilder();
  const file = build.file('logs/sys/worker/10.0.0.4/Process-1.txt', { node: A, process: 'Process-1' });
  build.span(file, A, 'Process-1', 11, t(0), t(50));
  build.span(file, A, 'Process-1', 12, t(60), t(90));
  build.task(file, { type: 'picked', miniBatchId: '1', process: 'Process-1', atUs: t(10) });
  build.task(file, { type: 'picked', miniBatchId: '2', process: 'Process-1', atUs: t(70) });
  expect(attemptsOf(build).map((row) => [row.node, row.pid])).toEqual([
    [A, 11],
    [A, 12],
  ]);
});

test("a process's own end of run() ends the attempt that was open", () => {
  const build = new CaseBuilder();
  const file = build.file('logs/sys/worker/10.0.0.4/Process-1.txt', { node: A, process: 'Process-1' });
  build.task(file, { type: 'picked', miniBatchId: '1', node: A, pid: 11, process: 'Process-1', atUs: t(10) });
  build.task(file, {
    type: 'processed',
    miniBatchId: '1',
    node: A,
    pid: 11,
    atUs: t(20),
    durationSeconds: 10,
    total: 1,
    succeeded: 1,
  });
  build.task(file, { type: 'picked', miniBatchId: '2', node: A, pid: 11, process: 'Process-1', atUs: t(21) });
  build.process(file, { type: 'exited', node: A, pid: 11, process: 'Process-1', atUs: t(111), exitCode: 71 });
  build.process(file, { type: 'started', node: A, process: 'Process-2', pid: 15, atUs: t(113) });
  expect(attemptsOf(build).map((row) => row.outcome)).toEqual(['succeeded', 'timed_out']);
  expect(
    build.db.prepare('SELECT pid, exit_code, replaced_by, attempts, succeeded, failed FROM process ORDER BY id').all(),
  ).toEqual([
    { pid: 11, exit_code: 71, replaced_by: 2, attempts: 2, succeeded: 1, failed: 1 },
    { pid: 15, exit_code: null, replaced_by: null, attempts: 0, succeeded: 0, failed: 0 },
  ]);
});

test('mini-batches are ordered by number, by first start where ids are no numbers', () => {
  const build = new CaseBuilder();
  const file = build.file('logs/sys/report/processed_tasks.csv', { kind: 'tasks' });
  for (const [index, id] of ['10', '9', '100'].entries()) {
    build.task(file, { source: 'report', type: 'picked', miniBatchId: id, node: A, pid: 1, atUs: t(index) });
  }
  derive(build.db);
  const ids = () => build.db.prepare('SELECT id FROM mini_batch ORDER BY ordinal').pluck().all();
  expect(ids()).toEqual(['9', '10', '100']);
  build.task(file, { source: 'report', type: 'picked', miniBatchId: 'b-7', node: A, pid: 1, atUs: t(-1) });
  derive(build.db);
  expect(ids()).toEqual(['b-7', '10', '9', '100']);
});

test('deriving again gives the same tables', () => {
  const build = new CaseBuilder();
  for (const tell of Object.values(told)) tell(build);
  const dump = () =>
    ['attempt', 'mini_batch', 'process', 'finding'].map((table) => build.db.prepare(`SELECT * FROM ${table}`).all());
  derive(build.db);
  const before = dump();
  derive(build.db);
  expect(dump()).toEqual(before);
});

test('an empty case can be derived', () => {
  const build = new CaseBuilder();
  derive(build.db);
  expect(build.db.prepare('SELECT count(*) FROM attempt').pluck().get()).toBe(0);
});
